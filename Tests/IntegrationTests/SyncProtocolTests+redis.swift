import Fingerprint
import Ingest
import IngestStorage
import Logging
import MySQLClient
import QueueCore
import RedisClient
import SyncJob
import TestServers
import Testing

/// Redis dies, loses, forgets.
extension SyncProtocolTests {
    @Test func countsAreExactOverCrashesOfRedisUnderLoad() async throws {
        let mysql = try await MySQLFixture.migrated(size: 4)
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            let tally = OutcomeTally()
            let isOver = Flag()
            let job = job(redis.window, mysql.counts)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        var number = task
                        while !isOver.isRaised {
                            number = (number + 1) % Self.errors
                            tally.add(try await redis.admit(TestReport(number)), number: number)
                            await Task.yield()
                        }
                    }
                }
                group.addTask { while !isOver.isRaised { _ = await job.runOnce() } }
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
            try await syncAll(redis, mysql)
            let stored = try await storedCounts(mysql)
            for number in 0..<Self.errors {
                let count = stored[number] ?? 0
                #expect(count >= tally.accepted(number))
                #expect(count <= tally.accepted(number) + tally.unknown(number))
            }
        }
        await server.stop()
        await mysql.pool.shutDown()
    }

    /// Stopped, its last file cut anywhere, started again. Nothing that was applied is applied again, under whatever name
    /// it comes back; what Redis lost and MySQL had not yet is the only loss.
    @Test(arguments: UInt64(1)...6)
    func aRolledBackRedisNeverDoubles(seed: UInt64) async throws {
        let mysql = try await MySQLFixture.migrated()
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            var random = SeededRandom(seed: seed)
            var base: [Int: UInt64] = [:]
            for round in 1...4 {
                var applied: [Int: UInt64] = [:]
                for _ in 0..<Int.random(in: 0...3, using: &random) {
                    let count = Int.random(in: 1...80, using: &random)
                    applied.merge(try await admit(redis, count, using: &random)) { $0 + $1 }
                    try await syncAll(redis, mysql)
                }
                base.merge(applied) { $0 + $1 }
                #expect(try await storedCounts(mysql) == base, "seed \(seed), round \(round)")
                // Half of the rounds leave nothing to lose: the figures must be exact then.
                var open: [Int: UInt64] = [:]
                if Bool.random(using: &random) {
                    open = try await admit(redis, Int.random(in: 1...80, using: &random), using: &random)
                    if Bool.random(using: &random) { _ = try await redis.window.seal(maxWaiting: 3) }
                }

                let connects = redis.link.snapshot.connectCount
                if Bool.random(using: &random) { await server.stop() } else { await server.kill() }
                let cut = try AppendOnlyFiles.cutTail(of: server, using: &random)
                try await server.start()
                try await redis.reconnected(since: connects)

                let later = try await admit(redis, Int.random(in: 0...80, using: &random), using: &random)
                try await syncAll(redis, mysql)
                let stored = try await storedCounts(mysql)
                for number in 0..<Self.errors {
                    let low = (base[number] ?? 0) + (later[number] ?? 0)
                    let high = low + (open[number] ?? 0)
                    let count = stored[number] ?? 0
                    #expect(
                        (low...high).contains(count), "seed \(seed), round \(round), cut \(cut), error \(number)")
                }
                base = stored
            }
        }
        await server.stop()
        await mysql.pool.shutDown()
    }

    /// The same moment comes back again and again: its open window is counted once over all the lives it has.
    @Test(arguments: [true, false])
    func aMomentThatComesBackIsCountedOnce(appliedBefore: Bool) async throws {
        let mysql = try await MySQLFixture.migrated()
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            var random = SeededRandom(seed: 4)
            var expected = try await admit(redis, 100, using: &random)
            if appliedBefore {
                try await syncAll(redis, mysql)
                expected.merge(try await admit(redis, 100, using: &random)) { $0 + $1 }
            }
            var connects = redis.link.snapshot.connectCount
            await server.stop()
            let moment = try AppendOnlyFiles(of: server)
            for life in 0..<4 {
                if life > 0 {
                    connects = redis.link.snapshot.connectCount
                    await server.stop()
                    try moment.restore()
                }
                try await server.start()
                try await redis.reconnected(since: connects)
                if life > 0 { expected.merge(try await admit(redis, 50, using: &random)) { $0 + $1 } }
                try await syncAll(redis, mysql)
                #expect(try await storedCounts(mysql) == expected, "life \(life)")
            }
        }
        await server.stop()
        await mysql.pool.shutDown()
    }

    @Test func afterAFlushAllStoredCountsStay() async throws {
        let mysql = try await MySQLFixture.migrated()
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            var random = SeededRandom(seed: 5)
            var expected: [Int: UInt64] = [:]
            for round in 0..<3 {
                expected.merge(try await admit(redis, 100, using: &random)) { $0 + $1 }
                try await syncAll(redis, mysql)
                // Lost.
                _ = try await admit(redis, 100, using: &random)
                if round == 1 { _ = try await redis.window.seal(maxWaiting: 3) }
                try await redis.send("FLUSHALL")
                #expect(try await storedCounts(mysql) == expected)
                // The sync may be the first to come: it recovers.
                if round == 2 { try await syncAll(redis, mysql) }
            }
            expected.merge(try await admit(redis, 100, using: &random)) { $0 + $1 }
            try await syncAll(redis, mysql)
            #expect(try await storedCounts(mysql) == expected)
        }
        await server.stop()
        await mysql.pool.shutDown()
    }

    /// What the pass has read the name of is gone when it reads the counts.
    @Test func aFlushAllInTheMiddleOfAPass() async throws {
        let mysql = try await MySQLFixture.migrated()
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            var random = SeededRandom(seed: 6)
            var expected = try await admit(redis, 100, using: &random)
            try await syncAll(redis, mysql)
            _ = try await admit(redis, 100, using: &random)
            let flushing = FaultyWindowStore(base: redis.window) { _ = try? await redis.send("FLUSHALL") }
            let result = await job(flushing, mysql.counts).runOnce()[0]
            #expect(result.fingerprints == 0)
            #expect(try await storedCounts(mysql) == expected)
            expected.merge(try await admit(redis, 100, using: &random)) { $0 + $1 }
            try await syncAll(redis, mysql)
            #expect(try await storedCounts(mysql) == expected)
        }
        await server.stop()
        await mysql.pool.shutDown()
    }
}
