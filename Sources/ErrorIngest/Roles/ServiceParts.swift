import CoreMetrics
import FastLane
import Hummingbird
import HummingbirdCore
import Ingest
import IngestStorage
import Logging
import MySQLClient
import NIOCore
import NIOPosix
import QueueCore
import RedisClient
import ServiceLifecycle
import SyncJob

/// Wires the parts of the process's roles together. Dependencies come first, so they stop last.
struct ServiceParts: Sendable {
    let system: IngestSystem
    let group: MultiThreadedEventLoopGroup
    let links: RedisLinks
    let pool: MySQLPool
    /// For answering reads.
    let readPool: MySQLPool
    /// For changing the status of errors.
    let changePool: MySQLPool

    private var configuration: ServiceConfiguration { system.configuration }
    private var roles: Roles { system.roles }

    var shards: [RedisKeys] {
        (0..<configuration.redisShards).map { RedisKeys(namespace: configuration.redisNamespace, shard: $0) }
    }

    func services(mysqlDurability: MySQLDurability) throws -> [any Service] {
        let mysqlHealth = MySQLHealth(pool: pool, durability: mysqlDurability, logger: Logger(label: "mysql"))
        let gauge = QueueGauge(limits: configuration.queueLimits, probe: queueProbe)
        let health = HealthReport(
            roles: roles, links: links, mysql: mysqlHealth, trustsRedis: configuration.trustsRedisDurability)
        var services: [any Service] = [mysqlHealth, gauge]
        if roles.contains(.sync) { services += [syncJob, retentionJob] as [any Service] }
        if roles.contains(.worker) { services.append(workers) }
        ServiceCollectors(parts: self, health: health, mysql: mysqlHealth).register(with: system.registry)
        services.append(try httpServer(health: health, gauge: gauge))
        return services
    }

    private var queueProbe: QueueGauge.Probe {
        let readers = shards.map { RedisQueueReader(client: links.control, keys: $0, queue: ErrorQueue.name) }
        return {
            var whole = RedisQueueReading(
                depth: QueueDepth(records: 0, bytes: 0, oldestAgeMilliseconds: nil), acknowledged: 0)
            for reader in readers { whole.add(try await reader.read()) }
            return (whole.depth, whole.acknowledged)
        }
    }

    private var syncJob: SyncJob {
        SyncJob(
            shards: shards.map { RedisWindowStore(client: links.control, keys: $0) },
            counts: MySQLCountStore(pool: pool),
            configuration: SyncConfiguration(interval: configuration.syncInterval),
            logger: Logger(label: "sync")
        )
    }

    /// On a connection of its own while it works: nobody waits for one of the pool because of it.
    private var retentionJob: RetentionJob {
        RetentionJob(
            store: MySQLRetention(configuration: pool.configuration),
            rules: configuration.retention,
            logger: Logger(label: "retention")
        )
    }

    private var workers: Workers {
        var workers: [Workers.Worker] = []
        var settings = WorkerConfiguration()
        settings.lease = configuration.lease
        for keys in shards {
            for _ in 0..<configuration.workers {
                let driver = RedisQueueDriver(
                    client: links.control,
                    blockingClient: links.blockingClient(workers.count),
                    keys: keys,
                    queue: ErrorQueue.name,
                    consumer: ConsumerName.make(index: workers.count),
                    limits: configuration.queueLimits,
                    lease: configuration.lease
                )
                workers.append(
                    QueueWorker(
                        queue: ErrorQueue.name,
                        driver: driver,
                        store: MySQLErrorStore(pool: pool, thinning: configuration.occurrenceThinning),
                        configuration: settings,
                        logger: Logger(label: "worker")
                    )
                )
            }
        }
        return Workers(workers: workers)
    }

    private func httpServer(health: HealthReport, gauge: QueueGauge) throws -> any Service {
        let metrics = HTTPMetrics()
        let router = Router(context: ServiceRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware(metrics: metrics))
        HealthRoutes(health: health).add(to: router)
        MetricsRoute(registry: system.registry).add(to: router)
        OpenAPIRoute().add(to: router)
        if roles.contains(.api) {
            let gated = router.group().add(middleware: AdminGate(configuration))
            let live = RedisLiveCounts(client: links.control, shards: shards)
            let reader = LiveErrorReader(live: live, reader: MySQLErrorReader(pool: readPool))
            ReadRoutes(reader: reader).add(to: gated)
            FacetRoutes(reader: MySQLFacetReader(pool: readPool)).add(to: gated)
            OccurrenceRoutes(reader: MySQLOccurrenceReader(pool: readPool)).add(to: gated)
            let statuses = MySQLStatusStore(pool: changePool, readPool: readPool)
            StatusRoutes(changer: StatusChanger(live: live, store: statuses), store: statuses, reader: reader)
                .add(to: gated)
            SeriesRoutes(reader: LiveSeriesReader(live: live, reader: MySQLSeriesReader(pool: readPool)))
                .add(to: gated)
        }
        MethodRefusals.add(to: router)
        let lanes = try LaneServices(parts: self, metrics: metrics, gauge: gauge)
        let announcement = ReadyAnnouncement(system: system)
        let application = Application(
            router: router,
            server: .lanes(limits: LaneLimits(), laneService: { lanes.service(on: $0) }),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maxConnections)
            ),
            onServerRunning: { announcement.announce($0) },
            eventLoopGroupProvider: .shared(group),
            logger: Logger(label: "http")
        )
        return HTTPService(application: application, host: configuration.host, port: configuration.port)
    }
}
