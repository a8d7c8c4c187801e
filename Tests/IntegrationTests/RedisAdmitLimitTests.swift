import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// The bounds of the admit script: what would go beyond is refused before anything is written.
@Suite struct RedisAdmitLimitTests {
    @Test func aQueueFullOfRecordsRefusesOnlyWhatWouldBeQueued() async throws {
        try await RedisFixture.with(limits: { $0.maxQueueRecords = 3 }) { redis in
            for number in 1...3 { #expect(try await redis.admit(TestReport(number)) == .queued) }
            #expect(try await redis.admit(TestReport(4)) == .refusedQueueFull)
            #expect(try await redis.admit(TestReport(2)) == .counted)
            #expect(
                try await redis.admit([TestReport(1), TestReport(4), TestReport(3), TestReport(5), TestReport(1)])
                    == [.accepted, .refused, .accepted, .refused, .accepted]
            )
            let expected = try [1: 3, 2: 2, 3: 2].reduce(into: [Fingerprint: UInt64]()) {
                $0[try TestReport($1.key).fingerprint()] = $1.value
            }
            #expect(try await redis.counted() == expected)
            #expect(try await redis.number("accepted") == 7)
            #expect(try await redis.number("size") == 3)
            #expect(try await redis.queue().depth().records == 3)
            // Room again.
            #expect(try await redis.drain().count == 3)
            #expect(try await redis.admit(TestReport(4)) == .queued)
        }
    }

    @Test func aRequestIsNotSplitToFitTheQueue() async throws {
        try await RedisFixture.with(limits: { $0.maxQueueRecords = 3 }) { redis async throws in
            #expect(try await redis.admit((1...4).map { TestReport($0) }) == Array(repeating: .refused, count: 4))
            #expect(try await redis.counted().isEmpty)
            #expect(try await redis.admit((1...3).map { TestReport($0) }) == Array(repeating: .accepted, count: 3))
        }
    }

    @Test func aQueueFullOfBytesRefusesOnlyWhatWouldBeQueued() async throws {
        try await RedisFixture.with(limits: { $0.maxQueueBytes = 10_000 }) { redis async throws in
            #expect(try await redis.admit(TestReport(1, contextBytes: 6_000)) == .queued)
            #expect(try await redis.admit(TestReport(2, contextBytes: 6_000)) == .refusedQueueFull)
            #expect(try await redis.admit(TestReport(1, contextBytes: 6_000)) == .counted)
            #expect(try await redis.admit(TestReport(3)) == .queued)
            let depth = try await redis.queue().depth()
            #expect(depth.records == 2)
            #expect((6_000...10_000).contains(depth.bytes))
            #expect(try await redis.drain().count == 2)
            #expect(try await redis.queue().depth().bytes == 0)
            #expect(try await redis.admit(TestReport(2, contextBytes: 6_000)) == .queued)
        }
    }

    @Test func tooManyWaitingFingerprintsRefuseNewOnes() async throws {
        try await RedisFixture.with(limits: { $0.maxWaitingFingerprints = 4 }) { redis in
            for number in 1...3 { try await redis.admit(TestReport(number)) }
            guard case .sealed(let window) = try await redis.window.seal(maxWaiting: 3) else {
                throw TestServerError("not sealed")
            }
            #expect(try await redis.number("waiting") == 3)
            // Known ones wait again: they are new in this window.
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.admit(TestReport(2)) == .refusedTooManyWaiting)
            #expect(try await redis.admit(TestReport(1)) == .counted)
            #expect(try await redis.admit([TestReport(4), TestReport(1)]) == [.refused, .accepted])
            #expect(AdmitOutcome.Group.refusedTooManyWaiting.itemOutcome == .refused)
            try await redis.window.drop(window)
            #expect(try await redis.number("waiting") == 0)
            #expect(try await redis.admit(TestReport(2)) == .queued)
            #expect(try await redis.counted().values.reduce(0, +) == 4)
        }
    }

    // MARK: - A full window

    @Test func aFullWindowIsSealedWithItsCounts() async throws {
        try await RedisFixture.with(limits: { $0.maxWindowFingerprints = 3 }) { redis in
            for number in [1, 2, 3, 1, 2, 3] { try await redis.admit(TestReport(number)) }
            let first = try #require(try await redis.openWindow())
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
            // The fourth one opens the next window; one that the full window knows is new in it.
            let outcome = await redis.admit(try [TestReport(4), TestReport(1)].admission())
            #expect(outcome.groups == [.queued, .queued])
            #expect(try await redis.window.sealedWindows(limit: 10) == [first])
            let second = try #require(try await redis.openWindow())
            #expect(second != first)
            #expect(second.text.hasPrefix(String(first.text.prefix { $0 != ":" }) + ":2:"))
            let counts = (
                try await redis.counts(of: first).values.map(\.count).sorted(),
                try await redis.counts(of: second).values.map(\.count).sorted()
            )
            #expect(counts.0 == [2, 2, 2])
            #expect(counts.1 == [1, 1])
            #expect(try await redis.number("size") == 2)
            #expect(try await redis.number("waiting") == 3)
            #expect(try await redis.drain().count == 5)
        }
    }

    @Test func aFullWindowIsNotSealedForWhatIsRefused() async throws {
        try await RedisFixture.with(limits: {
            $0.maxWindowFingerprints = 3
            $0.maxQueueRecords = 3
        }) { redis in
            for number in 1...3 { try await redis.admit(TestReport(number)) }
            let window = try await redis.openWindow()
            #expect(
                try await redis.admit([TestReport(4), TestReport(1), TestReport(2)]) == [
                    .refused, .accepted, .accepted,
                ])
            #expect(try await redis.openWindow() == window)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
            #expect(try await redis.counted().values.sorted() == [1, 2, 2])
        }
    }

    @Test func aRequestLargerThanAWindowHasOneOfItsOwn() async throws {
        try await RedisFixture.with(limits: { $0.maxWindowFingerprints = 3 }) { redis async throws in
            for start in [0, 5, 10] {
                #expect(
                    try await redis.admit((start..<start + 5).map { TestReport($0) }).allSatisfy { $0 == .accepted })
            }
            #expect(try await redis.window.sealedWindows(limit: 10).count == 2)
            #expect(try await redis.counted().count == 15)
            #expect(try await redis.number("size") == 5)
            #expect(try await redis.number("waiting") == 10)
        }
    }

    /// A report without its record may seal a window that is too large already; the next one starts empty.
    @Test func aWindowSealedForAReportWithoutItsRecordLeavesNothingBehind() async throws {
        try await RedisFixture.with(limits: { $0.maxWindowFingerprints = 3 }) { redis in
            _ = try await redis.admit((0..<5).map { TestReport($0) })
            let first = try #require(try await redis.openWindow())
            #expect(try await redis.admit(TestReport(0), isKnown: true) == .recordMissing)
            #expect(try await redis.window.sealedWindows(limit: 10) == [first])
            #expect(try await redis.number("size") == 0)
            #expect(try await redis.number("waiting") == 5)
            #expect(try await redis.admit(TestReport(0)) == .queued)
            #expect(try await redis.number("size") == 1)
            try await redis.window.drop(first)
            #expect(try await redis.number("waiting") == 0)
            #expect(try await redis.counted() == [try TestReport(0).fingerprint(): 1])
        }
    }

    // MARK: - Memory

    @Test func aboveItsShareOfMemoryOnlyRepeatsAreCounted() async throws {
        let namespace = TestServers.freshNamespace()
        try await RedisFixture.with(namespace: namespace) { try await $0.admit(TestReport(1)) }
        try await RedisFixture.with(namespace: namespace, limits: { $0.maxMemoryShare = 0.0001 }) {
            redis async throws in
            #expect(try await redis.admit(TestReport(2)) == .refusedQueueFull)
            #expect(try await redis.admit(TestReport(1)) == .counted)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 2])
        }
    }

    /// A full Redis refuses whole requests, and everything that makes room still works.
    @Test func aFullRedisRefusesAndCanBeDrained() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server, limits: { $0.maxMemoryShare = .infinity }) { redis in
            for number in 1...20 { try await redis.admit(TestReport(number, contextBytes: 1_000)) }
            let full = try #require(try await redis.openWindow())
            try await redis.send("CONFIG", ["SET", "maxmemory", "1"])
            #expect(try await redis.admit(TestReport(1)) == .unavailable)
            #expect(try await redis.admit([TestReport(1), TestReport(99)]) == [.refused, .refused])
            #expect(try await redis.number("accepted") == 20)

            // Reads, seal, recover, claim, acknowledge, postpone and drop.
            #expect(try await redis.live.windows(for: [try TestReport(1).fingerprint()]).count == 1)
            #expect(try await redis.live.recentlyTouched(limit: 100).count == 20)
            let jobs = try await redis.queue().claim(maxRecords: 1, maxBytes: 1 << 20, wait: .zero)
            #expect(jobs.count == 1)
            #expect(try await redis.queue().extend(jobs).count == 1)
            try await redis.queue().release(jobs)
            #expect(try await redis.drain().count == 20)
            try await redis.window.recover()
            #expect(try await redis.window.seal(maxWaiting: 3) == .sealed(full))
            #expect(try await redis.counts(of: full).count == 20)
            try await redis.window.drop(full)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])

            try await redis.send("CONFIG", ["SET", "maxmemory", "512mb"])
            #expect(try await redis.admit(TestReport(1)) == .queued)
        }
        await server.stop()
    }
}
