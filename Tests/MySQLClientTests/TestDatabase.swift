import Logging
import MySQLClient
import TestServers

/// A database of its own on the shared server, and a pool on it.
struct TestDatabase {
    let configuration: MySQLConfiguration
    let pool: MySQLPool

    static func make(
        size: Int = 4,
        adjust: (inout MySQLConfiguration) -> Void = { _ in }
    ) async throws -> TestDatabase {
        let server = try await TestServers.mariadb()
        let name = TestServers.freshDatabaseName()
        let maker = try await MySQLConnection.connect(MySQLConfiguration(endpoint: MySQLEndpoint(url: server.url())))
        try await maker.executeText("CREATE DATABASE `\(name)` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        await maker.close()
        var configuration = MySQLConfiguration(endpoint: try MySQLEndpoint(url: server.url(database: name)))
        adjust(&configuration)
        return TestDatabase(
            configuration: configuration,
            pool: MySQLPool(configuration: configuration, size: size, logger: Logger(label: "test"))
        )
    }

    @discardableResult
    func execute(_ sql: String, _ parameters: [MySQLValue] = []) async throws(MySQLError) -> MySQLOutcome {
        try await pool.withConnection("test") { connection throws(MySQLError) in
            try connection.execute(sql, parameters)
        }
    }
}
