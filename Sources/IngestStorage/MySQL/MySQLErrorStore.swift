import Fingerprint
public import Ingest
public import MySQLClient
public import QueueCore

/// Where the worker of the error path makes records durable: `errors`, `error_details`, `occurrences`, `error_words`, `facets` and
/// `dead_letters`, in one transaction.
public struct MySQLErrorStore: BatchStore {
    private let pool: MySQLPool
    private let thinning: OccurrenceThinning
    private let recentFacets = RecentFacets()

    public init(pool: MySQLPool, thinning: OccurrenceThinning = OccurrenceThinning()) {
        self.pool = pool
        self.thinning = thinning
    }

    public func transaction<R: Sendable>(
        _ body: @Sendable (inout MySQLErrorTransaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let (result, facets) = try await pool.withTransaction("store_errors") { (connection) throws(WorkFailure) in
            var transaction = MySQLErrorTransaction(
                session: connection.session, thinning: thinning, recentFacets: recentFacets)
            return (try body(&transaction), transaction.facets)
        }
        recentFacets.insert(facets)
        return result
    }
}

/// One open transaction of the worker; lives on its connection's thread.
public struct MySQLErrorTransaction: BatchTransaction {
    private static let savepoint: StaticString = "batch"
    /// ER_DUP_ENTRY: the fingerprint has its details already, or the record its occurrence.
    private static let duplicateEntry: UInt32 = 1062
    /// Width of `dead_letters.detail`, characters.
    private static let detailLimit = 1_024

    private let session: MySQLSession
    private let thinning: OccurrenceThinning
    private let recentFacets: RecentFacets
    /// Those written so far.
    private(set) var facets: Set<Facet> = []

    init(session: MySQLSession, thinning: OccurrenceThinning, recentFacets: RecentFacets) {
        self.session = session
        self.thinning = thinning
        self.recentFacets = recentFacets
    }

    public mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
        let decoded = try Self.decode(records)
        try run { () throws(MySQLError) in try session.savepoint(Self.savepoint) }
        do throws(WorkFailure) {
            try insert(decoded)
        } catch {
            // Only a bad record leaves the transaction of use; it must be as it was.
            if error.class == .data {
                try run { () throws(MySQLError) in try session.rollback(to: Self.savepoint) }
            }
            throw error
        }
    }

    public mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {
        let now = MySQLValue.dateTime(milliseconds: SystemQueueClock().unixMilliseconds)
        for letter in letters {
            let values: [MySQLValue] = [
                .string(letter.queue), .bytes(try Self.key(of: letter)), .uint(UInt64(letter.attempts)), now, now,
                .string(letter.reason), .int(Int64(Int32(clamping: letter.code))), .string(Self.cut(letter.detail)),
                .bytes(letter.record.payload),
            ]
            do throws(WorkFailure) {
                try run { () throws(MySQLError) in try session.execute(Statements.upsertDeadLetter, values) }
            } catch {
                guard error.class == .data else { throw error }
                // A letter has no other place to go: the job stays, and the operator makes room.
                throw WorkFailure(
                    .configuration, code: error.code,
                    message: "a dead letter cannot be kept (\(error.message)); raise max_allowed_packet")
            }
        }
    }

    public mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
        for key in keys {
            try run { () throws(MySQLError) in
                try session.execute(Statements.markReplayed, [.string(ErrorQueue.name), .bytes(key)])
            }
        }
    }

    // MARK: - Parts

    /// The column counts code points, of which a `Character` may have any number.
    private static func cut(_ detail: String) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: detail.unicodeScalars.prefix(detailLimit))
        return String(kept)
    }

    /// Sorted by fingerprint: two workers that lock the same rows in the same order cannot deadlock. The records of one fingerprint keep
    /// their order.
    private static func decode(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) -> [ErrorRecord] {
        var decoded: [(index: Int, record: ErrorRecord)] = []
        decoded.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            do throws(ErrorRecordError) {
                decoded.append((index, try ErrorRecord(decoding: record.payload)))
            } catch {
                // A newer worker can store a record of a newer version: it is never buried.
                throw WorkFailure(error.code == .unknownVersion ? .newerFormat : .data, code: 0, message: error.message)
            }
        }
        decoded.sort { ($0.record.fingerprint, $0.index) < ($1.record.fingerprint, $1.index) }
        return decoded.map(\.record)
    }

    private mutating func insert(_ records: [ErrorRecord]) throws(WorkFailure) {
        var errors = RowBatch()
        var details = RowBatch()
        var distinct: [(record: ErrorRecord, text: SearchText)] = []
        var facets: Set<Facet> = []
        for record in records {
            facets.formUnion(record.facets)
            if record.fingerprint == distinct.last?.record.fingerprint { continue }
            let text = record.searchText
            errors.append(record.errorRow(text.bits))
            details.append(record.detailRow)
            distinct.append((record, text))
        }
        // Errors first, then details, occurrences, words, facets: every writer of these tables keeps this order.
        try errors.execute(Statements.insertErrors, in: session) { (_, _) throws(WorkFailure) in }
        var newCount = 0
        try details.execute(Statements.insertErrorDetails, in: session) { (outcome, rows) throws(WorkFailure) in
            try checkWarnings(outcome, rows)
            newCount += Int(clamping: outcome.affectedRows)
        }
        try OccurrenceRows(thinning: thinning, session: session)
            .store(records, areAllNew: newCount == distinct.count) { (outcome, rows) throws(WorkFailure) in
                try checkWarnings(outcome, rows)
            }
        try ErrorWordRows(session: session)
            .store(distinct, newCount: newCount) { (outcome, rows) throws(WorkFailure) in
                try checkWarnings(outcome, rows)
            }
        try insert(facets)
    }

    private mutating func insert(_ seen: Set<Facet>) throws(WorkFailure) {
        let new = recentFacets.unknown(seen).subtracting(facets)
        var rows = RowBatch()
        for facet in new.sorted() { rows.append(facet.row) }
        try rows.execute(FacetStatements.upsert, in: session) { (_, _) throws(WorkFailure) in }
        facets.formUnion(new)
    }

    /// After INSERT IGNORE: every row is either inserted or known, and no other condition was ignored.
    private func checkWarnings(_ outcome: MySQLOutcome, _ rows: Int) throws(WorkFailure) {
        let missing = rows - Int(clamping: outcome.affectedRows)
        if missing == 0 && outcome.warningCount == 0 { return }
        let warnings = try run { () throws(MySQLError) in try session.warnings() }
        var duplicates = 0
        for warning in warnings {
            if warning.code == Self.duplicateEntry {
                duplicates += 1
                continue
            }
            let (failureClass, isUnknown) = MySQLFailureClass.of(warning.code)
            throw WorkFailure(failureClass, code: Int(warning.code), message: warning.message, unknownCode: isUnknown)
        }
        guard duplicates == missing else {
            throw WorkFailure(
                .infrastructure, code: 0,
                message:
                    "\(rows) rows, \(outcome.affectedRows) inserted, \(duplicates) known: the rest was ignored without a word",
                unknownCode: true)
        }
    }

    /// The dead letter's key: the one it is replayed under, its fingerprint, or a digest of bytes that are no record.
    private static func key(of letter: DeadLetter) throws(WorkFailure) -> [UInt8] {
        if let replayKey = letter.replayKey { return replayKey }
        if let record = try? ErrorRecord(decoding: letter.record.payload) { return record.fingerprint.bytes }
        do throws(FingerprintError) {
            let fingerprinter = try Fingerprinter()
            return letter.record.payload.withUnsafeBytes {
                fingerprinter.digest16(domain: "dead-letter", nil, $0).bytes
            }
        } catch {
            throw WorkFailure(.infrastructure, code: 0, message: error.message)
        }
    }

    @discardableResult
    private func run<R>(_ body: () throws(MySQLError) -> R) throws(WorkFailure) -> R {
        do throws(MySQLError) {
            return try body()
        } catch {
            throw WorkFailure(mysql: error)
        }
    }
}
