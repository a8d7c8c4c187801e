import EmbeddedServers
import Glibc
import Synchronization
import TestServers

/// The service as it is set up somewhere: its processes, its two stores, and the way to look into both.
final class Deployment: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        /// One `serve` with servers of its own.
        case embedded
        /// One `serve` and external servers.
        case external
        /// `api`, `worker` and `sync` apart, and external servers.
        case roles
    }

    /// External servers of a test.
    struct Servers: Sendable {
        let redis: TestRedis
        let mariadb: TestMariaDB

        /// Those that all tests share: never to be stopped.
        static func shared() async throws -> Servers {
            Servers(redis: try await TestServers.redis(), mariadb: try await TestServers.mariadb())
        }

        /// A pair for one test, to be stopped and killed at will.
        static func own(redisArguments: [String] = []) async throws -> Servers {
            async let redis = TestRedis.start(arguments: redisArguments)
            async let mariadb = TestMariaDB.start()
            return Servers(redis: try await redis, mariadb: try await mariadb)
        }
    }

    private struct Member: Sendable {
        let command: String
        let port: Int
        var service: ServiceUnderTest?
    }

    let kind: Kind
    let stores: StoreAccess
    private let settings: Mutex<[String: String]>
    private let members: Mutex<[Member]>

    /// Sets the service up, runs `body` when it is ready, and stops it. When `body` throws, the logs are printed.
    ///
    /// - Parameters:
    ///   - settings: configuration on top of what the deployment needs. The sync runs every second unless told otherwise.
    ///   - servers: those that all tests share unless given; not used by `embedded`.
    ///   - copies: how many processes of each role, for `roles`.
    static func run<R>(
        _ kind: Kind,
        _ settings: [String: String] = [:],
        servers: Servers? = nil,
        copies: Int = 1,
        _ body: (Deployment) async throws -> R
    ) async throws -> R {
        let deployment = try await Deployment(kind, settings, servers: servers, copies: copies)
        do {
            if kind == .roles { try await deployment.migrate() }
            try await deployment.startAll()
            try await deployment.stores.connect()
            let result = try await body(deployment)
            await deployment.stopAll()
            await deployment.stores.close()
            return result
        } catch {
            print("a test of the deployment \(kind) failed: \(error)")
            for service in deployment.services { print("--- log of \(service.command)\n\(service.log)") }
            await deployment.stopAll()
            await deployment.stores.close()
            throw error
        }
    }

    private init(_ kind: Kind, _ settings: [String: String], servers: Servers?, copies: Int) async throws {
        self.kind = kind
        var all = ["SYNC_INTERVAL_SECONDS": "1", "REDIS_NAMESPACE": TestServers.freshNamespace()]
        let redisURL: String
        let mysqlURL: String
        if kind == .embedded {
            let data = try TestServers.freshDirectory()
            all["DATA_DIR"] = data
            redisURL = "unix://\(data)/run/redis.sock"
            mysqlURL = "mysql://root@localhost/error_ingest?socket=\(data)/run/mariadb.sock"
        } else {
            let servers = if let servers { servers } else { try await Servers.shared() }
            let database = TestServers.freshDatabaseName()
            try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
            redisURL = servers.redis.url
            mysqlURL = servers.mariadb.url(database: database)
            all["REDIS_URL"] = redisURL
            all["MYSQL_URL"] = mysqlURL
        }
        for (key, value) in settings { all[key] = value }
        stores = try StoreAccess(
            redisURL: redisURL,
            mysqlURL: mysqlURL,
            namespace: all["REDIS_NAMESPACE"] ?? "ei",
            shards: all["REDIS_SHARDS"].flatMap { Int($0) } ?? 1
        )
        self.settings = Mutex(all)
        let commands = kind == .roles ? ["api", "worker", "sync"] : ["serve"]
        var members: [Member] = []
        for command in commands {
            for _ in 0..<copies {
                members.append(Member(command: command, port: Int(try FreePort.find()), service: nil))
            }
        }
        self.members = Mutex(members)
    }

    // MARK: - Processes

    var services: [ServiceUnderTest] { members.withLock { $0.compactMap(\.service) } }

    /// The process that takes reports: `serve` or the first `api`.
    var front: ServiceUnderTest {
        get throws {
            guard let service = services.first else { throw TestServerError("nothing runs") }
            return service
        }
    }

    /// Ports of all processes that take reports.
    var ports: [Int] {
        members.withLock { $0.filter { ["serve", "api"].contains($0.command) }.map(\.port) }
    }

    /// The process of a role; `serve` has them all.
    func service(_ command: String, number: Int = 0) throws -> ServiceUnderTest {
        let index = try index(command, number)
        guard let service = members.withLock({ $0[index].service }) else {
            throw TestServerError("\(command) does not run")
        }
        return service
    }

    /// Starts a process again on its old port, and waits until it is ready.
    func start(_ command: String, number: Int = 0) async throws {
        let index = try index(command, number)
        let port = members.withLock { $0[index].port }
        let service = try ServiceUnderTest([command], environment: settings.withLock { $0 }, port: port)
        members.withLock { $0[index].service = service }
        try await service.waitUntilReady()
    }

    func startAll() async throws {
        let all = members.withLock { $0 }
        let settings = settings.withLock { $0 }
        for (index, member) in all.enumerated() {
            let service = try ServiceUnderTest([member.command], environment: settings, port: member.port)
            members.withLock { $0[index].service = service }
        }
        for service in services { try await service.waitUntilReady() }
    }

    /// SIGTERM to all at once; then waits for each.
    @discardableResult
    func stopAll() async -> [ProcessExit] {
        for service in services { service.signal(SIGTERM) }
        var exits: [ProcessExit] = []
        for service in services { exits.append(await service.stop()) }
        return exits
    }

    /// Changes settings; takes effect with the next start of a process.
    func configure(_ changes: [String: String]) {
        settings.withLock { $0.merge(changes) { _, new in new } }
    }

    /// Starts another process with the deployment's settings, which may fail; does not wait for it.
    func startAnother(_ command: String, _ changes: [String: String] = [:]) throws -> ServiceUnderTest {
        try ServiceUnderTest([command], environment: settings.withLock { $0 }.merging(changes) { _, new in new })
    }

    private func migrate() async throws {
        let migration = try startAnother("migrate")
        let exit = try await migration.waitForExit(within: .seconds(30))
        guard exit == .exited(0) else { throw TestServerError("migrate ended with \(exit):\n\(migration.log)") }
    }

    private func index(_ command: String, _ number: Int) throws -> Int {
        let all = members.withLock { $0 }
        let wanted = kind == .roles ? command : "serve"
        let found = all.indices.filter { all[$0].command == wanted }
        guard found.indices.contains(number) else { throw TestServerError("there is no \(command) \(number)") }
        return found[number]
    }
}
