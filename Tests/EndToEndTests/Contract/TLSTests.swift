import EmbeddedServers
import MySQLClient
import RedisClient
import TestServers
import Testing

/// The built program against a Redis and a MariaDB that take encrypted connections and passwords only.
@Suite struct TLSTests {
    /// The two servers and the URLs to reach them by.
    private struct Stores: Sendable {
        let authority: TestCertificates
        let redis: TestRedis
        let mariadb: TestMariaDB
        let database: String

        static let password = "pass-of-the-test"

        static func start() async throws -> Stores {
            let authority = try await TestCertificates.authority()
            async let redis = TestRedis.start(certificate: try await authority.localServer())
            async let mariadb = TestMariaDB.start(certificate: try await authority.localServer())
            let stores = Stores(
                authority: authority, redis: try await redis, mariadb: try await mariadb,
                database: TestServers.freshDatabaseName())
            try await StoreAccess.createDatabase(stores.database, at: stores.mariadb.url())
            let root = try await MySQLConnection.connect(
                MySQLConfiguration(endpoint: MySQLEndpoint(url: stores.mariadb.url())))
            try await root.executeText("CREATE USER someone@'%' IDENTIFIED BY '\(password)' REQUIRE SSL")
            try await root.executeText("GRANT ALL ON `\(stores.database)`.* TO someone@'%'")
            await root.close()
            try await stores.setRedisPassword()
            return stores
        }

        func setRedisPassword() async throws {
            let access = try self.access()
            try await access.connect()
            _ = try await access.redis(
                "ACL", ["SETUSER", "someone", "on", .string(">\(Self.password)"), "~*", "+@all"])
            await access.close()
        }

        /// The test's own look into both, over their Unix sockets.
        func access() throws -> StoreAccess {
            try StoreAccess(redisURL: redis.url, mysqlURL: mariadb.url(database: database), namespace: "ei", shards: 1)
        }

        func environment(
            redisHost: String = "localhost", mysqlHost: String = "localhost", redisAuthority: String? = nil,
            mysqlAuthority: String? = nil
        ) -> [String: String] {
            let user = "someone:\(Self.password)"
            return [
                "REDIS_URL":
                    "rediss://\(user)@\(redisHost):\(redis.tlsPort ?? 0)?ca=\(redisAuthority ?? authority.authorityFile)",
                "MYSQL_URL": "mysql://\(user)@\(mysqlHost):\(mariadb.port ?? 0)/\(database)?tls=on"
                    + "&tls-ca=\(mysqlAuthority ?? authority.authorityFile)",
                "SYNC_INTERVAL_SECONDS": "1", "STARTUP_TIMEOUT_SECONDS": "15",
            ]
        }

        func stop() async {
            await redis.stop()
            await mariadb.stop()
        }
    }

    @Test func reportsAreTakenAndStored() async throws {
        let stores = try await Stores.start()
        let service = try ServiceUnderTest(
            ["serve"], environment: stores.environment(redisHost: "127.0.0.1", mysqlHost: "127.0.0.1"))
        try await service.waitUntilReady()
        let body = #"{"message":"over TLS","stackTrace":"Error\n  at pay (cart.js:1:1)"}"#
        let fingerprint = try await service.report(body)
        let detail = try await eventuallyFound(fingerprint, at: service)
        #expect(detail["stackTrace"]?.string?.contains("cart.js") == true)

        // A server with another's certificate takes its place: it is not talked to, and health says why.
        await stores.redis.kill()
        let other = try await stores.authority.server(["DNS:other.test", "IP:127.0.0.9"])
        try await stores.redis.restart(
            arguments: ["--tls-cert-file", other.certificateFile, "--tls-key-file", other.keyFile])
        try await stores.setRedisPassword()
        try await eventually(within: .seconds(20), description: "health says why") {
            let health = try await service.get("/health")
            let problem = try health.json["redis"]?["problem"]?.string ?? ""
            return health.status == 503 && problem.contains("certificate verify failed")
                && problem.contains("not for 127.0.0.1")
        }
        #expect(try await service.post("/errors/log", body).status == 503)
        #expect(service.log.contains("certificate verify failed"))

        try await stores.redis.restart(arguments: [])
        try await stores.setRedisPassword()
        try await service.waitUntilReady()
        #expect(try await service.report(body) == fingerprint)

        // The same for MariaDB, which reports do not wait for.
        await stores.mariadb.kill()
        try await stores.mariadb.restart(
            arguments: ["--ssl-cert=\(other.certificateFile)", "--ssl-key=\(other.keyFile)"])
        try await eventually(within: .seconds(20), description: "health says why") {
            try await service.get("/health").json["mysql"]?["problem"]?.string?.contains("names this host") == true
        }
        let second = try await service.report(#"{"message":"while the other was there"}"#)
        try await stores.mariadb.restart(arguments: [])
        _ = try await eventuallyFound(second, at: service, within: .seconds(60))
        #expect(await service.stop() == .exited(0))
        #expect(!service.log.contains(Stores.password))
        await stores.stop()
    }

    @Test func wrongAuthorityEndsTheStart() async throws {
        let stores = try await Stores.start()
        let other = try await TestCertificates.make().authorityFile
        for (changes, words) in [
            (
                stores.environment(redisAuthority: other),
                ["Redis at rediss://", "certificate verify failed", "REDIS_URL", "give ca= the file"]
            ),
            (
                stores.environment(mysqlAuthority: other),
                ["MySQL at mysql://", "TLS/SSL error", "MYSQL_URL", "in the file of tls-ca"]
            ),
        ] {
            var environment = changes
            environment["STARTUP_TIMEOUT_SECONDS"] = "2"
            let service = try ServiceUnderTest(["serve"], environment: environment)
            try await eventually(within: .seconds(30), description: "the end") {
                if service.exit != nil { return true }
                #expect((try? await service.get("/health/ready").status) != 200)
                return false
            }
            #expect(service.exit == .exited(1))
            for word in words { #expect(service.log.contains(word), "\(word): \(service.log)") }
            #expect(!service.log.contains(Stores.password))
        }
        await stores.stop()
    }

    @Test(arguments: [
        (
            "REDIS_URL", "rediss://u:hunter2@localhost:1?ca=/nonexistent/ca.pem",
            ["ca=", "/nonexistent/ca.pem", "No such file"]
        ),
        ("REDIS_URL", "rediss://u:hunter2@localhost:1?verify=no", ["ca=, cert= and key="]),
        ("REDIS_URL", "redis://u:hunter2@localhost:1?ca=/etc/ca.pem", ["rediss://"]),
        ("MYSQL_URL", "mysql://u:hunter2@localhost:1/x?tls=on&tls-ca=/nonexistent/ca.pem", ["tls-ca", "No such file"]),
        ("MYSQL_URL", "mysql://u:hunter2@localhost:1/x?tls=skip", ["tls must be on or off"]),
    ])
    func filesAreReadAtTheStart(key: String, url: String, words: [String]) async throws {
        var environment = ["REDIS_URL": "redis://127.0.0.1:1", "MYSQL_URL": "mysql://root@127.0.0.1:1/x"]
        environment[key] = url
        let service = try ServiceUnderTest(["serve"], environment: environment)
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
        for word in [key] + words { #expect(service.log.contains(word), "\(service.log)") }
        #expect(!service.log.contains("hunter2"))
    }
}
