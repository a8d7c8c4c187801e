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
    static let errors = 40

    func job(_ windows: any WindowStore, _ counts: any CountStore) -> SyncJob {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return SyncJob(shards: [windows], counts: counts, logger: logger)
    }

    /// Runs passes until nothing is left.
    func syncAll(_ redis: RedisFixture, _ mysql: MySQLFixture) async throws {
        let job = job(redis.window, mysql.counts)
        for _ in 0..<20 {
            let result = await job.runOnce()[0]
            guard result.ending == .complete else { throw TestServerError("the pass ended \(result.ending)") }
            if try await redis.number("size") == 0 { return }
        }
        throw TestServerError("the sync does not come to an end")
    }

    /// Admits reports of random errors in random requests and returns how many there were of each.
    func admit(
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

    func stored(_ mysql: MySQLFixture) async throws -> [Fingerprint: StoredError] {
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
    func storedCounts(_ mysql: MySQLFixture) async throws -> [Int: UInt64] {
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
}
