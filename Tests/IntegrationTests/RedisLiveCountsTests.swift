import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// What is counted and not yet applied, read back.
@Suite struct RedisLiveCountsTests {
    @Test(arguments: [1, 4]) func sealedAndOpenWindowsAreRead(shards: Int) async throws {
        try await RedisFixture.with(shards: shards) { redis in
            let base = TestReport.receivedAt
            for round in 0..<3 {
                let times = (0..<20).flatMap { number in
                    (0...number).map { TestReport(number, at: base + Int64($0 + round)) }
                }
                #expect(try await redis.admit(times).allSatisfy { $0 == .accepted })
                if round < 2 {
                    for shard in 0..<shards { _ = try await redis.window(shard).seal(maxWaiting: 3) }
                }
            }
            let asked = try [0, 7, 19].map { try TestReport($0).fingerprint() } + [Sample.fingerprint(1)]
            let windows = try await redis.live.windows(for: asked)
            var found: [Fingerprint: [WindowCount]] = [:]
            for window in windows {
                for count in window.counts { found[count.fingerprint, default: []].append(count) }
            }
            #expect(Set(found.keys) == Set(asked.dropLast()))
            for (fingerprint, number) in zip(asked, [0, 7, 19]) {
                let counts = try #require(found[fingerprint]).sorted {
                    $0.firstSeenMilliseconds < $1.firstSeenMilliseconds
                }
                #expect(counts.map(\.count) == Array(repeating: UInt64(number + 1), count: 3))
                #expect(counts.map(\.firstSeenMilliseconds) == [base, base + 1, base + 2])
                #expect(counts.map(\.lastSeenMilliseconds) == [0, 1, 2].map { base + Int64(number + $0) })
            }
            #expect(Set(windows.map(\.id)).count == windows.count)
        }
    }

    @Test func nothingIsThereBeforeTheFirstReport() async throws {
        try await RedisFixture.with { redis async throws in
            #expect(try await redis.live.windows(for: [Sample.fingerprint(1)]).isEmpty)
            #expect(try await redis.live.windows(for: []).isEmpty)
            #expect(try await redis.live.recentlyTouched(limit: 10).isEmpty)
        }
    }

    @Test(arguments: [1, 3]) func theLastTouchedComeFirst(shards: Int) async throws {
        try await RedisFixture.with(shards: shards) { redis in
            let base = TestReport.receivedAt
            for number in 0..<30 { try await redis.admit(TestReport(number, at: base - Int64(number))) }
            for shard in 0..<shards { _ = try await redis.window(shard).seal(maxWaiting: 3) }
            // Later, and longer ago: the largest time counts.
            try await redis.admit(TestReport(9, at: base + 50))
            try await redis.admit(TestReport(0, at: base - 5_000))
            let expected = try ([9] + Array(0..<9) + Array(10..<30)).map { try TestReport($0).fingerprint() }
            #expect(try await redis.live.recentlyTouched(limit: 100) == expected)
            #expect(try await redis.live.recentlyTouched(limit: 4) == Array(expected.prefix(4)))
        }
    }

    /// A flood of distinct errors is sampled, not read whole.
    @Test func aFloodIsSampled() async throws {
        try await RedisFixture.with { redis in
            for start in stride(from: 0, to: 5_000, by: 1_000) {
                _ = try await redis.admit((start..<start + 1_000).map { TestReport($0) })
            }
            let touched = try await redis.live.recentlyTouched(limit: 10_000)
            #expect((500...3_000).contains(touched.count))
            #expect(Set(touched).count == touched.count)
        }
    }

    /// A first page reads 2,000 values; each may have thousands of minutes, of which it needs none.
    @Test func aLongTallyIsNotReadWhole() async throws {
        try await RedisFixture.with { redis in
            let base = TestReport.receivedAt
            _ = try await redis.admit((0..<500).map { TestReport(1, at: base - Int64($0) * 60_000) })
            let keys = redis.shards[0]
            let answer = try await redis.send(
                "EVAL",
                [
                    .bytes(Assets.bytes("lua/touched.lua")), 3, .bytes(keys.meta), .bytes(keys.sealed),
                    .bytes(keys.countPrefix), 100,
                ])
            #expect(answer.elements?.map { $0.bytes?.count } == [32, 48])
            #expect(try await redis.live.recentlyTouched(limit: 10) == [try TestReport(1).fingerprint()])
            // Found again with the time of its last occurrence.
            try await redis.admit(TestReport(2, at: base - 1))
            #expect(try await redis.live.recentlyTouched(limit: 1) == [try TestReport(1).fingerprint()])
        }
    }

    @Test func aWindowThatIsGoneIsNotRead() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let window = try #require(try await redis.openWindow())
            _ = try await redis.window.seal(maxWaiting: 3)
            let asked = [try TestReport(1).fingerprint()]
            #expect(try await redis.live.windows(for: asked).flatMap(\.counts).map(\.count) == [1])
            try await redis.window.drop(window)
            #expect(try await redis.live.windows(for: asked).flatMap(\.counts).isEmpty)
            #expect(try await redis.live.recentlyTouched(limit: 10).isEmpty)
        }
    }
}
