import TestServers

/// One `serve` with the settings of a fresh installation and external servers, for all tests that only send requests to it.
/// It ends with the test process.
enum ContractService {
    private static let shared = Task {
        let servers = try await Deployment.Servers.shared()
        let database = TestServers.freshDatabaseName()
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        let service = try ServiceUnderTest(
            ["serve"],
            environment: [
                "REDIS_URL": servers.redis.url,
                "MYSQL_URL": servers.mariadb.url(database: database),
                "REDIS_NAMESPACE": TestServers.freshNamespace(),
                "SYNC_INTERVAL_SECONDS": "1",
            ]
        )
        try await service.waitUntilReady()
        return service
    }

    static func service() async throws -> ServiceUnderTest {
        try await shared.value
    }
}
