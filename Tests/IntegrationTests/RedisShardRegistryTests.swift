import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// The number of shards in Redis, and what stands in the way of another one.
@Suite struct RedisShardRegistryTests {
    private func agree(_ redis: RedisFixture, on count: Int, elsewhere: Int? = nil) async throws(StoreFailure) {
        try await RedisShardRegistry(client: redis.client, namespace: redis.namespace)
            .agree(on: count, recordedElsewhere: elsewhere)
    }

    @Test func theFirstNumberIsRecorded() async throws {
        try await RedisFixture.with { redis in
            try await agree(redis, on: 4)
            #expect(try await redis.number("shards") == 4)
            try await agree(redis, on: 4)
            // Nothing is held: it may change, up and down.
            for count in [1, 8, 2] {
                try await agree(redis, on: count)
                #expect(try await redis.number("shards") == count)
            }
            // And stays through a recovery.
            try await redis.admit(TestReport(1))
            #expect(try await redis.number("shards") == 2)
        }
    }

    private func isRefused(_ redis: RedisFixture, _ count: Int, recorded: Int) async throws {
        let failure = await #expect(throws: StoreFailure.self) { try await agree(redis, on: count) }
        #expect(failure?.code == .configuration)
        #expect(failure?.message.contains("REDIS_SHARDS=\(recorded)") == true)
        #expect(try await redis.number("shards") == recorded)
    }

    @Test(arguments: [1, 3, 8]) func anotherNumberIsRefusedUntilTheShardsAreDrained(other: Int) async throws {
        try await RedisFixture.with(shards: 4) { redis in
            try await agree(redis, on: 4)
            // Something in the last shard only.
            let number = try #require(
                try (0..<100).first { ShardMap.shard(of: try TestReport($0).fingerprint(), count: 4) == 3 }
            )
            try await redis.admit(TestReport(number))
            try await isRefused(redis, other, recorded: 4)
            // Counts in the open window, then in a sealed one, then the job alone.
            guard case .sealed(let window) = try await redis.window(3).seal(maxWaiting: 3) else {
                throw TestServerError("not sealed")
            }
            try await isRefused(redis, other, recorded: 4)
            try await redis.window(3).drop(window)
            try await isRefused(redis, other, recorded: 4)
            let jobs = try await redis.queue(3).claim(maxRecords: 10, maxBytes: 1 << 20, wait: .zero)
            try await isRefused(redis, other, recorded: 4)
            _ = try await redis.queue(3).retryLater(jobs, after: .milliseconds(1))
            try await isRefused(redis, other, recorded: 4)
            try await eventually { try await redis.queue(3).promoteDue() == 1 }
            #expect(try await redis.drain(3).count == 1)

            try await agree(redis, on: other)
            #expect(try await redis.number("shards") == other)
            try await agree(redis, on: other)
        }
    }

    /// Redis was emptied, or is another one: what MySQL recorded counts, for the refusal and for the way out of it.
    @Test func aLostRecordIsTakenFromElsewhere() async throws {
        try await RedisFixture.with(shards: 4) { redis in
            let number = try #require(
                try (0..<100).first { ShardMap.shard(of: try TestReport($0).fingerprint(), count: 4) == 3 }
            )
            try await redis.admit(TestReport(number))
            for _ in 0..<2 {
                let failure = await #expect(throws: StoreFailure.self) { try await agree(redis, on: 2, elsewhere: 4) }
                #expect(failure?.code == .configuration)
                #expect(failure?.message.contains("REDIS_SHARDS=4") == true)
            }
            try await agree(redis, on: 4, elsewhere: 4)
            #expect(try await redis.number("shards") == 4)
        }
        try await RedisFixture.with { redis in
            // Nothing is held anywhere.
            try await agree(redis, on: 2, elsewhere: 4)
            #expect(try await redis.number("shards") == 2)
        }
    }

    /// Redis was told and MySQL not yet, when the process died.
    @Test func anOldRecordElsewhereDoesNotStandInTheWay() async throws {
        try await RedisFixture.with(shards: 2) { redis in
            try await agree(redis, on: 2)
            try await redis.admit(TestReport(1))
            try await agree(redis, on: 2, elsewhere: 4)
            #expect(try await redis.number("shards") == 2)
        }
    }
}
