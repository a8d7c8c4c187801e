public import Ingest
public import MySQLClient

/// What every process must agree on, kept in the table `settings`.
public struct MySQLSettings: Sendable {
    public static let redisShards = "redis_shards"

    private let pool: MySQLPool

    public init(pool: MySQLPool) {
        self.pool = pool
    }

    /// Nil when it was never set.
    public func value(of name: String) async throws(StoreFailure) -> String? {
        try await pool.withConnection("read_setting") { (connection) throws(StoreFailure) in
            do throws(MySQLError) {
                return try connection.session.execute(Statements.selectSetting, [.string(name)]).rows.first?.first?
                    .string
            } catch {
                throw StoreFailure(mysql: error)
            }
        }
    }

    public func set(_ name: String, to value: String) async throws(StoreFailure) {
        try await pool.withConnection("write_setting") { (connection) throws(StoreFailure) in
            do throws(MySQLError) {
                try connection.session.execute(Statements.upsertSetting, [.string(name), .string(value)])
            } catch {
                throw StoreFailure(mysql: error)
            }
        }
    }
}
