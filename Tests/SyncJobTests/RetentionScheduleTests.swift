import Ingest
import SyncJob
import Testing

@Suite struct RetentionScheduleTests {
    /// What a pass over these chores comes to, by a store where each has `rows` left.
    private func pass(
        _ chores: [RetentionChore], rows: Int = 0, positions: [RetentionChore: RetentionPosition] = [:],
        limit: Duration = .seconds(60), failure: StoreFailure? = nil
    ) -> RetentionPassResult? {
        var plan = RetentionPlan(
            rules: RetentionRules(), chores: chores, positions: positions, configuration: .init(), now: 0)
        var action = plan.begin()
        for _ in 0..<100 {
            if case .finish(let result) = action { return result }
            let next = rows > 0 ? RetentionPosition(milliseconds: 1, key: [7]) : nil
            let step = RetentionStep(deleted: ["t": rows], next: next)
            let event: RetentionPlan.Event = failure.map { .failed($0) } ?? .deleted(step, took: .zero)
            action = plan.next(after: event, sinceBegin: limit, isStopping: false)
        }
        return nil
    }

    @Test func aWalkThatAlsoMeetsRowsThatStayIsBegunAnewOnceADay() throws {
        var schedule = RetentionSchedule(configuration: .init())
        #expect(schedule.chores(now: .zero) == RetentionChore.allCases)
        let result = try #require(pass(RetentionChore.allCases, limit: .zero))
        #expect(schedule.passEnded(result, now: .seconds(10), random: 0.5) == .seconds(3_600))
        let walks: Set<RetentionChore> = [.occurrences, .eventMinutes, .eventStats]
        #expect(schedule.chores(now: .seconds(3_610)) == RetentionChore.allCases.filter { !walks.contains($0) })
        #expect(schedule.chores(now: .seconds(86_409)).contains(.occurrences) == false)
        #expect(schedule.chores(now: .seconds(86_410)).contains(.occurrences))
    }

    @Test func anUnfinishedPassIsFollowedSoonAndGoesOnWhereItStopped() throws {
        var schedule = RetentionSchedule(configuration: .init())
        let result = try #require(pass([.occurrences], rows: 1))
        #expect(result.ending == .bounded)
        #expect(schedule.passEnded(result, now: .seconds(60), random: 0.5) == .seconds(5))
        #expect(schedule.positions == [.occurrences: RetentionPosition(milliseconds: 1, key: [7])])
        #expect(schedule.chores(now: .seconds(65)).contains(.occurrences))
        let rest = try #require(pass([.occurrences], positions: schedule.positions))
        _ = schedule.passEnded(rest, now: .seconds(70), random: 0.5)
        #expect(schedule.positions.isEmpty)
    }

    /// Otherwise a chore that fails each time would keep all others from their work.
    @Test func aChoreThatBrokeAPassOffComesLast() throws {
        var schedule = RetentionSchedule(configuration: .init())
        let all = RetentionChore.allCases
        // Those that change tables end alone.
        let breaking = all.filter { !$0.changesTable }
        for chore in [breaking[0], breaking[3], breaking[breaking.count - 1]] {
            let failed = try #require(pass([chore], failure: StoreFailure(.unavailable, "lock wait timeout")))
            _ = schedule.passEnded(failed, now: .zero, random: 0)
            let chores = schedule.chores(now: .zero)
            #expect(chores.last == chore)
            #expect(Set(chores) == Set(all))
            #expect(chores.count == all.count)
        }
        // In their order, from the one behind it.
        let failed = try #require(pass([all[3]], failure: StoreFailure(.unavailable, "")))
        _ = schedule.passEnded(failed, now: .zero, random: 0)
        #expect(schedule.chores(now: .zero) == Array(all[4...] + all[...3]))
        // It stays there until another one fails.
        _ = schedule.passEnded(try #require(pass([])), now: .zero, random: 0)
        #expect(schedule.chores(now: .zero).last == all[3])
    }

    @Test func waitsLongerAfterEachFailure() throws {
        var schedule = RetentionSchedule(configuration: .init())
        let failed = try #require(pass([.errors], failure: StoreFailure(.unavailable, "away")))
        var waits: [Duration] = []
        for _ in 0..<12 { waits.append(schedule.passEnded(failed, now: .zero, random: 1)) }
        #expect(waits.first == .seconds(5))
        #expect(waits.last == .seconds(300))
        #expect(waits == waits.sorted())
    }
}
