import Fingerprint
public import Ingest
public import MySQLClient
import QueueCore

/// Adds windows to the stored totals, each part exactly once.
public struct MySQLCountStore: CountStore {
    private static let duplicateEntry: UInt32 = 1062

    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func apply(
        window: WindowID, part: WindowPart, counts: [WindowCount]
    ) async throws(StoreFailure) -> AppliedPart {
        // In the order of the primary key: two syncs that lock the same rows cannot deadlock.
        let sorted = counts.sorted { $0.fingerprint < $1.fingerprint }
        // Any error leaves the transaction open, and the pool rolls it back before anybody else gets the connection.
        return try await pool.withConnection("sync_apply") { (connection) throws(StoreFailure) in
            let session = connection.session
            try Self.run { () throws(MySQLError) in try session.begin() }
            guard try Self.claim(window, part, sorted, session) else {
                try Self.run { () throws(MySQLError) in try session.rollback() }
                return .alreadyApplied
            }
            try Self.add(sorted, session)
            try Self.addSeries(sorted, session)
            try Self.regress(sorted, session)
            try Self.run { () throws(MySQLError) in try session.commit() }
            return .applied(fingerprints: sorted.count)
        }
    }

    /// Writes the ledger row; false when it is there already.
    private static func claim(
        _ window: WindowID, _ part: WindowPart, _ counts: [WindowCount], _ session: MySQLSession
    ) throws(StoreFailure) -> Bool {
        let values: [MySQLValue] = [
            .string(window.text), .uint(UInt64(part.index)), .uint(UInt64(counts.count)),
            .uint(counts.reduce(0) { $0 &+ $1.count }), .dateTime(milliseconds: SystemQueueClock().unixMilliseconds),
        ]
        do throws(MySQLError) {
            try session.execute(Statements.insertLedger, values)
            return true
        } catch {
            if error.number == duplicateEntry { return false }
            throw StoreFailure(mysql: error)
        }
    }

    private static func add(_ counts: [WindowCount], _ session: MySQLSession) throws(StoreFailure) {
        for range in MultiRowSQL.split(0..<counts.count) {
            var values: [MySQLValue] = []
            values.reserveCapacity(range.count * 4)
            for count in counts[range] {
                values.append(.bytes(count.fingerprint.bytes))
                values.append(.uint(count.count))
                values.append(.dateTime(milliseconds: count.firstSeenMilliseconds))
                values.append(.dateTime(milliseconds: count.lastSeenMilliseconds))
            }
            try run { () throws(MySQLError) in
                try session.execute(Statements.upsertCounts.text(rows: range.count), values)
            }
        }
    }

    /// The same counts by minute and hour, in the order of the primary key, as all writers of several rows.
    ///
    /// Written as they are made: after a long outage one part has a million rows and more, and the server gives up a transaction that
    /// says nothing for as long as it takes to make them all.
    private static func addSeries(_ counts: [WindowCount], _ session: MySQLSession) throws(StoreFailure) {
        let oldest = SystemQueueClock().unixMilliseconds - SeriesSlot.minuteAge_ms
        try SeriesRow.inChunks(of: MultiRowSQL.sizes[0], counts, minutesSince: oldest) { (rows) throws(StoreFailure) in
            for range in MultiRowSQL.split(rows.indices) { try write(rows[range], session) }
        }
    }

    private static func write(_ rows: ArraySlice<SeriesRow>, _ session: MySQLSession) throws(StoreFailure) {
        var values: [MySQLValue] = []
        values.reserveCapacity(rows.count * 4)
        for row in rows {
            values.append(.bytes(row.fingerprint.bytes))
            values.append(.uint(UInt64(row.interval.widthSeconds)))
            values.append(.uint(UInt64(row.startMinute)))
            values.append(.uint(row.count))
        }
        try run { () throws(MySQLError) in
            try session.execute(Statements.upsertSeries.text(rows: rows.count), values)
        }
    }

    /// Opens resolved errors again that happened since. Runs after the counts are added: their rows are locked by now, so nobody
    /// resolves one between the look and the change.
    private static func regress(_ counts: [WindowCount], _ session: MySQLSession) throws(StoreFailure) {
        var opened: [WindowCount] = []
        for range in MultiRowSQL.split(0..<counts.count) {
            let values = counts[range].map { MySQLValue.bytes($0.fingerprint.bytes) }
            let resolved = try run { () throws(MySQLError) in
                try session.execute(Statements.selectResolved.text(rows: range.count), values).rows
            }
            guard !resolved.isEmpty else { continue }
            let tallies = Dictionary(
                counts[range].map { ($0.fingerprint, $0) }, uniquingKeysWith: { first, _ in first })
            for row in resolved {
                guard let bytes = row[0].byteArray, let fingerprint = Fingerprint(bytes: bytes),
                    let count = tallies[fingerprint]
                else { continue }
                if RegressionRule.opensAgain(
                    status: .resolved, resolvedMilliseconds: row[1].dateTimeMilliseconds,
                    resolvedInRelease: row[2].string, by: count.tally)
                {
                    opened.append(count)
                }
            }
        }
        for range in MultiRowSQL.split(0..<opened.count) {
            let fingerprints = opened[range].map { MySQLValue.bytes($0.fingerprint.bytes) }
            try run { () throws(MySQLError) in
                try session.execute(Statements.markRegressed.text(rows: range.count), fingerprints)
            }
        }
        let step = StatusTransition.Step(from: .resolved, to: .regressed, by: StatusTransition.sync, release: nil)
        try StatusTransaction(session: session).note(
            opened.map { ($0.fingerprint, [step]) }, at: SystemQueueClock().unixMilliseconds)
    }

    @discardableResult
    private static func run<R>(_ body: () throws(MySQLError) -> R) throws(StoreFailure) -> R {
        do throws(MySQLError) {
            return try body()
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}
