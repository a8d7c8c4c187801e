import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// A window's way from open to gone.
@Suite struct RedisWindowStoreTests {
    private func sealed(_ redis: RedisFixture) async throws -> WindowID {
        guard case .sealed(let window) = try await redis.window.seal(maxWaiting: 100) else {
            throw TestServerError("not sealed")
        }
        return window
    }

    @Test func aStoreThatWasNeverRecoveredIsNotSealed() async throws {
        try await RedisFixture.with { redis in
            let failure = await #expect(throws: StoreFailure.self) { _ = try await redis.window.seal(maxWaiting: 3) }
            #expect(failure?.code == .epochChanged)
            try await redis.window.recover()
            #expect(try await redis.window.seal(maxWaiting: 3) == .nothingToSeal)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
        }
    }

    @Test func aStaleTokenDoesNotSeal() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let old = try #require(try await redis.openWindow())
            try await redis.send("HSET", [.bytes(redis.shards[0].meta), "epoch", "dead|beef"])
            let failure = await #expect(throws: StoreFailure.self) { _ = try await redis.window.seal(maxWaiting: 3) }
            #expect(failure?.code == .epochChanged)
            #expect(try await redis.openWindow() == old)
            try await redis.window.recover()
            #expect(try await redis.window.sealedWindows(limit: 10) == [old])
            #expect(try await redis.window.seal(maxWaiting: 3) == .nothingToSeal)
        }
    }

    @Test func sealedWindowsHoldExactlyWhatWasAdmitted() async throws {
        try await RedisFixture.with { redis in
            var expected: [[Fingerprint: UInt64]] = []
            var windows: [WindowID] = []
            for round in 1...3 {
                let reports = (0..<round * 40).map { TestReport($0 % (round * 7)) }
                _ = try await redis.admit(reports)
                expected.append(
                    try reports.reduce(into: [:]) { $0[try $1.fingerprint(), default: 0] += 1 }
                )
                let open = try #require(try await redis.openWindow())
                #expect(try await redis.window.seal(maxWaiting: 3) == .sealed(open))
                windows.append(open)
            }
            #expect(Set(windows).count == 3)
            #expect(try await redis.window.sealedWindows(limit: 10) == windows)
            #expect(try await redis.window.sealedWindows(limit: 2) == Array(windows.prefix(2)))
            for (window, expected) in zip(windows, expected) {
                #expect(try await redis.counts(of: window).mapValues(\.count) == expected)
            }
            #expect(try await redis.number("waiting") == 7 + 14 + 21)

            // The order of one incarnation: sequences count up.
            let sequences = windows.map { $0.text.split(separator: ":")[1] }
            #expect(sequences == ["1", "2", "3"])
            #expect(windows.map(\.openedMilliseconds) == windows.map(\.openedMilliseconds).sorted())

            // Three wait already: the fourth goes on counting.
            try await redis.admit(TestReport(1))
            #expect(try await redis.window.seal(maxWaiting: 3) == .tooManyWaiting(3))
            #expect(try await redis.admit(TestReport(1)) == .counted)
            try await redis.window.drop(windows[0])
            #expect(try await redis.window.seal(maxWaiting: 3) != .tooManyWaiting(3))
            #expect(try await redis.window.sealedWindows(limit: 10).count == 3)
        }
    }

    @Test func anOldEmptyWindowGetsANewName() async throws {
        try await RedisFixture.with { redis in
            try await redis.window.recover()
            let fresh = try #require(try await redis.openWindow())
            #expect(try await redis.window.seal(maxWaiting: 3) == .nothingToSeal)
            #expect(try await redis.openWindow() == fresh)

            let incarnation = fresh.text.prefix { $0 != ":" }
            let old = "\(incarnation):1:\(fresh.openedMilliseconds - 3_600_001)"
            try await redis.send("HSET", [.bytes(redis.shards[0].meta), "window", .string(old)])
            #expect(try await redis.window.seal(maxWaiting: 3) == .nothingToSeal)
            let renamed = try #require(try await redis.openWindow())
            #expect(renamed.text.hasPrefix("\(incarnation):2:"))
            #expect(renamed.openedMilliseconds >= fresh.openedMilliseconds)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])

            // With counts it is sealed under the name it has.
            try await redis.admit(TestReport(1))
            #expect(try await redis.window.seal(maxWaiting: 3) == .sealed(renamed))
        }
    }

    @Test func recoverChangesNothingWhenTheEpochIsKnown() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            func meta() async throws -> Set<[String?]> {
                // In no order.
                let flat = try await redis.send("HGETALL", [.bytes(redis.shards[0].meta)]).elements ?? []
                return Set(stride(from: 0, to: flat.count, by: 2).map { [flat[$0].text, flat[$0 + 1].text] })
            }
            let before = try await meta()
            for _ in 0..<5 { try await redis.window.recover() }
            #expect(try await meta() == before)
            #expect(try await redis.admit(TestReport(1)) == .counted)
        }
    }

    @Test func oneOfManyRecoveriesSeals() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let old = try #require(try await redis.openWindow())
            try await redis.send("HSET", [.bytes(redis.shards[0].meta), "epoch", "dead|beef"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { try await redis.window.recover() } }
                try await group.waitForAll()
            }
            #expect(try await redis.window.sealedWindows(limit: 10) == [old])
            #expect(try await redis.counts(of: old).values.map(\.count) == [1])
            #expect(try await redis.counts(of: try #require(try await redis.openWindow())).isEmpty)
        }
    }

    @Test func aWindowIsDroppedOnce() async throws {
        try await RedisFixture.with { redis in
            _ = try await redis.admit((0..<30).map { TestReport($0) })
            let first = try await sealed(redis)
            _ = try await redis.admit((0..<20).map { TestReport($0) })
            let second = try await sealed(redis)
            #expect(try await redis.number("waiting") == 50)
            for _ in 0..<2 {
                try await redis.window.drop(first)
                #expect(try await redis.number("waiting") == 20)
                #expect(try await redis.window.sealedWindows(limit: 10) == [second])
                #expect(try await redis.counts(of: first).isEmpty)
                #expect(try await redis.counts(of: second).count == 20)
            }
            try await redis.window.drop(second)
            #expect(try await redis.keys() == ["meta", "queue:errors"])
        }
    }

    @Test func theOpenWindowIsNotDropped() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let open = try #require(try await redis.openWindow())
            try await redis.window.drop(open)
            try await redis.window.quarantine(open)
            #expect(try await redis.counted().values.map { $0 } == [1])
            #expect(try await redis.admit(TestReport(1)) == .counted)
        }
    }

    @Test func aQuarantinedWindowKeepsItsCountsOutOfTheWay() async throws {
        try await RedisFixture.with { redis in
            _ = try await redis.admit((0..<30).map { TestReport($0) })
            let window = try await sealed(redis)
            for _ in 0..<2 {
                try await redis.window.quarantine(window)
                #expect(try await redis.window.sealedWindows(limit: 10) == [])
                #expect(try await redis.number("waiting") == 0)
                let aside = try await redis.send("LRANGE", [.bytes(redis.shards[0].quarantined), 0, -1])
                #expect(aside.elements?.map(\.text) == [window.text])
                #expect(try await redis.counts(of: window).count == 30)
            }
            // And dropping it then does nothing either.
            try await redis.window.drop(window)
            #expect(try await redis.counts(of: window).count == 30)
        }
    }

    @Test func whatNoVersionWritesIsCorrupt() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let window = try await sealed(redis)
            let fingerprint = try TestReport(1).fingerprint()
            let part = WindowPart(of: fingerprint)
            let key = RedisArgument.bytes(redis.shards[0].counts(of: window, part: part))
            for (field, value) in [
                (fingerprint.bytes, [UInt8](repeating: 0, count: 24)),
                (fingerprint.bytes, [UInt8](repeating: 1, count: 23)),
                (fingerprint.bytes, []),
                ([1, 2, 3], [UInt8](repeating: 1, count: 24)),
            ] {
                try await redis.send("DEL", [key])
                try await redis.send("HSET", [key, .bytes(field), .bytes(value)])
                let failure = await #expect(throws: StoreFailure.self) {
                    _ = try await redis.window.counts(of: window, part: part)
                }
                #expect(failure?.code == .corrupt)
            }
            try await redis.send("RPUSH", [.bytes(redis.shards[0].sealed), "no window"])
            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await redis.window.sealedWindows(limit: 10)
            }
            #expect(failure?.code == .corrupt)
        }
    }

    private static func words(_ words: UInt64...) -> [UInt8] {
        words.flatMap { word in withUnsafeBytes(of: word.bigEndian) { [UInt8]($0) } }
    }

    /// Of the right length, with figures that nobody can have counted: they would trap in a sum, or be refused by MySQL at each try.
    @Test func figuresNobodyCanHaveCountedAreCorrupt() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            let window = try await sealed(redis)
            let fingerprint = try TestReport(1).fingerprint()
            let part = WindowPart(of: fingerprint)
            let key = RedisArgument.bytes(redis.shards[0].counts(of: window, part: part))
            let slot: UInt64 = 29_000_000 << 32 | 1
            let (largest, latest): (UInt64, UInt64) = (1 << 53, 253_402_300_799_999)
            // Count, first, last, release, last of other releases.
            for value in [
                Self.words(1, 0, 0, 0, 0, slot), Self.words(largest, 5, latest, .max, latest, slot),
                Self.words(2, 5, 9, 0, 9, slot, slot + (1 << 32)),
            ] {
                try await redis.send("HSET", [key, .bytes(fingerprint.bytes), .bytes(value)])
                #expect(try await redis.window.counts(of: window, part: part).count == 1)
            }
            for value in [
                Self.words(0, 5, 9, 0, 0, slot), Self.words(largest + 1, 5, 9, 0, 0, slot),
                Self.words(.max, 5, 9, 0, 0, slot), Self.words(1, .max, 9, 0, 0, slot),
                Self.words(1, 10, 9, 0, 0, slot), Self.words(1, 5, latest + 1, 0, 0, slot),
                Self.words(1, 5, .max, 0, 0, slot), Self.words(1, 5, 9, 0, 10, slot),
                Self.words(1, 5, 9, 0, .max, slot), Self.words(1, 5, 9, 0, 0),
            ] {
                try await redis.send("HSET", [key, .bytes(fingerprint.bytes), .bytes(value)])
                let failure = await #expect(throws: StoreFailure.self) {
                    _ = try await redis.window.counts(of: window, part: part)
                }
                #expect(failure?.code == .corrupt)
                #expect(try await redis.live.windows(for: [fingerprint]).flatMap(\.counts).isEmpty)
            }
        }
    }

    @Test func withoutRedisEverythingIsUnavailable() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            try await redis.admit(TestReport(1))
            await server.kill()
            try await eventually { !redis.link.snapshot.isConnected }
            let window = Sample.window(1)
            let calls: [() async throws -> Void] = [
                { _ = try await redis.window.seal(maxWaiting: 3) },
                { try await redis.window.recover() },
                { _ = try await redis.window.sealedWindows(limit: 1) },
                { _ = try await redis.window.counts(of: window, part: Sample.part(0)) },
                { try await redis.window.drop(window) },
                { try await redis.window.quarantine(window) },
                { _ = try await redis.live.windows(for: [Sample.fingerprint(1)]) },
                { _ = try await redis.live.recentlyTouched(limit: 1) },
            ]
            for call in calls {
                let failure = await #expect(throws: StoreFailure.self) { try await call() }
                #expect(failure?.code == .unavailable)
            }
        }
    }
}
