import EmbeddedServers
import IngestStorage
import Logging
import MySQLClient
import NIOCore
import NIOPosix
import PrometheusExposition
import RedisClient
import ServiceLifecycle

/// Everything between the stores and the socket, as one service: waits for the stores, checks them, then runs the parts of the
/// process's roles until it is told to stop.
struct IngestSystem: Service {
    struct Stores: Sendable {
        var redis: RedisEndpoint
        var mysql: MySQLEndpoint
        /// The servers of `serve` itself, to be waited for.
        var embedded: EmbeddedServers?
    }

    let roles: Roles
    let migrates: Bool
    let configuration: ServiceConfiguration
    let stores: Stores
    let registry: PrometheusRegistry
    let logger: Logger

    func run() async throws {
        if let embedded = stores.embedded {
            do {
                try await cancelWhenGracefulShutdown { try await embedded.ready() }
            } catch is CancellationError {
                return
            }
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: eventLoopCount)
        let links = RedisLinks(
            configuration: redisConfiguration,
            group: group,
            lanes: roles.contains(.api),
            blocking: roles.contains(.worker) ? configuration.workerCount : 0,
            logger: Logger(label: "redis")
        )
        let pool = MySQLPool(configuration: mysqlConfiguration, size: poolSize, logger: Logger(label: "mysql"))
        var reading = mysqlConfiguration
        reading.readTimeout = Self.readLimit
        let readPool = MySQLPool(configuration: reading, size: Self.readers, logger: Logger(label: "mysql"))
        var changing = mysqlConfiguration
        changing.readTimeout = Self.changeLimit
        let changePool = MySQLPool(configuration: changing, size: Self.changers, logger: Logger(label: "mysql"))
        do {
            links.start()
            try await runParts(
                ServiceParts(
                    system: self, group: group, links: links, pool: pool, readPool: readPool, changePool: changePool))
        } catch {
            await tearDown(links, [pool, readPool, changePool], group)
            throw error
        }
        await tearDown(links, [pool, readPool, changePool], group)
    }

    private func runParts(_ parts: ServiceParts) async throws {
        let durability: MySQLDurability
        do {
            durability = try await cancelWhenGracefulShutdown { try await StartupChecks(parts: parts).run() }
        } catch is CancellationError {
            return
        }
        let services = try parts.services(mysqlDurability: durability)
        var inner = ServiceGroupConfiguration(services: services.map { .init(service: $0) }, logger: quietLogger)
        inner.maximumGracefulShutdownDuration = configuration.shutdownTimeout
        try await ServiceGroup(configuration: inner).run()
    }

    private func tearDown(_ links: RedisLinks, _ pools: [MySQLPool], _ group: MultiThreadedEventLoopGroup) async {
        await links.shutDown()
        for pool in pools { await pool.shutDown() }
        try? await group.shutdownGracefully()
    }

    private var eventLoopCount: Int {
        guard roles.contains(.api) else { return 1 }
        return configuration.eventLoops > 0 ? configuration.eventLoops : min(System.coreCount, 4)
    }

    /// Reads have a pool of their own, so that slow ones never hold up workers, sync or health.
    private static let readers = 4
    private static let readLimit: Duration = .seconds(10)

    /// So have changes of status: one that waits for a lock (at most half of the limit) holds up other changes only.
    private static let changers = 2
    private static let changeLimit: Duration = .seconds(6)

    /// What all roles together open beside one connection for each worker: sync, health, retention, reads and changes.
    static let otherMySQLConnections = 3 + readers + changers

    /// One connection per worker, one for the sync, one for health.
    private var poolSize: Int {
        var size = 1
        if roles.contains(.worker) { size += configuration.workerCount }
        if roles.contains(.sync) { size += 1 }
        return size
    }

    private var redisConfiguration: RedisConfiguration {
        var redis = RedisConfiguration(endpoint: stores.redis)
        redis.scripts = RedisScripts.all
        redis.observer = OperationMetrics(label: "redis_operation_duration_seconds").redisObserver
        return redis
    }

    private var mysqlConfiguration: MySQLConfiguration {
        MySQLConfiguration(
            endpoint: stores.mysql,
            observer: OperationMetrics(label: "mysql_operation_duration_seconds").mysqlObserver
        )
    }

    private var quietLogger: Logger {
        var logger = Logger(label: "lifecycle")
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
