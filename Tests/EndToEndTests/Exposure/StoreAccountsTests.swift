import EmbeddedServers
import Logging
import NIOCore
import NIOPosix
import RedisClient
import TestServers
import Testing

/// The service as the accounts of docs/exposing.md, with not one right more.
@Suite struct StoreAccountsTests {
    private static let document = "docs/exposing.md"
    private static let password = "pass-of-the-test"

    /// The rules of the documented Redis user, as `ACL SETUSER` takes them.
    private static func redisRules() throws -> [String] {
        let line = try #require(RepositoryDocument.lines(document).first { $0.hasPrefix("user error-ingest ") })
        return line.split(separator: " ").dropFirst(2).map { $0.first == ">" ? ">" + password : String($0) }
    }

    /// Runs `body` with a connection as the server's own user.
    @discardableResult
    private static func asOwner<R>(of redis: TestRedis, _ body: (RedisClient) async throws -> R) async throws -> R {
        let link = RedisLink(
            configuration: RedisConfiguration(endpoint: try RedisEndpoint(url: redis.url)),
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        link.start()
        let client = RedisClient(link: link)
        do {
            try await client.waitUntilConnected(within: .seconds(10))
            let result = try await body(client)
            try await link.shutDown().get()
            return result
        } catch {
            try await link.shutDown().get()
            throw error
        }
    }

    private static func setUser(_ redis: TestRedis, _ rules: [String]) async throws {
        try await asOwner(of: redis) { client in
            let command = RedisCommand("ACL", ["SETUSER", "error-ingest"] + rules.map { .string($0) })
            _ = try await client.send(command)
        }
    }

    /// What Redis has refused since it was started, except the password of a user that was not there yet.
    private static func refusals(_ redis: TestRedis) async throws -> [String] {
        try await asOwner(of: redis) { client in
            let entries = try await client.send(RedisCommand("ACL", ["LOG", "100"])).elements ?? []
            return entries.map { entry in (entry.elements ?? []).compactMap(\.text).joined(separator: " ") }
                .filter { !$0.contains("reason auth") }
        }
    }

    @Test func theDocumentedRedisUserIsEnough() async throws {
        let servers = try await Deployment.Servers.own()
        try await Self.setUser(servers.redis, try Self.redisRules())
        let url = "redis+unix://error-ingest:\(Self.password)@\(servers.redis.socketPath)"
        let settings = ["REDIS_URL": url, "REDIS_NAMESPACE": "ei", "EVENT_ID_WINDOW_SECONDS": "1"]
        try await Deployment.run(.roles, settings, servers: servers) { deployment in
            for round in 0..<2 {
                try await Self.everything(deployment, round)
                // Consumers leave and come, also those that were killed; scripts are loaded anew.
                await deployment.services[round].kill()
                await deployment.stopAll()
                try await deployment.startAll()
            }
            let refusals = try await Self.refusals(servers.redis)
            #expect(refusals == [])
            // A Redis that was started again has lost its scripts, and is another epoch.
            await servers.redis.kill()
            try await servers.redis.start()
            try await Self.setUser(servers.redis, try Self.redisRules())
            try await deployment.front.waitUntilReady()
            try await Self.everything(deployment, 2)

            let check = try deployment.startAnother("check")
            _ = try await check.waitForExit(within: .seconds(30))
            #expect(check.log.contains("commands are permitted"), "\(check.log)")
            let laterRefusals = try await Self.refusals(servers.redis)
            #expect(laterRefusals == [])

            // Without CONFIG GET: degraded, and it says why.
            #expect(try await deployment.front.get("/health").json["redis"]?["durability"]?.string == "assured")
            try await Self.setUser(servers.redis, ["-config|get"])
            await deployment.stopAll()
            try await deployment.startAll()
            let health = try await deployment.front.get("/health").json
            #expect(health["status"]?.string == "degraded")
            #expect(health["redis"]?["reasons"]?.elements?.first?.string?.contains("CONFIG GET was refused") == true)
            try await Self.everything(deployment, 3)
        }
        await servers.redis.stop()
        await servers.mariadb.stop()
    }

    /// Reports, repeats, batches, stores, counts, reads and changes.
    private static func everything(_ deployment: Deployment, _ round: Int) async throws {
        let service = try deployment.front
        // Words, not numbers: errors that differ by a number are the same.
        let word = ["first", "second", "third", "fourth"][round]
        let body = #"{"message":"\#(word) round","project":"acl","eventId":"event-\#(round)"}"#
        let fingerprint = try await service.report(body)
        #expect(try await service.post("/errors/log", body).json["status"]?.string == "duplicate")
        let items = (0..<5).map { #"{"message":"\#(word) batch, \#(["a", "b", "c", "d", "e"][$0])","project":"acl"}"# }
        #expect(try await service.post("/errors/batch", "[\(items.joined(separator: ","))]").json["accepted"]?.int == 5)
        _ = try await eventuallyFound(fingerprint, at: service)
        try await eventually(within: .seconds(20), description: "the \(word) round is counted in MySQL") {
            try await deployment.stores.number(
                "SELECT CAST(`count` AS SIGNED) FROM errors WHERE fingerprint = UNHEX('\(fingerprint)')") == 1
        }
        for route in ["/errors", "/errors/\(fingerprint)", "/errors/\(fingerprint)/timeseries"] {
            #expect(try await service.get(route).status == 200, "\(route)")
        }
        let change = HTTPRequest("PATCH", "/errors/\(fingerprint)", body: #"{"status":"resolved"}"#)
        #expect(try await service.send(change).status == 200)
        let event =
            #"{"site_id":"acl","event_type":"view","timestamp":"2025-01-01","event_id":"event-\#(round)"}"#
        for path in ["/event", "/events"] { #expect(try await service.post(path, event).status == 200) }
        try await eventually(within: .seconds(20), description: "the event of the \(word) round is stored") {
            try await deployment.stores.number("SELECT COUNT(*) FROM events WHERE site_id = 'acl'") == round + 1
        }
    }

    /// No right is granted that nothing needs: what the Lua files call, and what is sent as it is.
    @Test func theDocumentedRedisUserIsMinimal() throws {
        let granted = try Self.redisRules().filter { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
        #expect(Set(granted).count == granted.count)
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let files = FileTree.names(in: root + "/Sources/CAssets/lua").filter { $0.hasSuffix(".lua") }
        #expect(files.count > 10)
        var needed: Set<String> = [
            // Of every connection.
            "info", "config|get", "client|setname", "script|load", "evalsha",
            // RedisQueueDriver and RedisWindowStore.
            "xreadgroup", "lrange", "hgetall",
            // `check`.
            "multi", "discard", "time", "hget", "llen", "hmget",
        ]
        for file in files {
            for line in try RepositoryDocument.lines("Sources/CAssets/lua/\(file)") {
                for mark in ["redis.call('", "redis.pcall('"] {
                    for part in line.components(after: mark) { needed.insert(part.prefix { $0 != "'" }.lowercased()) }
                }
            }
        }
        #expect(Set(granted) == needed)
    }

    // MARK: - MySQL

    /// The grants the document has for an account, for a user of this name and on this database.
    private static func grants(_ account: String, to user: String, on database: String) throws -> [String] {
        let lines = try RepositoryDocument.lines(document).filter {
            $0.hasPrefix("GRANT ") && $0.hasSuffix(" TO '\(account)'@'%';")
        }
        try #require(!lines.isEmpty)
        return lines.map {
            $0.replacing(" ON error_ingest.", with: " ON `\(database)`.")
                .replacing("'\(account)'@'%';", with: "'\(user)'@'localhost'")
        }
    }

    @Test func theDocumentedMySQLAccountsAreEnough() async throws {
        let servers = try await Deployment.Servers.shared()
        let database = TestServers.freshDatabaseName()
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        let namespace = TestServers.freshNamespace()
        let stores = try StoreAccess(
            redisURL: servers.redis.url, mysqlURL: servers.mariadb.url(database: database), namespace: namespace,
            shards: 1)
        try await stores.connect()
        var environments: [String: [String: String]] = [:]
        for account in ["ei_schema", "ei_run", "ei_sync"] {
            let user = account + database.suffix(8)
            try await stores.sql("CREATE USER '\(user)'@'localhost' IDENTIFIED BY '\(Self.password)'")
            for grant in try Self.grants(account, to: user, on: database) { try await stores.sql(grant) }
            environments[account] = [
                "REDIS_URL": servers.redis.url, "REDIS_NAMESPACE": namespace, "SYNC_INTERVAL_SECONDS": "1",
                "MYSQL_URL":
                    "mysql://\(user):\(Self.password)@localhost/\(database)?socket=\(servers.mariadb.socketPath)",
            ]
        }
        let schema = try #require(environments["ei_schema"])
        let run = try #require(environments["ei_run"])
        let sync = try #require(environments["ei_sync"])

        for environment in [run, sync] {
            let refused = try ServiceUnderTest(["migrate"], environment: environment)
            #expect(try await refused.waitForExit(within: .seconds(30)) == .exited(1))
        }
        let migration = try ServiceUnderTest(["migrate"], environment: schema)
        #expect(try await migration.waitForExit(within: .seconds(30)) == .exited(0), "\(migration.log)")

        let services = try [("api", run), ("worker", run), ("sync", sync)].map {
            try ServiceUnderTest([$0.0], environment: $0.1)
        }
        for service in services { try await service.waitUntilReady() }
        try await use(services[0], stores)
        for service in services { #expect(await service.stop() == .exited(0)) }
        for service in services { #expect(!service.log.contains("denied"), "\(service.log)") }

        // And `serve`, which migrates, with the other account.
        try await stores.sql("DROP DATABASE `\(database)`")
        try await stores.sql("CREATE DATABASE `\(database)` CHARACTER SET utf8mb4")
        var fresh = schema
        fresh["REDIS_NAMESPACE"] = TestServers.freshNamespace()
        let serve = try ServiceUnderTest(["serve"], environment: fresh)
        try await serve.waitUntilReady()
        try await use(serve, stores)
        #expect(await serve.stop() == .exited(0))
        #expect(!serve.log.contains("denied"), "\(serve.log)")
        await stores.close()
    }

    private func use(_ service: ServiceUnderTest, _ stores: StoreAccess) async throws {
        let fingerprint = try await service.report(#"{"message":"with few rights"}"#)
        _ = try await eventuallyFound(fingerprint, at: service)
        try await eventually(within: .seconds(20), description: "counted") {
            try await stores.number(
                "SELECT CAST(`count` AS SIGNED) FROM errors WHERE fingerprint = UNHEX('\(fingerprint)')") == 1
        }
        let change = HTTPRequest("PATCH", "/errors/\(fingerprint)", body: #"{"status":"ignored"}"#)
        #expect(try await service.send(change).status == 200)
        let event = #"{"site_id":"few","event_type":"view","timestamp":"2025-01-01","path":"/","user_id":"u"}"#
        #expect(try await service.post("/event", event).status == 200)
        try await eventually(within: .seconds(20), description: "the event is stored") {
            try await stores.number("SELECT COUNT(*) FROM events WHERE site_id = 'few'") == 1
        }
        #expect(try await service.get("/stats?site_id=few&date=2025-01-01").json["total_views"]?.int == 1)
        try await eventually(within: .seconds(20), description: "retention has made the partitions of the days to come")
        {
            try await stores.number(
                """
                SELECT COUNT(*) FROM information_schema.PARTITIONS WHERE TABLE_SCHEMA = DATABASE() \
                AND TABLE_NAME = 'events' AND PARTITION_NAME <> 'p_future'
                """) >= 7
        }
    }
}

extension String {
    /// What follows each occurrence of `mark`.
    fileprivate func components(after mark: String) -> [Substring] {
        var parts: [Substring] = []
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(mark) { parts.append(rest.dropFirst(mark.count)) }
            rest = rest.dropFirst()
        }
        return parts
    }
}
