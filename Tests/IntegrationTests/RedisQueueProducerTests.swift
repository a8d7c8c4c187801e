import Fingerprint
import IngestStorage
import NIOCore
import QueueCore
import RedisClient
import TestServers
import Testing

/// What is offered in one turn of an event loop becomes one job; ids that are known and queues that are full are told apart.
@Suite struct RedisQueueProducerTests {
    private static let queue = "events"

    private func record(_ text: String, id: UInt8? = nil) throws -> RedisQueueProducer.Record {
        let hash = try id.map { try #require(Digest16(bytes: [UInt8](repeating: $0, count: 16))) }
        return RedisQueueProducer.Record(idHash: hash, payload: Array(text.utf8))
    }

    private func consumer(_ redis: RedisFixture, _ shard: Int = 0) -> RedisQueueDriver {
        RedisQueueDriver(
            client: redis.client, blockingClient: redis.client, keys: redis.shards[shard], queue: Self.queue,
            consumer: "test", limits: QueueLimits(), lease: .seconds(600))
    }

    /// The jobs of a shard, each with the texts of its records.
    private func jobs(_ redis: RedisFixture, _ shard: Int = 0) async throws -> [[String]] {
        try await consumer(redis, shard).claim(maxRecords: 100_000, maxBytes: 1 << 24, wait: .zero)
            .map { $0.records.map { String(decoding: $0.payload, as: UTF8.self) } }
    }

    @Test func oneTurnOfTheLoopIsOneJob() async throws {
        try await RedisFixture.with { redis in
            let producer = try await Producer(redis)
            let outcomes = await producer.offer([
                [try record("a"), try record("b")], [try record("c")], [], [try record("d")],
            ])
            #expect(outcomes == [[.queued, .queued], [.queued], [], [.queued]])
            #expect(await producer.offer([[try record("e")]]) == [[.queued]])
            #expect(try await consumer(redis).depth().records == 5)
            #expect(try await jobs(redis) == [["a", "b", "c", "d"], ["e"]])
            #expect(try await redis.number("accepted:events") == 5)
            // The other queue of the shard is another one.
            #expect(try await redis.queue().depth().records == 0)
        }
    }

    /// A job carries 1,000 records: a request that does not fit any more begins the next, and is never torn.
    @Test func aRequestStaysInOneJob() async throws {
        try await RedisFixture.with { redis in
            let producer = try await Producer(redis)
            let requests = try [700, 300, 1, 999, 1_000].map { count in
                try (0..<count).map { try record("\(count)-\($0)") }
            }
            let outcomes = await producer.offer(requests)
            #expect(outcomes.map(\.count) == [700, 300, 1, 999, 1_000])
            #expect(outcomes.joined().allSatisfy { $0 == .queued })
            #expect(try await jobs(redis).map(\.count) == [1_000, 1_000, 1_000])
        }
    }

    @Test func anIDThatIsKnownIsADuplicateWhereverItComesFrom() async throws {
        try await RedisFixture.with { redis in
            let producer = try await Producer(redis)
            // In one request, in two of one turn, and later.
            let outcomes = await producer.offer([
                [try record("a", id: 1), try record("a again", id: 1), try record("b")],
                [try record("a of another", id: 1), try record("c", id: 2)],
            ])
            #expect(outcomes == [[.queued, .duplicate, .queued], [.duplicate, .queued]])
            #expect(await producer.offer([[try record("a later", id: 1)]]) == [[.duplicate]])
            #expect(try await jobs(redis) == [["a", "b", "c"]])
            #expect(try await redis.number("accepted:events") == 3)
        }
    }

    /// Of ten ids allowed each bucket holds five: the first are forgotten with the second rotation, and that is counted.
    @Test func idsAreForgottenByTheirNumber() async throws {
        try await RedisFixture.with(limits: { $0.maxEventIDs = 10 }) { redis in
            let producer = try await Producer(redis) { $0.maxEventIDs = 10 }
            for id in UInt8(0)..<15 { #expect(await producer.offer([[try record("x", id: id)]]) == [[.queued]]) }
            #expect(await producer.offer([[try record("x", id: 14)]]) == [[.duplicate]])
            #expect(await producer.offer([[try record("x", id: 0)]]) == [[.queued]])
            let reading = try await RedisQueueReader(
                client: redis.client, keys: redis.shards[0], queue: Self.queue
            ).read()
            #expect(reading.forgottenEarly >= 2)
        }
    }

    @Test func aFullQueueRefusesWholeRequestsAndKnowsDuplicatesStill() async throws {
        try await RedisFixture.with { redis in
            let producer = try await Producer(redis) { $0.maxQueueRecords = 5 }
            #expect(
                await producer.offer([try (0..<6).map { try record("\($0)") }]) == [
                    Array(repeating: .refused, count: 6)
                ])
            #expect(try await consumer(redis).depth().records == 0)
            #expect(
                await producer.offer([[try record("a", id: 1), try record("b"), try record("c"), try record("d")]])
                    == [[.queued, .queued, .queued, .queued]])
            let full = await producer.offer([[try record("a again", id: 1), try record("e", id: 2), try record("f")]])
            #expect(full == [[.duplicate, .refused, .refused]])
            // What was refused may be sent again: its id is not known.
            #expect(await producer.offer([[try record("e", id: 2)]]) == [[.queued]])
            #expect(try await consumer(redis).depth().records == 5)
        }
    }

    @Test func bytesAreALimitToo() async throws {
        try await RedisFixture.with { redis in
            let producer = try await Producer(redis) { $0.maxQueueBytes = 100 }
            let long = String(repeating: "x", count: 60)
            #expect(await producer.offer([[try record(long)]]) == [[.queued]])
            #expect(await producer.offer([[try record(long)]]) == [[.refused]])
            #expect(try await consumer(redis).depth().bytes == 64)
        }
    }

    @Test func recordsWithAnIDHaveAShardOfTheirOwnAndAreFoundThereAgain() async throws {
        try await RedisFixture.with(shards: 4) { redis in
            let producer = try await Producer(redis)
            let request = try (UInt8(0)..<64).map { try record("\($0)", id: $0) } + [try record("none")]
            #expect(await producer.offer([request]) == [Array(repeating: .queued, count: 65)])
            #expect(await producer.offer([Array(request.dropLast())]) == [Array(repeating: .duplicate, count: 64)])
            var found: [[String]] = []
            for shard in 0..<4 { found.append(try await jobs(redis, shard).flatMap(\.self)) }
            #expect(found.allSatisfy { $0.count >= 16 })
            #expect(Set(found.joined()).count == 65)
        }
    }

    @Test func withoutRedisNothingIsQueuedAndThatIsKnown() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            let producer = try await Producer(redis)
            await server.stop()
            try await eventually { !redis.link.snapshot.isConnected }
            #expect(await producer.offer([[try record("a"), try record("b")]]) == [[.unavailable, .unavailable]])
        }
    }

    /// A producer on the loop of the fixture's link.
    private struct Producer {
        private let loop: any EventLoop
        private let producer: NIOLoopBound<RedisQueueProducer>

        init(_ redis: RedisFixture, _ change: (inout AdmitLimits) -> Void = { _ in }) async throws {
            var limits = RedisFixture.limits
            change(&limits)
            let (link, keys, bounds) = (redis.link, redis.shards, limits)
            loop = link.eventLoop
            producer = try await loop.submit {
                NIOLoopBound(
                    RedisQueueProducer(link: link, shards: keys, queue: queue, limits: bounds),
                    eventLoop: link.eventLoop)
            }.get()
        }

        /// All requests in one turn of the loop.
        func offer(_ requests: [[RedisQueueProducer.Record]]) async -> [[OfferOutcome]] {
            await withCheckedContinuation { continuation in
                loop.execute {
                    var outcomes = [[OfferOutcome]?](repeating: nil, count: requests.count)
                    for (index, request) in requests.enumerated() {
                        producer.value.offer(request) { outcome in
                            outcomes[index] = outcome
                            if !outcomes.contains(nil) { continuation.resume(returning: outcomes.compactMap(\.self)) }
                        }
                    }
                }
            }
        }
    }
}
