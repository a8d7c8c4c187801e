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
            try Self.run { () throws(MySQLError) in try session.commit() }
            return .applied(fingerprints: sorted.count)
        }
    }

    public func forgetLedger(before cutoffMilliseconds: Int64, limit: Int) async throws(StoreFailure) -> Int {
        try await pool.withConnection("ledger_purge") { (connection) throws(StoreFailure) in
            let values: [MySQLValue] = [.dateTime(milliseconds: cutoffMilliseconds), .int(Int64(limit))]
            let outcome = try Self.run { () throws(MySQLError) in
                try connection.session.execute(Statements.deleteLedger, values)
            }
            return Int(clamping: outcome.affectedRows)
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

    @discardableResult
    private static func run<R>(_ body: () throws(MySQLError) -> R) throws(StoreFailure) -> R {
        do throws(MySQLError) {
            return try body()
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}
