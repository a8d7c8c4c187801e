import EmbeddedServers
import Glibc
import MySQLClient
import TestServers
import Testing

/// Passwords and tokens are nowhere to be seen: not in the log at its most talkative, not in answers, not in the list of
/// processes.
@Suite struct SecretTests {
    private enum Secret: String, CaseIterable {
        case redis = "hush-redis-4Zq"
        case mysql = "hush-mysql-8Kd"
        case ingest = "hush-ingest-2Wp"
        case admin = "hush-admin-6Tn"
        case wrong = "hush-wrong-9Lm"

        /// As it stands in a URL, decoded or not.
        static func isIn(_ text: String) -> Bool {
            text.contains("hush-") || text.contains("hush%2D")
        }
    }

    private static func environment(
        _ servers: Deployment.Servers, _ database: String, _ format: String
    ) -> [String: String] {
        [
            "REDIS_URL": "redis+unix://someone:\(Secret.redis.rawValue)@\(servers.redis.socketPath)",
            "MYSQL_URL": "mysql://someone:\(Secret.mysql.rawValue.replacing("-", with: "%2D"))@localhost/\(database)"
                + "?socket=\(servers.mariadb.socketPath)",
            "INGEST_TOKEN": Secret.ingest.rawValue, "ADMIN_TOKEN": "anna:\(Secret.admin.rawValue)",
            "LOG_LEVEL": "trace", "LOG_FORMAT": format, "SYNC_INTERVAL_SECONDS": "1", "STARTUP_TIMEOUT_SECONDS": "2",
        ]
    }

    /// Servers that ask for the passwords.
    private static func servers(_ database: String) async throws -> Deployment.Servers {
        let servers = try await Deployment.Servers.own(
            redisArguments: ["--user", "someone", "on", ">\(Secret.redis.rawValue)", "~*", "+@all"])
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        let root = try await MySQLConnection.connect(
            MySQLConfiguration(endpoint: MySQLEndpoint(url: servers.mariadb.url())))
        try await root.executeText("CREATE USER someone@localhost IDENTIFIED BY '\(Secret.mysql.rawValue)'")
        try await root.executeText("GRANT ALL ON `\(database)`.* TO someone@localhost")
        await root.close()
        return servers
    }

    /// Looks through everything a run has left for others to see.
    private func expectNoSecret(_ service: ServiceUnderTest, _ what: String) {
        #expect(!service.wholeLog.isEmpty)
        for line in service.wholeLog.split(separator: "\n") where Secret.isIn(String(line)) {
            Issue.record("\(what): a secret in the log: \(line)")
        }
        for process in RunningProcess.family(of: service.processID) {
            for argument in process.arguments where Secret.isIn(argument) {
                Issue.record("\(what): a secret in the list of processes: \(argument)")
            }
        }
    }

    @Test(arguments: ["text", "json"])
    func wholeLife(format: String) async throws {
        let database = TestServers.freshDatabaseName()
        let servers = try await Self.servers(database)
        let service = try ServiceUnderTest(["serve"], environment: Self.environment(servers, database, format))
        try await service.waitUntilReady()
        let ingest = [("authorization", "Bearer \(Secret.ingest.rawValue)")]
        let admin = [("authorization", "Bearer \(Secret.admin.rawValue)")]
        let wrong = [("authorization", "Bearer \(Secret.wrong.rawValue)")]
        let body = #"{"message":"nothing to see"}"#
        #expect(try await service.post("/errors/log", body, headers: ingest).status == 200)
        for headers in [wrong, admin, []] {
            #expect(try await service.post("/errors/log", body, headers: headers).status == 401)
        }
        #expect(try await service.get("/errors", headers: admin).status == 200)
        for headers in [wrong, ingest, []] {
            #expect(try await service.get("/errors", headers: headers).status == 401)
        }
        expectNoSecret(service, "in good days")

        await servers.redis.kill()
        #expect(try await service.post("/errors/log", body, headers: ingest).status == 503)
        await servers.mariadb.kill()
        try await eventually(within: .seconds(20), description: "both are missed") {
            let health = try await service.get("/health").json
            return health["redis"]?["problem"] != nil && health["mysql"]?["problem"] != nil
        }
        for route in ["/health", "/api/v1/health", "/api/v1/health/db", "/api/v1/health/redis", "/metrics", "/errors"] {
            let answer = try await service.get(route, headers: wrong)
            #expect(!Secret.isIn(answer.text), "\(route): \(answer.text)")
        }
        #expect(await service.stop() == .exited(0))
        expectNoSecret(service, "in bad days")
    }

    /// Starts that fail, each in another way.
    @Test func failures() async throws {
        let database = TestServers.freshDatabaseName()
        let servers = try await Self.servers(database)
        let good = Self.environment(servers, database, "text")
        let secret = Secret.wrong.rawValue
        let authority = try await TestCertificates.make()
        let tls = try await TestRedis.start(certificate: try await authority.localServer())
        let otherAuthority = try await TestCertificates.authority().authorityFile
        let changes: [[String: String]] = [
            // Refused.
            ["REDIS_URL": "redis+unix://someone:\(secret)@\(servers.redis.socketPath)"],
            ["MYSQL_URL": "mysql://someone:\(secret)@localhost/\(database)?socket=\(servers.mariadb.socketPath)"],
            // Nobody there, or nobody to trust.
            ["REDIS_URL": "redis://someone:\(secret)@127.0.0.1:1/0"],
            ["MYSQL_URL": "mysql://someone:\(secret)@127.0.0.1:1/x"],
            ["REDIS_URL": "rediss://someone:\(secret)@localhost:\(tls.tlsPort ?? 0)?ca=\(otherAuthority)"],
            // No URLs.
            ["REDIS_URL": "redis://someone:\(secret)@127.0.0.1:port"], ["REDIS_URL": "redis://\(secret)@127.0.0.1"],
            ["REDIS_URL": "redis://someone:\(secret)@h?x=\(secret)"], ["REDIS_URL": secret],
            ["REDIS_URL": "\(secret)://h"], ["REDIS_URL": "redis://someone:\(secret)/@h"],
            ["REDIS_URL": "rediss://someone:\(secret)@h_h?ca=/x"], ["REDIS_URL": "redis://someone:\(secret)%zz@h"],
            ["MYSQL_URL": "mysql://someone:\(secret)@127.0.0.1:port/x"], ["MYSQL_URL": "mysql://\(secret)/x"],
            ["MYSQL_URL": "mysql://someone:\(secret)#@h/x"], ["MYSQL_URL": "mysql://someone:\(secret)@h/x?\(secret)=1"],
            ["MYSQL_URL": "mysql://someone:\(secret)@h"], ["MYSQL_URL": secret],
            ["ADMIN_TOKEN": "\(secret) \(secret)"], ["ADMIN_TOKEN": "\(secret):\(secret):\(secret)"],
            ["ADMIN_TOKEN": "a:\(secret),b:\(secret)"],
        ]
        for change in changes {
            let service = try ServiceUnderTest(["serve"], environment: good.merging(change) { _, new in new })
            expectNoArguments(service)
            #expect(try await service.waitForExit(within: .seconds(40)) == .exited(1))
            expectNoSecret(service, "\(change)")
        }
        for command in [["check"], ["configuration"], ["--help"], ["serve", "--help"]] {
            let program = try ServiceUnderTest(command, environment: good)
            _ = try await program.waitForExit(within: .seconds(40))
            expectNoSecret(program, "\(command)")
        }
        await servers.redis.stop()
        await servers.mariadb.stop()
        await tls.stop()
    }

    private func expectNoArguments(_ service: ServiceUnderTest) {
        for process in RunningProcess.family(of: service.processID) {
            #expect(!process.arguments.contains { Secret.isIn($0) })
        }
    }

    @Test func embeddedServersInheritNothing() async throws {
        let settings = [
            "INGEST_TOKEN": Secret.ingest.rawValue, "ADMIN_TOKEN": Secret.admin.rawValue, "LOG_LEVEL": "trace",
        ]
        try await Deployment.run(.embedded, settings) { deployment in
            let service = try deployment.front
            let family = RunningProcess.family(of: service.processID)
            let programs = family.compactMap { $0.arguments.first?.split(separator: "/").last.map(String.init) }
            #expect(programs.contains("redis-server"), "\(programs)")
            #expect(programs.contains { ["mariadbd", "mysqld"].contains($0) }, "\(programs)")
            for process in family where process.processID != service.processID {
                let environment = FileTree.read("/proc/\(process.processID)/environ") ?? []
                #expect(!environment.isEmpty)
                #expect(!Secret.isIn(String(decoding: environment, as: UTF8.self)), "\(process.arguments)")
            }
            expectNoSecret(service, "embedded")
        }
    }
}

extension RunningProcess {
    /// A process and all it has started, directly or not.
    fileprivate static func family(of processID: pid_t) -> [RunningProcess] {
        var family: [RunningProcess] = RunningProcess(processID: processID).map { [$0] } ?? []
        var index = 0
        let parents = all().map { ($0, parent(of: $0.processID)) }
        while index < family.count {
            let id = family[index].processID
            family += parents.filter { $0.1 == id }.map(\.0)
            index += 1
        }
        return family
    }

    private static func parent(of processID: pid_t) -> pid_t? {
        guard let status = FileTree.read("/proc/\(processID)/status") else { return nil }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("PPid:") }
        return line.flatMap { $0.split(separator: "\t").last }.flatMap { pid_t($0) }
    }
}
