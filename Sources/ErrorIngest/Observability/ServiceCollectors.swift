import CoreMetrics
import Ingest
import IngestStorage
import NIOCore
import NIOPosix
import PrometheusExposition
import QueueCore
import RedisClient

/// The readings taken when metrics are scraped. A reading that fails is absent, never 0.
struct ServiceCollectors {
    /// How often each event loop is asked how late it is.
    private static let lagInterval = TimeAmount.seconds(1)

    let parts: ServiceParts
    let health: HealthReport
    let mysql: MySQLHealth

    func register(with registry: PrometheusRegistry) {
        for pipeline in Pipeline.allCases {
            for keys in parts.shards { registry.add(queue(pipeline.queue, keys)) }
        }
        registry.add(durability)
        if parts.system.roles.contains(.worker) { registry.add(deadLetters) }
        watchEventLoops()
    }

    private func queue(_ queue: String, _ keys: RedisKeys) -> MetricCollector {
        let reader = RedisQueueReader(client: parts.links.control, keys: keys, queue: queue)
        let labels = [("queue", queue), ("shard", "\(keys.shard)")]
        return MetricCollector(name: "queue_\(queue)_\(keys.shard)") {
            let reading = try await reader.read()
            let depth = reading.depth
            return [
                .gauge("queue_depth", labels: labels, Double(depth.records)),
                .gauge("queue_bytes", labels: labels, Double(depth.bytes)),
                .gauge("queue_oldest_age_seconds", labels: labels, Double(depth.oldestAgeMilliseconds ?? 0) / 1000),
                .counter("event_ids_forgotten_total", labels: labels, Double(reading.forgottenEarly)),
            ]
        }
    }

    private var durability: MetricCollector {
        let health = health
        return MetricCollector(name: "durability") {
            [("redis", health.redisStatus), ("mysql", health.mysqlStatus)].compactMap { store, status in
                status.degraded.map { .gauge("durability_degraded", labels: [("store", store)], $0.isEmpty ? 0 : 1) }
            }
        }
    }

    private var deadLetters: MetricCollector {
        let archive = MySQLDeadLetterArchive(pool: parts.pool, readPool: parts.pool)
        return MetricCollector(name: "dead_letters") {
            let waiting = try await archive.waiting()
            return Pipeline.allCases.map {
                .gauge("dead_letters", labels: [("queue", $0.queue)], Double(waiting[$0.queue] ?? 0))
            }
        }
    }

    private func watchEventLoops() {
        let timer = Timer(label: "event_loop_lag_seconds")
        for loop in parts.group.makeIterator() {
            loop.execute { Self.measureLag(of: loop, into: timer) }
        }
    }

    /// How late a task runs that was due in one interval; over and over until the loop shuts down.
    private static func measureLag(of loop: any EventLoop, into timer: Timer) {
        let due = NIODeadline.now() + lagInterval
        loop.scheduleTask(deadline: due) {
            timer.recordNanoseconds(max((NIODeadline.now() - due).nanoseconds, 0))
            measureLag(of: loop, into: timer)
        }
    }
}
