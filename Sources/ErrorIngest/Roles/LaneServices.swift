import AcceptLane
import FastLane
import Fingerprint
import Ingest
import IngestStorage
import NIOCore
import NIOPosix
import QueueCore
import RedisClient

/// The accept path of each event loop; a passing lane in a process that takes no reports.
///
/// `@unchecked Sendable`: the dictionary never changes after init, and each lane is reached only through `service(on:)` by its own
/// event loop, where it stays.
final class LaneServices: @unchecked Sendable {
    private let lanes: [ObjectIdentifier: any LaneService]

    init(parts: ServiceParts, metrics: HTTPMetrics, gauges: [Pipeline: QueueGauge]) throws {
        let configuration = parts.system.configuration
        let policy = LanePolicy(
            maxBodyBytes: configuration.maxBodyBytes,
            ingestToken: configuration.ingestToken,
            corsOrigins: configuration.corsOrigins)
        let limits = AdmitLimits(
            maxQueueRecords: configuration.queueLimits.maxRecords,
            maxQueueBytes: configuration.queueLimits.maxBytes,
            eventIDWindowSeconds: configuration.eventIDWindowSeconds,
            maxEventIDs: configuration.eventIDMax)
        func retryAfterSeconds(_ pipeline: Pipeline) -> @Sendable () -> Int {
            let gauge = gauges[pipeline]
            return { gauge?.retryAfterSeconds ?? 1 }
        }
        var lanes: [ObjectIdentifier: any LaneService] = [:]
        for loop in parts.group.makeIterator() { lanes[ObjectIdentifier(loop)] = PassingLane() }
        for link in parts.links.lanes {
            lanes[ObjectIdentifier(link.eventLoop)] = IngestLane(
                errors: ErrorIntake(
                    path: try ErrorPath(grouping: configuration.grouping, scrubber: configuration.scrubber),
                    admitter: RedisErrorAdmitter(link: link, shards: parts.shards, limits: limits),
                    retryAfterSeconds: retryAfterSeconds(.errors)),
                events: EventIntake(
                    path: try EventPath(),
                    producer: RedisQueueProducer(
                        link: link, shards: parts.shards, queue: EventQueue.name, limits: limits),
                    retryAfterSeconds: retryAfterSeconds(.events)),
                policy: policy,
                metrics: metrics
            )
        }
        self.lanes = lanes
    }

    /// The lane of an event loop; to be called and used on that loop only.
    func service(on loop: any EventLoop) -> (any LaneService)? {
        lanes[ObjectIdentifier(loop)]
    }
}
