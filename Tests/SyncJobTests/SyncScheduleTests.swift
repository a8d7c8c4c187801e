import Ingest
import SyncJob
import Testing

@Suite struct SyncScheduleTests {
    private let configuration = SyncConfiguration(interval: .seconds(30))

    private func result(_ events: [SyncPass.Event]) -> SyncPassResult {
        var pass = SyncPass(configuration: SyncConfiguration(), seals: true)
        let moment = SyncPass.Moment(sinceBegin: .zero, unixMilliseconds: 0, isStopping: false)
        var action = pass.begin(moment)
        for event in events { action = pass.next(after: event, at: moment) }
        while true {
            if case .finish(let result) = action { return result }
            Issue.record("not finished: \(action)")
            action = pass.next(after: .failed(StoreFailure(.unavailable, "x")), at: moment)
        }
    }

    private var complete: SyncPassResult { result([.sealed(.nothingToSeal), .listed([])]) }
    private var failedToSeal: SyncPassResult { result([.failed(StoreFailure(.unavailable, "x"))]) }
    private var failedAfterSeal: SyncPassResult {
        result([.sealed(.nothingToSeal), .failed(StoreFailure(.unavailable, "x"))])
    }

    @Test func everythingIsDueAtTheStart() {
        var schedule = SyncSchedule(shardCount: 2, configuration: configuration, now: .seconds(7))
        #expect(schedule.next(now: .seconds(7)) == .pass(shard: 0, seals: true))
        schedule.passEnded(shard: 0, complete, began: .seconds(7), now: .seconds(8), random: 0)
        #expect(schedule.next(now: .seconds(8)) == .pass(shard: 1, seals: true))
        schedule.passEnded(shard: 1, complete, began: .seconds(8), now: .seconds(9), random: 0)
        // Thirty seconds after the first pass began.
        #expect(schedule.next(now: .seconds(9)) == .rest(.seconds(28)))
        #expect(schedule.next(now: .seconds(37)) == .pass(shard: 0, seals: true))
    }

    @Test func aFailureWaitsWithFullJitterAndSealsAgainOnlyWhenItHadNot() {
        var schedule = SyncSchedule(shardCount: 1, configuration: configuration, now: .zero)
        var now = Duration.zero
        for bound in [100, 200, 400, 800] {
            #expect(schedule.next(now: now) == .pass(shard: 0, seals: true))
            schedule.passEnded(shard: 0, failedToSeal, began: now, now: now, random: 0.5)
            #expect(schedule.next(now: now) == .rest(.milliseconds(bound / 2)))
            now += .milliseconds(bound / 2)
        }
        schedule.passEnded(shard: 0, failedAfterSeal, began: now, now: now, random: 0)
        #expect(schedule.next(now: now) == .pass(shard: 0, seals: false))
        schedule.passEnded(shard: 0, complete, began: now, now: now, random: 0)
        // Well again: the next failure begins at the base.
        now += .seconds(30)
        schedule.passEnded(shard: 0, failedToSeal, began: now, now: now, random: 1)
        #expect(schedule.next(now: now) == .rest(.milliseconds(100)))
    }

    @Test func theWaitIsBounded() {
        var backoff = SyncBackoff(base: .milliseconds(100), limit: .seconds(30))
        for _ in 0..<2_000 { #expect(backoff.failed(random: 1) <= .seconds(30)) }
        #expect(backoff.failed(random: 0.5) == .seconds(15))
    }

    @Test func aFailingShardLeavesTheOthersTheirTurn() {
        var schedule = SyncSchedule(shardCount: 2, configuration: configuration, now: .zero)
        schedule.passEnded(shard: 0, failedToSeal, began: .zero, now: .seconds(1), random: 0)
        #expect(schedule.next(now: .seconds(1)) == .pass(shard: 1, seals: true))
        schedule.passEnded(shard: 1, complete, began: .seconds(1), now: .seconds(2), random: 0)
        #expect(schedule.next(now: .seconds(2)) == .pass(shard: 0, seals: true))
    }

    @Test func aClockThatStoodStillForAnHourGivesOneTurnNotMany() {
        var schedule = SyncSchedule(shardCount: 1, configuration: configuration, now: .zero)
        #expect(schedule.next(now: .seconds(3_600)) == .pass(shard: 0, seals: true))
        schedule.passEnded(shard: 0, complete, began: .seconds(3_600), now: .seconds(3_601), random: 0)
        #expect(schedule.next(now: .seconds(3_601)) == .rest(.seconds(29)))
    }
}
