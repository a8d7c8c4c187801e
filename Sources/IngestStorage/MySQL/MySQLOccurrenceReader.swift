public import Fingerprint
public import Ingest
public import MySQLClient

/// Reads kept occurrences back from `occurrences`.
public struct MySQLOccurrenceReader: OccurrenceReader {
    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func occurrences(
        of fingerprint: Fingerprint, limit: Int, after cursor: TimeOrderedKey?
    ) async throws(StoreFailure) -> OccurrencePage? {
        try await pool.withSnapshot("list_occurrences") { (connection) throws(StoreFailure) in
            let session = connection.session
            let key = MySQLValue.bytes(fingerprint.bytes)
            guard try !Self.run(session, Statements.errorExists, [key]).isEmpty else { return nil }
            // One more than asked for tells whether there is a next page.
            let sizes = try Self.run(
                session, OccurrenceStatements.sizes,
                [key, .bytes(cursor?.bytes ?? Self.afterEverything), .int(Int64(limit + 1))])
            let count = Self.countThatFits(sizes.map { Int(clamping: $0[1].int64 ?? 0) }, limit: limit)
            guard count > 0 else { return OccurrencePage(occurrences: [], nextCursor: nil) }
            let rows = try Self.run(
                session, OccurrenceStatements.page, [key, sizes[count - 1][0], sizes[0][0]])
            let occurrences = try rows.map { (row) throws(StoreFailure) in try StoredOccurrence(row: row) }
            return OccurrencePage(
                occurrences: occurrences, nextCursor: count < sizes.count ? occurrences.last?.key : nil)
        }
    }

    private static let afterEverything = [UInt8](repeating: 0xFF, count: TimeOrderedKey.byteCount)

    private static func countThatFits(_ sizes: [Int], limit: Int) -> Int {
        var bytes = 0
        for (index, size) in sizes.prefix(limit).enumerated() {
            bytes += size
            if index > 0, bytes > OccurrencePage.maxTextBytes { return index }
        }
        return min(sizes.count, limit)
    }

    private static func run(
        _ session: MySQLSession, _ sql: String, _ values: [MySQLValue]
    ) throws(StoreFailure) -> [[MySQLValue]] {
        do throws(MySQLError) {
            return try session.execute(sql, values).rows
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}

extension StoredOccurrence {
    /// A row of `select_occurrences.sql`.
    fileprivate init(row: [MySQLValue]) throws(StoreFailure) {
        guard row.count == 12, let key = row[0].byteArray.flatMap(TimeOrderedKey.init(bytes:)),
            let eventID = row[1].string, let occurred = row[2].dateTimeMilliseconds,
            let received = row[3].dateTimeMilliseconds, let message = row[5].string
        else { throw StoreFailure(.corrupt, "a row of occurrences has a shape no version of this service writes") }
        self.init(
            key: key, eventID: eventID, occurredMilliseconds: occurred, receivedMilliseconds: received,
            message: message)
        type = row[4].string
        stackTrace = row[6].string
        level = row[7].string
        service = row[8].string
        environment = row[9].string
        release = row[10].string
        contextJSON = row[11].string
    }
}
