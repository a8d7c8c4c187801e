import Fingerprint
import Ingest
public import MySQLClient
public import QueueCore

/// Where the workers of the event path make events durable, with what is counted of them, in one transaction. One for all workers of a
/// process: they tell each other what need not be written again.
///
/// An event that is offered again adds nothing: only rows that this very batch has inserted are counted.
public struct MySQLEventStore: BatchStore {
    private let pool: MySQLPool
    private let recent = RecentEventRows()
    private let allowsReturning: Bool

    public init(pool: MySQLPool) {
        self.init(pool: pool, allowsReturning: true)
    }

    /// - Parameter allowsReturning: false goes without `RETURNING` as on a server that has none.
    package init(pool: MySQLPool, allowsReturning: Bool) {
        self.pool = pool
        self.allowsReturning = allowsReturning
    }

    public func transaction<R: Sendable>(
        _ body: @Sendable (inout MySQLEventTransaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R {
        let (result, written, known) = try await pool.withTransaction("store_events") {
            (connection) throws(WorkFailure) in
            let session = connection.session
            let known = recent.begin(on: session.number)
            var transaction = MySQLEventTransaction(
                session: session, recent: recent, isReturning: allowsReturning && session.isMariaDB)
            return (try body(&transaction), transaction.written, known)
        }
        recent.insert(written, of: known)
        return result
    }
}

/// Rows of paths' names and of users which this process has committed lately.
struct RecentEventRows: Sendable {
    struct Written: Sendable {
        var paths: [Digest16] = []
        var users: [EventUserRows.Row] = []

        mutating func append(_ other: Written) {
            paths += other.paths
            users += other.users
        }
    }

    let paths = RecentKeys<Digest16>(limit: 100_000)
    let users = RecentKeys<EventUserRows.Row>(limit: 100_000)

    struct Generation: Sendable {
        let paths: RecentKeys<Digest16>.Generation
        let users: RecentKeys<EventUserRows.Row>.Generation
    }

    /// Call at the start of each transaction, with the number of its connection.
    func begin(on session: UInt64) -> Generation {
        Generation(paths: paths.begin(on: session), users: users.begin(on: session))
    }

    /// Call only after the commit, with what `begin` said.
    func insert(_ written: Written, of generation: Generation) {
        paths.insert(written.paths, of: generation.paths)
        users.insert(written.users, of: generation.users)
    }
}

/// One open transaction of the worker; lives on its connection's thread.
public struct MySQLEventTransaction: BatchTransaction {
    private static let savepoint: StaticString = "batch"

    private let session: MySQLSession
    private let recent: RecentEventRows
    private let isReturning: Bool
    private(set) var written = RecentEventRows.Written()

    init(session: MySQLSession, recent: RecentEventRows, isReturning: Bool) {
        self.session = session
        self.recent = recent
        self.isReturning = isReturning
    }

    public mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure) {
        let batch = try EventBatch(records, session: session)
        try run { () throws(MySQLError) in try session.savepoint(Self.savepoint) }
        do throws(WorkFailure) {
            written.append(try batch.store(recent: recent, isReturning: isReturning))
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
