import EmbeddedServers
import IngestStorage
import Logging
import MySQLClient
import NIOCore
import NIOPosix
import QueueCore
import RedisClient

/// The stores as `dead-letters` uses them: without the service, which may be down, and without starting anything.
struct DeadLetterStores {
    /// Why nothing could be done; `EX_UNAVAILABLE` of sysexits(3).
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private static let connectLimit: Duration = .seconds(5)
    /// Statements of one command wait no longer than this for anything.
    private static let readLimit: Duration = .seconds(20)

    private let configuration: ServiceConfiguration
    private let redis: RedisEndpoint?
    private let mysql: MySQLEndpoint

    init() async throws {
        configuration = try await ServiceConfiguration.load()
        switch configuration.stores {
        case .external(let redis, let mysql):
            (self.redis, self.mysql) = (redis, mysql)
        case .embedded(let directory):
            let view = DataDirectoryView(directory)
            guard view.isMariaDBRunning else {
                throw Problem(
                    description:
                        "the MariaDB of \(view.path) is not running. Start error-ingest serve, or set MYSQL_URL")
            }
            redis = view.isRedisRunning ? try RedisEndpoint(url: view.redisURL) : nil
            mysql = try MySQLEndpoint(url: view.mySQLURL)
        }
    }

    /// Runs `body` with the dead letters of the durable store.
    func withArchive<R: Sendable>(_ body: (MySQLDeadLetterArchive) async throws -> R) async throws -> R {
        let settings = MySQLConfiguration(
            endpoint: mysql, connectTimeout: Self.connectLimit, readTimeout: Self.readLimit,
            writeTimeout: Self.readLimit)
        let pool = MySQLPool(configuration: settings, size: 1, logger: Self.quiet)
        do {
            let result = try await body(MySQLDeadLetterArchive(pool: pool, readPool: pool))
            await pool.shutDown()
            return result
        } catch {
            await pool.shutDown()
            throw Self.explained(error)
        }
    }

    /// Runs `body` with a replayer over both stores.
    ///
    /// Letters go to shard 0: it is there whatever the number of shards is, and a replayed letter may go to any.
    func withReplayer<R: Sendable>(
        _ body: (DeadLetterReplayer<MySQLDeadLetterArchive>) async throws -> R
    ) async throws -> R {
        guard let redis else {
            throw Problem(description: "the embedded Redis is not running. Start error-ingest serve, or set REDIS_URL")
        }
        var settings = RedisConfiguration(endpoint: redis)
        settings.connectTimeout = Self.connectLimit
        settings.clientName = "error-ingest-dead-letters"
        settings.scripts = RedisScripts.all
        let link = RedisLink(
            configuration: settings, eventLoop: MultiThreadedEventLoopGroup.singleton.next(), logger: Self.quiet)
        let client = RedisClient(link: link)
        link.start()
        do {
            try await client.waitUntilConnected(within: Self.connectLimit)
            let result = try await withArchive { archive in
                try await body(DeadLetterReplayer(archive: archive, queues: queues(client)))
            }
            try? await link.shutDown().get()
            return result
        } catch {
            try? await link.shutDown().get()
            throw Self.explained(error)
        }
    }

    private func queues(_ client: RedisClient) -> ReplayQueues {
        let keys = RedisKeys(namespace: configuration.redisNamespace, shard: 0)
        var drivers: [String: [any QueueDriver]] = [:]
        for queue in [ErrorQueue.name, EventQueue.name] {
            drivers[queue] = [
                // Only ever appends.
                RedisQueueDriver(
                    client: client, blockingClient: client, keys: keys, queue: queue, consumer: "dead-letters",
                    limits: configuration.queueLimits, lease: configuration.lease)
            ]
        }
        return ReplayQueues(drivers)
    }

    private static let quiet = Logger(label: "dead-letters") { _ in SwiftLogNoOpLogHandler() }

    private static func explained(_ error: any Error) -> any Error {
        switch error {
        case let error as WorkFailure: Problem(description: "MySQL: \(error.message)")
        case let error as RedisClientError: Problem(description: "Redis: \(error.message)")
        default: error
        }
    }
}
