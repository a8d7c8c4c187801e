public import Fingerprint
public import Ingest
public import MySQLClient

/// Changes the status of rows of `errors`, and keeps the history of it in `status_changes`.
public struct MySQLStatusStore: StatusStore {
    private let pool: MySQLPool
    /// For what only reads.
    private let readPool: MySQLPool

    /// - Parameter pool: a change waits for row locks as long as the time limits of this pool allow. Workers, sync and reads must not
    ///   have to wait for it.
    public init(pool: MySQLPool, readPool: MySQLPool) {
        self.pool = pool
        self.readPool = readPool
    }

    public func change(
        _ fingerprints: [Fingerprint],
        ledger keys: [LedgerKey],
        at milliseconds: Int64,
        decide: @escaping @Sendable (_ rows: [StoredError], _ applied: Set<LedgerKey>) -> [StatusTransition]
    ) async throws(StoreFailure) -> StatusOutcome {
        let sorted = fingerprints.sorted()
        return try await pool.withTransaction("change_status") { (connection) throws(StoreFailure) in
            let change = StatusTransaction(session: connection.session)
            let rows = try change.lock(sorted)
            // After the locks: whoever applies a window to these rows has done it, or waits.
            let transitions = decide(rows, try MySQLErrorReader.applied(keys, connection.session))
            try change.write(transitions, at: milliseconds)
            let found = Set(rows.map(\.fingerprint))
            return StatusOutcome(
                updated: transitions.count, unchanged: rows.count - transitions.count,
                notFound: fingerprints.filter { !found.contains($0) })
        }
    }

    public func history(
        of fingerprint: Fingerprint, limit: Int, after cursor: TimeOrderedKey?
    ) async throws(StoreFailure) -> StatusHistoryPage? {
        try await readPool.withSnapshot("list_status_changes") { (connection) throws(StoreFailure) in
            let key = MySQLValue.bytes(fingerprint.bytes)
            let values: [MySQLValue] = [
                key, .bytes(cursor?.bytes ?? [UInt8](repeating: 0xFF, count: TimeOrderedKey.byteCount)),
                .int(Int64(limit + 1)),
            ]
            guard try !Self.run(connection.session, Statements.errorExists, [key]).isEmpty else { return nil }
            return try StatusHistoryPage(
                rows: Self.run(connection.session, StatusStatements.page, values), limit: limit)
        }
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
