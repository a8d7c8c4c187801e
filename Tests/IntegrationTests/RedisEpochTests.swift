import Fingerprint
import Ingest
import IngestStorage
import NIOCore
import QueueCore
import RedisClient
import TestServers
import Testing

/// Windows and the lives of the server they are counted in.
@Suite struct RedisEpochTests {
    private func incarnation(_ window: WindowID?) -> String? {
        window.map { String($0.text.prefix { $0 != ":" }) }
    }

    @Test func aFreshServerIsRecoveredByTheFirstReport() async throws {
        try await RedisFixture.with { redis in
            #expect(try await redis.openWindow() == nil)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            let window = try #require(try await redis.openWindow())
            let token = try await redis.client.refreshEpoch().token
            #expect(try await redis.meta("epoch").map { Array($0.utf8) } == token)
            #expect(try await redis.counts(of: window).values.map(\.count) == [1])
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
        }
    }

    @Test func aRestartOpensAFreshIncarnationAndSealsTheOldOne() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            for number in [1, 1, 2] { try await redis.admit(TestReport(number)) }
            let old = try #require(try await redis.openWindow())
            try await redis.crash(server)
            #expect(try await redis.openWindow() == old)
            // Nothing was sealed yet; the first report of the new life does it, and is counted once.
            #expect(try await redis.admit(TestReport(1)) == .queued)
            let new = try #require(try await redis.openWindow())
            #expect(incarnation(new) != incarnation(old))
            #expect(try await redis.window.sealedWindows(limit: 10) == [old])
            #expect(try await redis.counts(of: old).values.map(\.count).sorted() == [1, 2])
            #expect(try await redis.counts(of: new).values.map(\.count) == [1])
            #expect(try await redis.number("accepted") == 4)
            #expect(try await redis.number("waiting") == 2)
        }
        await server.stop()
    }

    @Test func anEmptyWindowIsNotSealedByARestart() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            try await redis.window.recover()
            let old = try await redis.openWindow()
            try await redis.crash(server)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
            #expect(try await redis.openWindow() != old)
        }
        await server.stop()
    }

    /// The store says another epoch than the connection's token: recover, then admit, once.
    @Test func aStaleEpochIsRecoveredAndTheReportCountedOnce() async throws {
        try await RedisFixture.with(shards: 2) { redis in
            let numbers = Array(0..<20)
            #expect(try await redis.admit(numbers.map { TestReport($0) }).allSatisfy { $0 == .accepted })
            let old = try await [redis.openWindow(0), redis.openWindow(1)]
            for shard in redis.shards { try await redis.send("HSET", [.bytes(shard.meta), "epoch", "dead|beef"]) }
            #expect(try await redis.admit(numbers.map { TestReport($0) }).allSatisfy { $0 == .accepted })
            for shard in 0..<2 {
                #expect(try await redis.window(shard).sealedWindows(limit: 10) == [old[shard]])
                #expect(incarnation(try await redis.openWindow(shard)) != incarnation(old[shard]))
            }
            #expect(try await redis.counted().values.map { $0 } == Array(repeating: 2, count: 20))
        }
    }

    @Test func manyReportsThatMeetANewEpochShareOneRecovery() async throws {
        try await RedisFixture.with { redis in
            try await redis.admit(TestReport(1))
            try await redis.send("HSET", [.bytes(redis.shards[0].meta), "epoch", "dead|beef"])
            let groups = try await withThrowingTaskGroup(of: AdmitOutcome.Group.self) { group in
                for _ in 0..<500 { group.addTask { try await redis.admit(TestReport(1)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(groups.allSatisfy { $0 == .counted || $0 == .queued })
            // One record for each of the two windows.
            #expect(try await redis.drain().count == 2)
            #expect(try await redis.window.sealedWindows(limit: 10).count == 1)
            #expect(try await redis.counted().values.map { $0 } == [501])
        }
    }

    /// Crash after crash under load: every accepted report is there, and at most the unknown ones besides.
    @Test func countsEqualWhatWasAcceptedOverCrashes() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            try await redis.admit(TestReport(0))
            let tally = OutcomeTally()
            let isOver = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        var round = task
                        while !isOver.isRaised {
                            round += 1
                            tally.add(try await redis.admit(TestReport(round % 7)))
                            await Task.yield()
                        }
                    }
                }
                for crash in 1...4 {
                    let before = tally.accepted
                    try await eventually(within: .seconds(30), description: "reports after crash \(crash - 1)") {
                        tally.accepted > before + 300
                    }
                    try await redis.crash(server)
                }
                isOver.raise()
                try await group.waitForAll()
            }
            let total = Int(try await redis.counted().values.reduce(0, +)) - 1
            #expect(total >= tally.accepted)
            #expect(total <= tally.accepted + tally.unknown, "\(tally.unknown) unknown")
            #expect(try await redis.number("accepted") == total + 1)
            // Each life that was reported in has an incarnation of its own.
            #expect(try await redis.window.sealedWindows(limit: 100).count >= 3)
        }
        await server.stop()
    }

    @Test func aScriptFlushIsNotNoticed() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            try await redis.admit(TestReport(1))
            for round in 0..<5 {
                try await redis.send("SCRIPT", ["FLUSH"])
                let groups = try await withThrowingTaskGroup(of: AdmitOutcome.Group.self) { group in
                    for _ in 0..<50 { group.addTask { try await redis.admit(TestReport(1)) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(groups.allSatisfy { $0 == .counted }, "round \(round)")
            }
            try await redis.send("SCRIPT", ["FLUSH"])
            let open = try #require(try await redis.openWindow())
            #expect(try await redis.window.seal(maxWaiting: 3) == .sealed(open))
            #expect(try await redis.counted().values.map { $0 } == [251])
        }
        await server.stop()
    }

    @Test func aFlushAllUnderLoadIsSurvived() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            let tally = OutcomeTally()
            var incarnations: Set<String?> = []
            try await withThrowingTaskGroup(of: Void.self) { group in
                let isOver = Flag()
                for task in 0..<8 {
                    group.addTask {
                        while !isOver.isRaised { tally.add(try await redis.admit(TestReport(task))) }
                    }
                }
                for _ in 0..<10 {
                    let before = tally.accepted
                    try await eventually(within: .seconds(30), description: "reports after a flush") {
                        tally.accepted > before + 100
                    }
                    incarnations.insert(incarnation(try await redis.openWindow()))
                    try await redis.send("FLUSHALL")
                }
                isOver.raise()
                try await group.waitForAll()
            }
            // No report was refused: the one that met the empty server recovered it.
            #expect(tally.unknown == 0)
            #expect(tally.refused == 0)
            #expect(incarnations.count == 10)
            #expect(try await redis.admit(TestReport(99)) == .queued)
            #expect(try await redis.queue().claim(maxRecords: 100, maxBytes: 1 << 20, wait: .zero).isEmpty == false)
        }
        await server.stop()
    }
}
