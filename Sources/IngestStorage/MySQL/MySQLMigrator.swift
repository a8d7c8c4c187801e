public import Ingest
public import Logging
public import MySQLClient

/// Brings the schema up to date: numbered files, applied in order under a lock, each recorded with its checksum.
///
/// Migrations only add. MySQL commits DDL statement by statement, so a migration that was cut off is run again from its start:
/// every statement must be safe to repeat (`IF NOT EXISTS`; an `ALTER TABLE` that finds its columns or keys done counts as done).
public struct MySQLMigrator: Sendable {
    /// How long another process may be migrating.
    private static let lockSeconds: Int64 = 60
    /// An ALTER of a large table takes its time; the pool's limits are for requests, and the server ends a statement by them.
    private static let statementLimit = Duration.seconds(3_600)

    private let pool: MySQLPool
    private let logger: Logger

    public init(pool: MySQLPool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    /// Applies what is missing. Safe to call from several processes at once.
    /// - Throws: `.configuration` when the schema is newer than this build, or a migration was changed after it was applied.
    public func migrate() async throws(StoreFailure) {
        var configuration = pool.configuration
        configuration.readTimeout = max(configuration.readTimeout, Self.statementLimit)
        let connection: MySQLConnection
        do throws(MySQLError) {
            connection = try await MySQLConnection.connect(configuration)
        } catch {
            throw StoreFailure(mysql: error)
        }
        // The last reference going closes the connection, and with it lets go of the lock, whatever happens.
        let logger = logger
        try await connection.run { (connection) throws(StoreFailure) in
            try SchemaSession(connection.session).withLock(Self.lockSeconds) { (schema) throws(StoreFailure) in
                try schema.createRecord()
                let applied = try schema.applied()
                try Self.compare(applied)
                for migration in Migration.all where applied[migration.number] == nil {
                    try schema.apply(migration)
                    logger.notice("schema migration applied", metadata: ["migration": "\(migration.name)"])
                }
            }
        }
    }

    /// Waits for somebody else to bring the schema up to date. A server that is away for a while is waited for as well.
    /// - Throws: `.configuration` after `limit`, or when the schema is newer than this build; `.unavailable` when the server was
    ///   away at the end.
    public func waitForSchema(within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            do throws(StoreFailure) {
                let missing = try await missing()
                if missing.isEmpty { return }
                if ContinuousClock.now >= deadline {
                    throw StoreFailure(
                        .configuration, "missing \(missing.joined(separator: ", ")); run error-ingest migrate")
                }
            } catch {
                guard error.code != .configuration, ContinuousClock.now < deadline else { throw error }
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private func missing() async throws(StoreFailure) -> [String] {
        try await pool.withConnection("read_schema") { (connection) throws(StoreFailure) in
            let applied = try SchemaSession(connection.session).applied()
            try Self.compare(applied)
            return Migration.all.filter { applied[$0.number] == nil }.map(\.name)
        }
    }

    private static func compare(_ applied: [Int: String]) throws(StoreFailure) {
        if let newest = applied.keys.max(), newest > Migration.all.last?.number ?? 0 {
            throw StoreFailure(
                .configuration, "the schema has migration \(newest), which this build does not know; run a newer build")
        }
        for migration in Migration.all {
            if let checksum = applied[migration.number], checksum != migration.checksum {
                throw StoreFailure(.configuration, "migration \(migration.name) is not the one that was applied")
            }
        }
    }
}
