import IngestStorage
import Logging
import NIOCore
import NIOPosix
import QueueConformance
import QueueCore
import RedisClient
import TestServers
import Testing

/// The suite of the in-memory reference, over Redis Streams. Time is real: leases are short and cases wait for them.
@Suite("Redis queue")
struct RedisConformanceTests {
    @Test("keeps every promise of the seam", arguments: QueueConformance<RedisQueueDriver>.cases)
    func conforms(_ promise: QueueConformanceCase<RedisQueueDriver>) async throws {
        try await promise.run { limits in try await Self.makeFixture(limits: limits) }
    }

    @Test("behaves like the naive model under random commands", arguments: 1...4)
    func followsTheModel(seed: Int) async throws {
        try await QueueModelRun<RedisQueueDriver>(seed: UInt64(seed), commandCount: 300, skipsTime: false).run {
            // The model lets no time pass, so no lease may run out however slow the machine is.
            try await Self.makeFixture(limits: $0, lease: .seconds(3_600))
        }
    }

    private static func makeFixture(
        limits: QueueLimits, lease: Duration = .milliseconds(400)
    ) async throws -> QueueFixture<RedisQueueDriver> {
        let server = try await TestServers.redis()
        let keys = RedisKeys(namespace: TestServers.freshNamespace(), shard: 0)
        let links = LinkPool(endpoint: try RedisEndpoint(url: server.url))
        let clock = SystemQueueClock()
        return QueueFixture(
            lease: lease,
            clock: clock,
            makeDriver: { consumer in
                RedisQueueDriver(
                    client: try await links.make(),
                    blockingClient: try await links.make(),
                    keys: keys,
                    queue: "conformance",
                    consumer: consumer,
                    limits: limits,
                    lease: lease
                )
            },
            advance: { duration in try await clock.sleep(for: duration) },
            tearDown: { await links.shutDown() }
        )
    }
}

/// The connections of one case.
private actor LinkPool {
    private let endpoint: RedisEndpoint
    private var links: [RedisLink] = []

    init(endpoint: RedisEndpoint) {
        self.endpoint = endpoint
    }

    func make() async throws -> RedisClient {
        var configuration = RedisConfiguration(endpoint: endpoint)
        configuration.scripts = RedisScripts.all
        let link = RedisLink(
            configuration: configuration,
            eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "conformance")
        )
        links.append(link)
        link.start()
        let client = RedisClient(link: link)
        try await client.waitUntilConnected(within: .seconds(5))
        return client
    }

    func shutDown() async {
        for link in links { try? await link.shutDown().get() }
    }
}
