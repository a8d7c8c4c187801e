import EmbeddedServers
import TestServers
import Testing

/// Starts that cannot succeed: exit status 1, soon, with a message that says what is wrong and what to do.
@Suite struct StartupTests {
    @Test(arguments: [
        ("PORT", "seventy"), ("PORT", "70000"), ("SYNC_INTERVAL_SECONDS", "0"), ("QUEUE_MAX_DEPTH", "-1"),
        ("GROUPING", "colour"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"), ("REDIS_NAMESPACE", "a b"),
        ("REDIS_DURABILITY", "perhaps"), ("MAX_BODY_BYTES", "12"), ("REDIS_URL", "http://127.0.0.1"),
        ("MYSQL_URL", "postgres://127.0.0.1/x"), ("CONFIG_FILE", "/nonexistent/file.env"), ("INGEST_TOKEN", "secret\n"),
        ("INGEST_TOKEN", "two words"),
    ])
    func badValueNamesItsKey(key: String, value: String) async throws {
        var environment = [
            "REDIS_URL": "redis://127.0.0.1:1", "MYSQL_URL": "mysql://root@127.0.0.1:1/x",
            "STARTUP_TIMEOUT_SECONDS": "1",
        ]
        environment[key] = value
        let service = try ServiceUnderTest(["serve"], environment: environment)
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(service.log.contains(key), "\(service.log)")
    }

    @Test(arguments: ["REDIS_URL", "MYSQL_URL"])
    func oneURLAloneIsRefused(key: String) async throws {
        let url = key == "REDIS_URL" ? "redis://127.0.0.1:1" : "mysql://root@127.0.0.1:1/x"
        let service = try ServiceUnderTest(["serve"], environment: [key: url])
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(service.log.contains("REDIS_URL") && service.log.contains("MYSQL_URL"), "\(service.log)")
    }

    @Test(arguments: ["api", "worker", "sync", "migrate"])
    func rolesNeedExternalServers(command: String) async throws {
        let service = try ServiceUnderTest([command], environment: [:])
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(service.log.contains("REDIS_URL") && service.log.contains("MYSQL_URL"), "\(service.log)")
    }

    @Test(arguments: ["serve", "api", "worker", "sync"])
    func missingRedisIsWaitedForAndNamed(command: String) async throws {
        let mysql = try await TestServers.mariadb().url()
        let port = Int(try FreePort.find())
        let start = ContinuousClock.now
        let service = try ServiceUnderTest(
            [command],
            environment: [
                "REDIS_URL": "redis://someone:hidden-word@127.0.0.1:\(port)", "MYSQL_URL": mysql,
                "STARTUP_TIMEOUT_SECONDS": "2",
            ]
        )
        #expect(try await service.waitForExit(within: .seconds(30)) == .exited(1))
        #expect(ContinuousClock.now - start >= .seconds(2))
        #expect(service.log.contains("127.0.0.1:\(port)"), "\(service.log)")
        #expect(service.log.contains("Start it, or mend REDIS_URL"))
        #expect(!service.log.contains("hidden-word"))
    }

    @Test(arguments: ["serve", "api", "worker", "sync"])
    func missingMySQLIsWaitedForAndNamed(command: String) async throws {
        let redis = try await TestServers.redis().url
        let port = Int(try FreePort.find())
        let start = ContinuousClock.now
        let service = try ServiceUnderTest(
            [command],
            environment: [
                "REDIS_URL": redis, "MYSQL_URL": "mysql://someone:hidden-word@127.0.0.1:\(port)/errors",
                "REDIS_NAMESPACE": TestServers.freshNamespace(), "STARTUP_TIMEOUT_SECONDS": "2",
            ]
        )
        #expect(try await service.waitForExit(within: .seconds(30)) == .exited(1))
        #expect(ContinuousClock.now - start >= .seconds(2))
        #expect(service.log.contains("127.0.0.1:\(port)/errors"), "\(service.log)")
        #expect(service.log.contains("mend MYSQL_URL"))
        #expect(!service.log.contains("hidden-word"))
    }

    @Test func missingMySQLEndsMigrate() async throws {
        let port = Int(try FreePort.find())
        let service = try ServiceUnderTest(
            ["migrate"],
            environment: [
                "REDIS_URL": "redis://127.0.0.1:1", "MYSQL_URL": "mysql://someone:hidden-word@127.0.0.1:\(port)/errors",
                "STARTUP_TIMEOUT_SECONDS": "2",
            ]
        )
        let started = ContinuousClock.now
        #expect(try await service.waitForExit(within: .seconds(30)) == .exited(1))
        #expect(ContinuousClock.now - started >= .seconds(2))
        #expect(!service.log.contains("hidden-word"))
        #expect(service.log.contains("mend MYSQL_URL"), "\(service.log)")
    }

    @Test(arguments: ["api", "worker", "sync"])
    func missingSchemaIsWaitedForAndNamed(command: String) async throws {
        let servers = try await Deployment.Servers.shared()
        let database = TestServers.freshDatabaseName()
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        let service = try ServiceUnderTest(
            [command],
            environment: [
                "REDIS_URL": servers.redis.url, "MYSQL_URL": servers.mariadb.url(database: database),
                "REDIS_NAMESPACE": TestServers.freshNamespace(), "STARTUP_TIMEOUT_SECONDS": "2",
            ]
        )
        #expect(try await service.waitForExit(within: .seconds(30)) == .exited(1))
        #expect(service.log.contains("the schema is not there"), "\(service.log)")
    }

    @Test func portInUseIsNamed() async throws {
        let contract = try await ContractService.service()
        let servers = try await Deployment.Servers.shared()
        let database = TestServers.freshDatabaseName()
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        let service = try ServiceUnderTest(
            ["serve"],
            environment: [
                "REDIS_URL": servers.redis.url, "MYSQL_URL": servers.mariadb.url(database: database),
                "REDIS_NAMESPACE": TestServers.freshNamespace(),
            ],
            port: contract.port
        )
        #expect(try await service.waitForExit(within: .seconds(30)) == .exited(1))
        #expect(service.log.contains("\(contract.port)"), "\(service.log)")
    }

    @Test func helpListsTheCommands() async throws {
        let service = try ServiceUnderTest(["--help"], environment: [:])
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(0))
        for command in ["serve", "api", "worker", "sync", "migrate"] { #expect(service.log.contains(command)) }
    }

    @Test func unknownCommandIsRefused() async throws {
        let service = try ServiceUnderTest(["explode"], environment: [:])
        let exit = try await service.waitForExit(within: .seconds(20))
        #expect(exit != .exited(0))
        #expect(service.log.contains("explode"), "\(service.log)")
    }
}
