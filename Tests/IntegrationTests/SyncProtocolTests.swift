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

/// The real sync between real stores: what was admitted is in MySQL, once, whatever happens on the way.
@Suite struct SyncProtocolTests {
    private static let errors = 40

    private func job(_ windows: any WindowStore, _ counts: any CountStore) -> SyncJob {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return SyncJob(shards: [windows], counts: counts, logger: logger)
    }

    /// Runs passes until nothing is left.
    private func syncAll(_ redis: RedisFixture, _ mysql: MySQLFixture) async throws {
        let job = job(redis.window, mysql.counts)
        for _ in 0..<20 {
            let result = await job.runOnce()[0]
            guard result.ending == .complete else { throw TestServerError("the pass ended \(result.ending)") }
            if try await redis.number("size") == 0 { return }
        }
        throw TestServerError("the sync does not come to an end")
    }

    /// Admits reports of random errors in random requests and returns how many there were of each.
    private func admit(
        _ redis: RedisFixture, _ count: Int, using random: inout SeededRandom
    ) async throws -> [Int: UInt64] {
        var admitted: [Int: UInt64] = [:]
        var left = count
        while left > 0 {
            let size = min(left, Int.random(in: 1...20, using: &random))
            let numbers = (0..<size).map { _ in Int.random(in: 0..<Self.errors, using: &random) }
            let outcomes = try await redis.admit(numbers.map { TestReport($0) })
            guard outcomes.allSatisfy({ $0 == .accepted }) else { throw TestServerError("not all accepted") }
            for number in numbers { admitted[number, default: 0] += 1 }
            left -= size
        }
        return admitted
    }

    private func stored(_ mysql: MySQLFixture) async throws -> [Fingerprint: StoredError] {
        let rows = try await mysql.execute("SELECT fingerprint, `count`, first_seen_at, last_seen_at FROM errors").rows
        return try rows.reduce(into: [:]) { stored, row in
            let fingerprint = try #require(row[0].byteArray.flatMap { Fingerprint(bytes: $0) })
            stored[fingerprint] = StoredError(
                fingerprint: fingerprint, count: try #require(row[1].uint64),
                firstSeenMilliseconds: try #require(row[2].dateTimeMilliseconds),
                lastSeenMilliseconds: try #require(row[3].dateTimeMilliseconds)
            )
        }
    }

    /// The stored counts by the number of the report; errors without a row have none.
    private func storedCounts(_ mysql: MySQLFixture) async throws -> [Int: UInt64] {
        let stored = try await stored(mysql)
        return try (0..<Self.errors).reduce(into: [:]) { counts, number in
            if let count = stored[try TestReport(number).fingerprint()]?.count { counts[number] = count }
        }
    }

    // MARK: - Without faults

    @Test func whatWasAdmittedIsStored() async throws {
        let mysql = try await MySQLFixture.migrated()
        try await RedisFixture.with { redis in
            var random = SeededRandom(seed: 1)
            // Nothing happened, nothing is written.
            try await syncAll(redis, mysql)
            #expect(try await mysql.number("SELECT COUNT(*) FROM sync_ledger") == 0)

            var expected: [Int: UInt64] = [:]
            for _ in 0..<3 {
                expected.merge(try await admit(redis, 300, using: &random)) { $0 + $1 }
                try await syncAll(redis, mysql)
                #expect(try await storedCounts(mysql) == expected)
            }
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
            #expect(try await redis.number("waiting") == 0)
            #expect(try await redis.keys().filter { $0.hasPrefix("count:") } == [])
        }
        await mysql.pool.shutDown()
    }

    @Test func timesNeverMoveTheWrongWay() async throws {
        let mysql = try await MySQLFixture.migrated()
        try await RedisFixture.with { redis in
            var random = SeededRandom(seed: 2)
            let fingerprint = try TestReport(1).fingerprint()
            var times: [Int64] = []
            for _ in 0..<8 {
                for _ in 0..<Int.random(in: 1...5, using: &random) {
                    // As far as a client's time is believed.
                    let time = TestReport.receivedAt + Int64.random(in: -2_500_000_000...290_000, using: &random)
                    try await redis.admit(TestReport(1, at: time))
                    times.append(time)
                }
                try await syncAll(redis, mysql)
                let row = try #require(try await stored(mysql)[fingerprint])
                #expect(row.count == UInt64(times.count))
                #expect(row.firstSeenMilliseconds == times.min())
                #expect(row.lastSeenMilliseconds == times.max())
            }
        }
        await mysql.pool.shutDown()
    }

    @Test func twoSyncsAtOnceCountOnce() async throws {
        let mysql = try await MySQLFixture.migrated(size: 8)
        let namespace = TestServers.freshNamespace()
        try await RedisFixture.with(namespace: namespace) { redis in
            try await RedisFixture.with(namespace: namespace) { other in
                let tally = OutcomeTally()
                let isOver = Flag()
                var endings: [SyncPassResult.Ending] = []
                try await withThrowingTaskGroup(of: [SyncPassResult].self) { group in
                    for store in [redis.window, other.window, redis.window] {
                        let job = job(store, mysql.counts)
                        group.addTask {
                            var results: [SyncPassResult] = []
                            while !isOver.isRaised { results += await job.runOnce() }
                            return results
                        }
                    }
                    try await withThrowingTaskGroup(of: Void.self) { load in
                        for task in 0..<8 {
                            load.addTask {
                                for round in 0..<250 {
                                    let number = (task * 7 + round) % Self.errors
                                    tally.add(try await redis.admit(TestReport(number)), number: number)
                                }
                            }
                        }
                        try await load.waitForAll()
                    }
                    isOver.raise()
                    for try await results in group { endings += results.map(\.ending) }
                }
                try await syncAll(redis, mysql)
                #expect(endings.allSatisfy { $0 == .complete || $0 == .bounded }, "\(endings)")
                #expect(tally.accepted == 2_000)
                #expect(
                    try await storedCounts(mysql)
                        == (0..<Self.errors).reduce(into: [:]) { $0[$1] = tally.accepted($1) }
                )
                #expect(
                    try await mysql.number("SELECT CAST(SUM(occurrences) AS SIGNED) FROM sync_ledger") == 2_000)
                #expect(try await redis.keys().filter { $0.hasPrefix("count:") } == [])
            }
        }
        await mysql.pool.shutDown()
    }

    /// Whoever reads while windows are sealed, applied and dropped sees each occurrence once: no figure ever falls, none
    /// is larger than what was sent.
    @Test func readsAreExactWhileWindowsAreMoved() async throws {
        let mysql = try await MySQLFixture.migrated(size: 8)
        try await RedisFixture.with { redis in
            let fingerprint = try TestReport(1).fingerprint()
            let reader = LiveErrorReader(live: redis.live, reader: mysql.reader)
            try await redis.admit(TestReport(1))
            try await mysql.put(try await redis.drain())
            let job = job(redis.window, mysql.counts)
            let tally = OutcomeTally()
            tally.add(.queued)
            let isOver = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { while !isOver.isRaised { _ = await job.runOnce() } }
                for _ in 0..<2 {
                    group.addTask {
                        while !isOver.isRaised {
                            let outcome = try await redis.admit(TestReport(1))
                            tally.add(outcome)
                        }
                    }
                }
                for round in 0..<300 {
                    let before = UInt64(tally.accepted)
                    let figures: [StoredError]
                    if round % 2 == 0 {
                        figures = [try #require(try await reader.detail(of: fingerprint)).error.error]
                    } else {
                        let page = try await reader.list(ErrorQuery())
                        #expect(page.isLive)
                        figures = page.errors
                    }
                    // Two reports may be counted and not yet answered.
                    let after = UInt64(tally.accepted) + 2
                    #expect(figures.count == 1)
                    for figure in figures {
                        #expect((before...after).contains(figure.count), "round \(round)")
                    }
                }
                isOver.raise()
                try await group.waitForAll()
            }
            let end = try #require(try await reader.detail(of: fingerprint))
            #expect(end.error.error.count == UInt64(tally.accepted))
            try await syncAll(redis, mysql)
            #expect(try await storedCounts(mysql) == [1: UInt64(tally.accepted)])
        }
        await mysql.pool.shutDown()
    }

    // MARK: - The sync dies

    @Test func aSyncThatDiesBeforeTheDropCountsOnce() async throws {
        let mysql = try await MySQLFixture.migrated()
        try await RedisFixture.with { redis in
            var random = SeededRandom(seed: 3)
            let expected = try await admit(redis, 200, using: &random)
            let dying = job(FaultyWindowStore(base: redis.window, dropFails: true), mysql.counts)
            for _ in 0..<3 {
                let result = await dying.runOnce()[0]
                #expect(result.ending == .failed(StoreFailure(.unavailable, "")))
                #expect(try await storedCounts(mysql) == expected)
                #expect(try await redis.window.sealedWindows(limit: 10).count == 1)
            }
            let result = await job(redis.window, mysql.counts).runOnce()[0]
            #expect(result.ending == .complete)
            #expect(result.alreadyApplied == 1)
            #expect(result.applied == 0)
            #expect(try await storedCounts(mysql) == expected)
            #expect(try await redis.window.sealedWindows(limit: 10) == [])
        }
        await mysql.pool.shutDown()
    }

    @Test(arguments: [0, 1, 8, 15], [true, false])
    func aSyncThatDiesInTheMiddleOfAWindowCountsOnce(part: Int, afterCommit: Bool) async throws {
        let mysql = try await MySQLFixture.migrated()
        try await RedisFixture.with { redis in
            // Enough for every part.
            _ = try await redis.admit((0..<400).map { TestReport($0) })
            let faulty = FaultyCountStore(base: mysql.counts, fault: part, isAfter: afterCommit)
            let result = await job(redis.window, faulty).runOnce()[0]
            #expect(result.ending == .failed(StoreFailure(afterCommit ? .outcomeUnknown : .unavailable, "")))
            #expect(
                try await mysql.number("SELECT COUNT(*) FROM sync_ledger") == Int64(afterCommit ? part + 1 : part))
            try await syncAll(redis, mysql)
            #expect(try await mysql.number("SELECT COUNT(*) FROM sync_ledger") == 16)
            #expect(try await mysql.number("SELECT COUNT(*) FROM errors WHERE `count` = 1") == 400)
        }
        await mysql.pool.shutDown()
    }

    // MARK: - Redis dies, loses, forgets

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
