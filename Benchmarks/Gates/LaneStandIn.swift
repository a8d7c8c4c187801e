import AcceptLane
import CoreMetrics
import FastLane
import Fingerprint
import Ingest
import IngestStorage
import NIOCore
import NIOEmbedded
import NIOHTTP1
import PrometheusExposition

/// The accept path of one event loop as the service puts it together, with sockets in memory: connections, the lane's service, and a
/// link to Redis. Left out are only what the operating system does and the observer of Redis' commands.
final class LaneStandIn {
    private let loop = EmbeddedEventLoop()
    private let redis: RedisStandIn
    private let lane: IngestLane
    private var connections: [(channel: EmbeddedChannel, end: ChannelEnd)] = []

    init(connections count: Int = 1) throws {
        MetricsSystem.bootstrap(PrometheusRegistry(catalogue: .service))
        redis = try RedisStandIn(on: loop)
        let shards = [RedisKeys(namespace: "error-ingest", shard: 0)]
        let limits = AdmitLimits(
            maxQueueRecords: 10_000_000, maxQueueBytes: 1 << 30, eventIDWindowSeconds: 86_400, maxEventIDs: 1_000_000)
        lane = IngestLane(
            errors: ErrorIntake(
                path: try ErrorPath(grouping: .standard),
                admitter: RedisErrorAdmitter(link: redis.link, shards: shards, limits: limits),
                retryAfterSeconds: { 1 }),
            events: EventIntake(
                path: try EventPath(),
                producer: RedisQueueProducer(link: redis.link, shards: shards, queue: EventQueue.name, limits: limits),
                retryAfterSeconds: { 1 }),
            policy: LanePolicy(maxBodyBytes: 4 << 20, ingestToken: nil, corsOrigins: try CORSOrigins("*")),
            metrics: HTTPMetrics())
        for _ in 0..<count { try connect() }
    }

    /// The same handlers in the same order as `LaneChannel` of the program, as far as these requests go.
    private func connect() throws {
        let end = ChannelEnd()
        let channel = EmbeddedChannel(handler: end, loop: loop)
        try channel.pipeline.syncOperations.configureFastLane(service: lane, limits: LaneLimits())
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/lane")).wait()
        connections.append((channel, end))
    }

    /// One request on each connection, all in one turn of the loop; one reply of Redis; an answer to each.
    /// - Returns: bytes sent to Redis and to the clients.
    func exchange(_ request: ByteBuffer, reply: ByteBuffer) throws -> Int {
        for (channel, _) in connections { try channel.writeInbound(request) }
        var count = try redis.answer(reply)
        for (_, end) in connections {
            let answered = end.takeByteCount()
            guard answered > 0 else { throw GateProblem("there is no answer") }
            count += answered
        }
        return count
    }

    /// An exchange whose answers are looked at.
    func check(_ request: ByteBuffer, reply: ByteBuffer) throws {
        for (_, end) in connections { end.keepsText = true }
        _ = try exchange(request, reply: reply)
        for (_, end) in connections {
            try expect(end.text.hasPrefix("HTTP/1.1 20"), "the request was not accepted: \(end.text)")
            end.keepsText = false
        }
    }
}
