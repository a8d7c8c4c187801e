import AcceptLane
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
        let gauges = Dictionary(uniqueKeysWithValues: Pipeline.allCases.map { ($0, gauge(of: $0)) })
        let health = HealthReport(
            roles: roles, links: links, mysql: mysqlHealth, trustsRedis: configuration.trustsRedisDurability)
        var services: [any Service] = [mysqlHealth] + gauges.values.map { $0 as any Service }
        if roles.contains(.sync) { services += [syncJob, retentionJob] as [any Service] }
        if roles.contains(.worker) { services.append(workers) }
        ServiceCollectors(parts: self, health: health, mysql: mysqlHealth).register(with: system.registry)
        services.append(try httpServer(health: health, gauges: gauges))
        return services
    }

    private func gauge(of pipeline: Pipeline) -> QueueGauge {
        let readers = shards.map { RedisQueueReader(client: links.control, keys: $0, queue: pipeline.queue) }
        // The limits are those of each shard; a full one is full when its share is.
        var limits = configuration.queueLimits
        limits.maxRecords *= shards.count
        limits.maxBytes *= shards.count
        return QueueGauge(limits: limits) {
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
        var workers: [any Worker] = []
        for pipeline in Pipeline.allCases {
            let store = store(of: pipeline)
            for keys in shards {
                for _ in 0..<configuration.workers {
                    workers.append(worker(pipeline, driver(workers.count, of: pipeline, keys), store))
                }
            }
        }
        return Workers(workers: workers)
    }

    private func store(of pipeline: Pipeline) -> any BatchStore {
        switch pipeline {
        case .errors: MySQLErrorStore(pool: pool, thinning: configuration.occurrenceThinning)
        case .events: MySQLEventStore(pool: pool)
        }
    }

    /// - Parameter index: of the worker, among all of the process.
    private func driver(_ index: Int, of pipeline: Pipeline, _ keys: RedisKeys) -> RedisQueueDriver {
        RedisQueueDriver(
            client: links.control,
            blockingClient: links.blockingClient(index),
            keys: keys,
            queue: pipeline.queue,
            consumer: ConsumerName.make(index: index),
            limits: configuration.queueLimits,
            lease: configuration.lease
        )
    }

    private func worker(_ pipeline: Pipeline, _ driver: RedisQueueDriver, _ store: some BatchStore) -> any Worker {
        var settings = WorkerConfiguration()
        settings.lease = configuration.lease
        return QueueWorker(
            queue: pipeline.queue, driver: driver, store: store, configuration: settings,
            logger: Logger(label: "worker"))
    }

    /// What replayed dead letters are appended to.
    private var replayQueues: ReplayQueues {
        var queues: [String: [any QueueDriver]] = [:]
        for pipeline in Pipeline.allCases {
            queues[pipeline.queue] = shards.map { keys in
                // Only ever appends, so it waits for nothing on the connection it is given for that.
                RedisQueueDriver(
                    client: links.control, blockingClient: links.control, keys: keys, queue: pipeline.queue,
                    consumer: "dead-letters", limits: configuration.queueLimits, lease: configuration.lease)
            }
        }
        return ReplayQueues(queues)
    }

    private func httpServer(health: HealthReport, gauges: [Pipeline: QueueGauge]) throws -> any Service {
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
            StatsRoutes(reader: MySQLStatsReader(pool: readPool), zones: MySQLZoneResolver(pool: readPool))
                .add(to: gated)
            let letters = MySQLDeadLetterArchive(pool: changePool, readPool: readPool)
            PipelineRoutes(gauges: gauges) { () throws(WorkFailure) in
                try await letters.waiting()
            }
            .add(to: gated)
            DeadLetterRoutes(
                archive: letters, replayer: DeadLetterReplayer(archive: letters, queues: replayQueues)
            )
            .add(to: gated)
            SeriesRoutes(reader: LiveSeriesReader(live: live, reader: MySQLSeriesReader(pool: readPool)))
                .add(to: gated)
        }
        MethodRefusals.add(to: router)
        let lanes = try LaneServices(parts: self, metrics: metrics, gauges: gauges)
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
