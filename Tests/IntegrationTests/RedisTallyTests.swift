import Fingerprint
import Ingest
import IngestStorage
import QueueCore
import RedisClient
import TestServers
import Testing

/// What admit.lua makes of tallies is what `Tally` makes of them.
@Suite struct RedisTallyTests {
    private func same(_ left: Tally, _ right: Tally) -> Bool {
        left.count == right.count && left.firstMilliseconds == right.firstMilliseconds
            && left.lastMilliseconds == right.lastMilliseconds && Set(left.slots) == Set(right.slots)
    }

    @Test func theScriptMergesAsWeDo() async throws {
        try await RedisFixture.with { redis in
            var random = SeededRandom(seed: 11)
            let releases: [String?] = [nil, "1.0", "1.1", "2.0"]
            let fingerprint = try TestReport(1).fingerprint()
            var expected = Tally.empty
            var newest: [String?: Int64] = [:]
            for round in 0..<60 {
                let reports = (0..<Int.random(in: 1...30, using: &random)).map { index in
                    let spread: Int64 = [1_000, 300_000, 200_000_000][Int.random(in: 0...2, using: &random)]
                    return TestReport(
                        1, id: Bool.random(using: &random) ? "\(round)-\(index)" : nil,
                        at: TestReport.receivedAt - Int64.random(in: 0...spread, using: &random),
                        release: releases[Int.random(in: 0..<releases.count, using: &random)])
                }
                guard try await redis.admit(reports).allSatisfy({ $0 == .accepted }) else {
                    throw TestServerError("not all accepted")
                }
                for report in reports {
                    let release = ReleaseID(of: report.release?.utf8)
                    expected.merge(Tally(at: report.at, receivedAt: TestReport.receivedAt, release: release))
                    newest[report.release] = max(newest[report.release] ?? 0, report.at)
                }
                let window = try #require(try await redis.openWindow())
                let tally = try #require(try await redis.counts(of: window)[fingerprint]?.tally)
                #expect(same(tally, expected))
                for release in releases {
                    let outside = newest.filter { $0.key != release }.values.max() ?? 0
                    #expect(tally.lastMilliseconds(outside: ReleaseID(of: release?.utf8)) == outside)
                }
            }
            #expect(expected.slots.count > 100)
        }
    }

    @Test func singleReportsOfOneTurnAreSummedUpWithTheirMinutes() async throws {
        try await RedisFixture.with { redis in
            let fingerprint = try TestReport(1).fingerprint()
            let times = (0..<50).map { TestReport.receivedAt - Int64($0 % 5) * 60_000 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for time in times { group.addTask { try await redis.admit(TestReport(1, at: time, release: "3")) } }
                try await group.waitForAll()
            }
            let window = try #require(try await redis.openWindow())
            let tally = try #require(try await redis.counts(of: window)[fingerprint]?.tally)
            #expect(tally.slots.map(\.count) == [10, 10, 10, 10, 10])
            #expect(tally.newestRelease == ReleaseID(of: "3".utf8))
            #expect(tally.otherReleasesMilliseconds == 0)
        }
    }

    /// A window that nobody can apply for days. The same minutes are folded into their hours, wherever the merge is done.
    @Test func theScriptFoldsOldMinutesAsWeDo() async throws {
        try await RedisFixture.with { redis in
            var random = SeededRandom(seed: 3)
            let fingerprint = try TestReport(1).fingerprint()
            var expected = Tally.empty
            for _ in 0..<400 {
                let minute = Int64.random(in: 0..<5 * 1_440, using: &random)
                var report = TestReport(1, at: TestReport.receivedAt + minute * 60_000)
                report.received = report.at
                try await redis.admit(report)
                expected.merge(Tally(at: report.at, receivedAt: report.received, release: .none))
            }
            let window = try #require(try await redis.openWindow())
            let tally = try #require(try await redis.counts(of: window)[fingerprint]?.tally)
            #expect(same(tally, expected))
            let newest = try #require(tally.slots.map(\.startMinute).max())
            #expect(tally.slots.allSatisfy { $0.startMinute + 1_500 >= newest || $0.startMinute % 60 == 0 })
            #expect(tally.slots.count < 230)
        }
    }

    @Test func aThousandMinutesInOneRequestAreOneStep() async throws {
        try await RedisFixture.with { redis in
            let reports = (0..<1_000).map {
                TestReport(1, id: "e\($0)", at: TestReport.receivedAt - Int64($0) * 60_000)
            }
            #expect(try await redis.admit(reports).allSatisfy { $0 == .accepted })
            #expect(try await redis.admit(reports).allSatisfy { $0 == .duplicate })
            let window = try #require(try await redis.openWindow())
            let tally = try #require(try await redis.counts(of: window)[try TestReport(1).fingerprint()]?.tally)
            #expect(tally.count == 1_000)
            #expect(tally.slots.count == 1_000)
        }
    }
}
