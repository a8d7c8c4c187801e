import Fingerprint
import Ingest
public import MySQLClient
public import QueueCore

/// Where the worker of the event path makes events durable, with what is counted of them, in one transaction.
///
/// An event that is offered again adds nothing: only rows that this very batch has inserted are counted.
public struct MySQLEventStore: BatchStore {
    private let pool: MySQLPool
    private let recentPaths = RecentKeys<Digest16>(limit: 100_000)

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    public func transaction<R: Sendable>(
        _ body: @Sendable (inout MySQLEventTransaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let (result, paths) = try await pool.withTransaction("store_events") { (connection) throws(WorkFailure) in
            var transaction = MySQLEventTransaction(session: connection.session, recentPaths: recentPaths)
            return (try body(&transaction), transaction.paths)
        }
        recentPaths.insert(paths)
        return result
    }
}

/// One open transaction of the worker; lives on its connection's thread.
public struct MySQLEventTransaction: BatchTransaction {
    private static let savepoint: StaticString = "batch"

    private let session: MySQLSession
    private let recentPaths: RecentKeys<Digest16>
    /// Whose names are written so far.
    private(set) var paths: Set<Digest16> = []

    init(session: MySQLSession, recentPaths: RecentKeys<Digest16>) {
        self.session = session
        self.recentPaths = recentPaths
    }

    public mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
        let batch = try EventBatch(records, session: session)
        try run { () throws(MySQLError) in try session.savepoint(Self.savepoint) }
        do throws(WorkFailure) {
            paths.formUnion(try batch.store(recentPaths: recentPaths))
        } catch {
            // Only a bad record leaves the transaction of use; it must be as it was.
            if error.class == .data {
                try run { () throws(MySQLError) in try session.rollback(to: Self.savepoint) }
            }
            throw error
        }
    }

    public mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure) {
        try deadLetters.bury(letters) { try? EventRecord(decoding: $0.payload).eventKey.bytes }
    }

    public mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure) {
        try deadLetters.markReplayed(keys)
    }

    private var deadLetters: DeadLetterRows { DeadLetterRows(session: session, queue: EventQueue.name) }

    private func run(_ body: () throws(MySQLError) -> Void) throws(WorkFailure) {
        do throws(MySQLError) {
            try body()
        } catch {
            throw WorkFailure(mysql: error)
        }
    }
}
