import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// What one atomic step counts, queues and refuses.
@Suite struct RedisAdmitTests {
    @Test func theFirstSightInAWindowIsQueuedAndRepeatsOnlyCount() async throws {
        try await RedisFixture.with { redis in
            let times: [Int64] = [0, 500, -700, 200]
            var groups: [AdmitOutcome.Group] = []
            for time in times { groups.append(try await redis.admit(TestReport(1, at: TestReport.receivedAt + time))) }
            #expect(groups == [.queued, .counted, .counted, .counted])
            #expect(try await redis.admit(TestReport(2)) == .queued)

            let fingerprint = try TestReport(1).fingerprint()
            let window = try #require(try await redis.openWindow())
            let counts = try await redis.counts(of: window)
            let count = try #require(counts[fingerprint])
            #expect(count.count == 4)
            #expect(count.firstSeenMilliseconds == TestReport.receivedAt - 700)
            #expect(count.lastSeenMilliseconds == TestReport.receivedAt + 500)
            #expect(counts[try TestReport(2).fingerprint()]?.count == 1)
            #expect(counts.count == 2)
            #expect(try await redis.number("accepted") == 5)
            #expect(try await redis.number("size") == 2)

            let depth = try await redis.queue().depth()
            #expect(depth.records == 2)
            let records = try await redis.drain()
            #expect(records.map(\.fingerprint) == [fingerprint, try TestReport(2).fingerprint()])
            #expect(records.first?.eventMilliseconds == TestReport.receivedAt)
            #expect(try await redis.queue().depth().records == 0)
            #expect(try await redis.queue().depth().bytes == 0)

            // The next window sees it for the first time again.
            #expect(try await redis.window.seal(maxWaiting: 3) == .sealed(window))
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.drain().count == 1)
        }
    }

    @Test func aBatchIsSummedUpByFingerprintAndIsOneJob() async throws {
        try await RedisFixture.with { redis in
            let base = TestReport.receivedAt
            try await redis.admit(TestReport(1, at: base))
            let reports = (0..<600).map { TestReport($0 % 6, at: base + Int64($0) - 300) }
            let admission = try reports.admission()
            #expect(admission.groups.count == 6)
            let outcome = await redis.admit(admission)
            #expect(outcome.groups.count { $0 == .queued } == 5)
            #expect(outcome.groups.count { $0 == .counted } == 1)
            #expect(outcome.outcomes(of: admission).batchStatusCode(for: admission) == 200)

            let counts = try await redis.counts(of: try #require(try await redis.openWindow()))
            for number in 0..<6 {
                let count = try #require(counts[try TestReport(number).fingerprint()])
                #expect(count.count == (number == 1 ? 101 : 100))
                #expect(count.firstSeenMilliseconds == base - 300 + Int64(number))
                #expect(count.lastSeenMilliseconds == base + 294 + Int64(number))
            }
            #expect(try await redis.number("accepted") == 601)
            #expect(try await redis.queue().depth().records == 6)
            let jobs = try await redis.queue().claim(maxRecords: 100, maxBytes: 1 << 20, wait: .zero)
            #expect(jobs.map(\.records.count) == [1, 5])
        }
    }

    @Test func aThousandDistinctErrorsInOneRequest() async throws {
        try await RedisFixture.with { redis in
            let outcomes = try await redis.admit((0..<1_000).map { TestReport($0) })
            #expect(outcomes == Array(repeating: .accepted, count: 1_000))
            #expect(try await redis.counted().count == 1_000)
            #expect(Set(try await redis.drain().map(\.fingerprint)).count == 1_000)
        }
    }

    @Test func rejectedReportsAreNotCounted() async throws {
        try await RedisFixture.with { redis in
            let path = try ErrorPath(grouping: .standard)
            let body = Array("{\"message\":\"a\"}\n{\"message\":7}\n{\"message\":\"a\"}\nnonsense\n".utf8)
            let admission = try body.withUnsafeBytes { try path.admission(forBatch: $0, receivedAt: 0) }
            let outcomes = await redis.admit(admission).outcomes(of: admission)
            #expect(admission.items.map(outcomes.outcome(of:)) == [.accepted, .rejected, .accepted, .rejected])
            #expect(try await redis.counted().values.map { $0 } == [2])
        }
    }

    /// Many requests of one turn of the loop share a write; each gets its own answer.
    @Test func manyRequestsAtOnceAreCountedExactly() async throws {
        try await RedisFixture.with { redis in
            let groups = try await withThrowingTaskGroup(of: AdmitOutcome.Group.self) { group in
                for index in 0..<2_000 { group.addTask { try await redis.admit(TestReport(index % 10)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            // Several of the first turn may be told that theirs was queued; one record is.
            #expect(groups.allSatisfy { $0 == .counted || $0 == .queued })
            #expect(groups.count { $0 == .queued } >= 10)
            #expect(try await redis.drain().count == 10)
            let counted = try await redis.counted()
            #expect(counted.count == 10)
            #expect(counted.values.allSatisfy { $0 == 200 })
            #expect(try await redis.number("accepted") == 2_000)
        }
    }

    // MARK: - Without the record

    @Test func aReportWithoutItsRecordCountsOnlyWhenTheWindowKnowsIt() async throws {
        try await RedisFixture.with { redis in
            #expect(try await redis.admit(TestReport(1), isKnown: true) == .recordMissing)
            #expect(try await redis.counted().isEmpty)
            #expect(try await redis.number("accepted") == 0)
            #expect(try await redis.queue().depth().records == 0)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.admit(TestReport(1), isKnown: true) == .counted)
            _ = try await redis.window.seal(maxWaiting: 3)
            #expect(try await redis.admit(TestReport(1), isKnown: true) == .recordMissing)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 3])
            #expect(try await redis.drain().count == 2)
        }
    }

    /// Nothing was done: the event id is not known afterwards.
    @Test func anEventIDWithoutTheRecordIsNotKnown() async throws {
        try await RedisFixture.with { redis async throws in
            #expect(try await redis.admit(TestReport(1, id: "a"), isKnown: true) == .recordMissing)
            #expect(try await redis.admit(TestReport(1, id: "a")) == .queued)
            #expect(try await redis.admit(TestReport(1, id: "a"), isKnown: true) == .onlyDuplicates)
            #expect(try await redis.admit(TestReport(1, id: "b"), isKnown: true) == .counted)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 2])
        }
    }

    /// Some of a turn bring the record and some do not; whoever is told that it is missing was not counted.
    @Test func aTurnOfReportsWithAndWithoutRecordsIsCountedExactly() async throws {
        try await RedisFixture.with { redis in
            try await redis.window.recover()
            let tally = OutcomeTally()
            let isOver = Flag()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !isOver.isRaised { _ = try await redis.window.seal(maxWaiting: 1_000) }
                }
                try await withThrowingTaskGroup(of: Void.self) { load in
                    for task in 0..<32 {
                        load.addTask {
                            for round in 0..<30 {
                                let report = TestReport((task + round) % 5)
                                var outcome = try await redis.admit(report, isKnown: round % 3 != 0)
                                if outcome == .recordMissing { outcome = try await redis.admit(report) }
                                tally.add(outcome, number: report.number)
                            }
                        }
                    }
                    try await load.waitForAll()
                }
                isOver.raise()
                try await group.waitForAll()
            }
            #expect(tally.accepted == 960)
            let expected = try (0..<5).reduce(into: [Fingerprint: UInt64]()) {
                $0[try TestReport($1).fingerprint()] = tally.accepted($1)
            }
            #expect(try await redis.counted() == expected)
            #expect(try await redis.window.sealedWindows(limit: 10_000).count > 1)
        }
    }

    /// One call for the reports of one turn: a refusal hits only what would be queued.
    @Test func aTurnIsRefusedOnlyWhereItWouldQueue() async throws {
        try await RedisFixture.with(limits: { $0.maxQueueRecords = 2 }) { redis in
            #expect(try await redis.admit([TestReport(0), TestReport(1)]) == [.accepted, .accepted])
            let outcomes = try await withThrowingTaskGroup(of: (Int, AdmitOutcome.Group).self) { group in
                for index in 0..<40 { group.addTask { (index % 4, try await redis.admit(TestReport(index % 4))) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (number, outcome) in outcomes {
                #expect(outcome == (number < 2 ? .counted : .refusedQueueFull))
            }
            #expect(try await redis.counted().values.map { $0 } == [11, 11])
        }
    }

    // MARK: - Shards

    @Test func aBatchOverShardsHasAnOutcomePerItem() async throws {
        try await RedisFixture.with(shards: 4) { redis in
            let reports = (0..<60).map { TestReport($0 % 40, id: $0 % 3 == 0 ? "id-\($0)" : nil) }
            let shardOf = try reports.map { ShardMap.shard(of: try $0.fingerprint(), count: 4) }
            #expect(Set(shardOf).count == 4)
            #expect(try await redis.admit(reports) == Array(repeating: .accepted, count: 60))
            for shard in 0..<4 {
                #expect(try await redis.number("accepted", shard: shard) == shardOf.count { $0 == shard })
                let records = try await redis.drain(shard)
                #expect(records.allSatisfy { ShardMap.shard(of: $0.fingerprint, count: 4) == shard })
                #expect(records.count == Set(zip(reports, shardOf).filter { $0.1 == shard }.map(\.0.number)).count)
            }
            // The ids are known; the others count again.
            #expect(
                try await redis.admit(reports)
                    == (0..<60).map { $0 % 3 == 0 ? ItemOutcome.duplicate : .accepted }
            )
            let expected = try (0..<40).reduce(into: [Fingerprint: UInt64]()) { expected, number in
                let own = reports.filter { $0.number == number }
                expected[try TestReport(number).fingerprint()] =
                    UInt64(own.count + own.count { $0.eventID == nil })
            }
            #expect(try await redis.counted() == expected)
        }
    }

    @Test func aFullShardRefusesItsOwnItemsOnly() async throws {
        try await RedisFixture.with(shards: 4, limits: { $0.maxQueueRecords = 1_000 }) { redis in
            #expect(try await redis.admit((0..<40).map { TestReport($0) }).allSatisfy { $0 == .accepted })
            try await redis.send("HSET", [.bytes(redis.shards[2].meta), "records:errors", 1_000])
            let reports = (20..<60).map { TestReport($0) }
            let admission = try reports.admission()
            let outcomes = await redis.admit(admission).outcomes(of: admission)
            for (report, item) in zip(reports, admission.items) {
                let shard = ShardMap.shard(of: try report.fingerprint(), count: 4)
                let isRefused = report.number >= 40 && shard == 2
                #expect(outcomes.outcome(of: item) == (isRefused ? .refused : .accepted))
            }
            #expect(admission.items.contains { outcomes.outcome(of: $0) == .refused })
            #expect(outcomes.batchStatusCode(for: admission) == 200)
        }
    }

    // MARK: - Redis is away

    @Test func withoutRedisNothingIsAdmitted() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server, shards: 2) { redis in
            try await redis.admit(TestReport(1))
            let connects = redis.link.snapshot.connectCount
            await server.kill()
            let started = ContinuousClock.now
            #expect(try await redis.admit(TestReport(1)) != .counted)
            #expect(
                try await redis.admit((0..<20).map { TestReport($0) }).allSatisfy { $0 == .refused || $0 == .unknown })
            #expect(ContinuousClock.now - started < .seconds(2))
            try await server.start()
            try await redis.reconnected(since: connects)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 2])
        }
        await server.stop()
    }

    /// The request was sent and nobody knows: it is said so, and never sent again.
    @Test func aLostAnswerIsUnknownAndCountsAtMostOnce() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server, commandTimeout: .milliseconds(500)) { redis in
            try await redis.admit(TestReport(1))
            let connects = redis.link.snapshot.connectCount
            server.suspend()
            let started = ContinuousClock.now
            let outcome = try await redis.admit(TestReport(1))
            #expect(outcome == .unknown)
            #expect(outcome.itemOutcome == .unknown)
            #expect(ContinuousClock.now - started < .seconds(2))
            server.resume()
            try await redis.reconnected(since: connects)
            let count = try #require(try await redis.counted()[try TestReport(1).fingerprint()])
            #expect((1...2).contains(count))
        }
        await server.stop()
    }

    @Test func aReadOnlyServerRefuses() async throws {
        let server = try await TestRedis.start()
        try await RedisFixture.with(server) { redis in
            try await redis.admit(TestReport(1))
            try await redis.send("REPLICAOF", ["127.0.0.1", .integer(Int64(try FreePort.find()))])
            // READONLY at first; once the link knows, it does not send any more.
            for _ in 0..<20 {
                #expect(try await redis.admit(TestReport(1)) == .unavailable)
                #expect(try await redis.admit([TestReport(2), TestReport(3)]) == [.refused, .refused])
            }
            // The role is not in the configuration file: it is a primary again.
            let connects = redis.link.snapshot.connectCount
            try await server.restart()
            try await redis.reconnected(since: connects)
            #expect(try await redis.admit(TestReport(1)) == .queued)
            #expect(try await redis.counted() == [try TestReport(1).fingerprint(): 2])
        }
        await server.stop()
    }
}
