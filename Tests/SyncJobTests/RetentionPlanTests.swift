import Ingest
import SyncJob
import Testing

@Suite struct RetentionPlanTests {
    private static let now: Int64 = 1_800_000_000_000
    private static let rules = RetentionRules()

    private static func plan(
        _ chores: [RetentionChore] = [.errors, .ledger],
        positions: [RetentionChore: RetentionPosition] = [:],
        _ configuration: RetentionConfiguration = .init(firstLimit: 64, maxLimit: 200)
    ) -> RetentionPlan {
        RetentionPlan(rules: rules, chores: chores, positions: positions, configuration: configuration, now: now)
    }

    private static func delete(
        _ chore: RetentionChore, limit: Int = 64, after position: RetentionPosition? = nil
    ) -> RetentionPlan.Action {
        .delete(chore, before: rules.cutoff(of: chore, now: now) ?? 0, limit: limit, after: position)
    }

    private static func position(_ milliseconds: Int64) -> RetentionPosition {
        RetentionPosition(milliseconds: milliseconds, key: [1, 2])
    }

    private static func step(_ rows: Int, next: RetentionPosition? = nil) -> RetentionStep {
        RetentionStep(deleted: ["t": rows], next: next)
    }

    @Test func choresTakeTurnsWithPausesAsLongAsTheDeletes() {
        var plan = Self.plan()
        #expect(plan.begin() == Self.delete(.errors))
        let more = Self.step(64, next: Self.position(5))
        #expect(
            plan.next(after: .deleted(more, took: .milliseconds(50)), sinceBegin: .zero, isStopping: false)
                == .pause(.milliseconds(50)))
        #expect(plan.next(after: .paused, sinceBegin: .zero, isStopping: false) == Self.delete(.ledger))
        #expect(
            plan.next(after: .deleted(Self.step(3), took: .milliseconds(1)), sinceBegin: .zero, isStopping: false)
                == .pause(.milliseconds(20)))
        #expect(
            plan.next(after: .paused, sinceBegin: .zero, isStopping: false)
                == Self.delete(.errors, after: Self.position(5)))
        guard
            case .finish(let result) = plan.next(
                after: .deleted(Self.step(1), took: .milliseconds(1)), sinceBegin: .zero, isStopping: false)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .complete)
        #expect(result.deleted == ["t": 68])
        #expect(result.finished == [.ledger, .errors])
        #expect(result.overdue == [.errors: .zero, .ledger: .zero])
        #expect(result.positions.isEmpty)
    }

    /// A table that somebody uses is nobody else's trouble: the other chores go on, and the pass is tried again.
    @Test(arguments: [RetentionChore.events, .eventPartitions])
    func aTableInUseEndsItsOwnChoreAlone(chore: RetentionChore) {
        var plan = Self.plan([chore, .ledger])
        #expect(plan.begin() == Self.delete(chore))
        let busy = RetentionPlan.Event.failed(StoreFailure(.unavailable, "lock wait timeout"))
        #expect(plan.next(after: busy, sinceBegin: .zero, isStopping: false) == Self.delete(.ledger))
        guard
            case .finish(let result) = plan.next(
                after: .deleted(Self.step(0), took: .milliseconds(1)), sinceBegin: .zero, isStopping: false)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .failed(StoreFailure(.unavailable, "")))
        #expect(result.finished == [.ledger])
    }

    @Test(arguments: [
        (Duration.milliseconds(151), 32), (.milliseconds(150), 64), (.milliseconds(40), 64), (.milliseconds(39), 128),
    ])
    func theSizeOfADeleteFollowsItsTime(took: Duration, limit: Int) {
        var plan = Self.plan([.errors])
        _ = plan.begin()
        _ = plan.next(
            after: .deleted(Self.step(64, next: Self.position(5)), took: took), sinceBegin: .zero, isStopping: false)
        #expect(
            plan.next(after: .paused, sinceBegin: .zero, isStopping: false)
                == Self.delete(.errors, limit: limit, after: Self.position(5)))
    }

    @Test func theSizeOfADeleteIsBounded() {
        for (took, bound) in [(Duration.zero, 200), (.seconds(9), 8)] {
            var plan = Self.plan([.errors])
            var action = plan.begin()
            for _ in 0..<20 {
                _ = plan.next(
                    after: .deleted(Self.step(1, next: Self.position(5)), took: took), sinceBegin: .zero,
                    isStopping: false)
                action = plan.next(after: .paused, sinceBegin: .zero, isStopping: false)
            }
            #expect(action == Self.delete(.errors, limit: bound, after: Self.position(5)))
        }
    }

    @Test func nothingToDoCostsNoPause() {
        var plan = Self.plan()
        _ = plan.begin()
        #expect(
            plan.next(
                after: .deleted(RetentionStep(deleted: [:], next: nil), took: .milliseconds(1)), sinceBegin: .zero,
                isStopping: false) == Self.delete(.ledger))
    }

    @Test func aPassIsBoundedAndTheNextGoesOnWhereItStopped() {
        var plan = Self.plan()
        _ = plan.begin()
        let cutoff = Self.rules.cutoff(of: .errors, now: Self.now) ?? 0
        let position = Self.position(cutoff - 5_000)
        guard
            case .finish(let result) = plan.next(
                after: .deleted(Self.step(64, next: position), took: .milliseconds(1)), sinceBegin: .seconds(60),
                isStopping: false)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .bounded)
        #expect(result.positions == [.errors: position])
        #expect(result.overdue == [.errors: .seconds(5)])
        var next = Self.plan(positions: result.positions)
        #expect(next.begin() == Self.delete(.errors, after: position))
    }

    /// A table that is missing, a row nobody understands: nothing is wrong with the other chores.
    @Test(arguments: [StoreFailure.Code.configuration, .corrupt])
    func whatIsWrongWithAChoreEndsItAlone(code: StoreFailure.Code) {
        var plan = Self.plan()
        _ = plan.begin()
        #expect(
            plan.next(after: .failed(StoreFailure(code, "")), sinceBegin: .zero, isStopping: false)
                == Self.delete(.ledger))
        guard
            case .finish(let result) = plan.next(
                after: .deleted(Self.step(0), took: .zero), sinceBegin: .zero, isStopping: false)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .failed(StoreFailure(code, "")))
        #expect(result.brokenOff == nil)
        #expect(result.finished == [.ledger])
        #expect(result.overdue == [.ledger: .zero])
    }

    @Test(arguments: [StoreFailure.Code.unavailable, .outcomeUnknown])
    func anyOtherFailureEndsThePassAndSaysWhose(code: StoreFailure.Code) {
        var plan = Self.plan()
        _ = plan.begin()
        _ = plan.next(after: .deleted(Self.step(0), took: .zero), sinceBegin: .zero, isStopping: false)
        guard
            case .finish(let result) = plan.next(
                after: .failed(StoreFailure(code, "gone")), sinceBegin: .zero, isStopping: false)
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .failed(StoreFailure(code, "")))
        #expect(result.finished == [.errors])
        #expect(result.brokenOff == .ledger)
    }

    @Test func stopsBetweenTwoDeletes() {
        var plan = Self.plan()
        _ = plan.begin()
        guard
            case .finish(let result) = plan.next(
                after: .deleted(Self.step(64, next: Self.position(5)), took: .zero), sinceBegin: .zero, isStopping: true
            )
        else {
            Issue.record("not finished")
            return
        }
        #expect(result.ending == .stopped)
        #expect(result.positions[.errors] == Self.position(5))
    }

    @Test func zeroDaysKeepDeadLettersForEver() {
        var plan = RetentionPlan(
            rules: RetentionRules(deadLetterDays: 0), chores: [.deadLetters], positions: [:], configuration: .init(),
            now: Self.now)
        guard case .finish(let result) = plan.begin() else {
            Issue.record("not finished")
            return
        }
        #expect(result.deleted.isEmpty)
    }
}
