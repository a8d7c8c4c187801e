package import Ingest

/// One pass of retention, as a value: it is told what happened and answers what to do next. It does no I/O and keeps no clock.
///
/// The chores take turns, one short delete each, so that a long one cannot keep the others waiting. Between two deletes nothing is
/// locked for as long as the last one took; the size of a delete follows the time it takes.
package struct RetentionPlan: Sendable {
    /// What the shell is to do; each is answered by one ``Event``.
    package enum Action: Sendable, Equatable {
        case delete(RetentionChore, before: Int64, limit: Int, after: RetentionPosition?)
        case pause(Duration)
        case finish(RetentionPassResult)
    }

    /// How an action came out.
    package enum Event: Sendable {
        case deleted(RetentionStep, took: Duration)
        case paused
        case failed(StoreFailure)
    }

    private struct Task: Sendable {
        let chore: RetentionChore
        let cutoff: Int64
        var limit: Int
        var position: RetentionPosition?
    }

    private let configuration: RetentionConfiguration
    /// Those that may have something left, the one whose turn it is first.
    private var tasks: [Task]
    private var result = RetentionPassResult()

    /// - Parameters:
    ///   - chores: those that are due.
    ///   - positions: where an earlier pass had to leave a chore.
    ///   - now: Unix milliseconds; the earlier of the two clocks, so that no wrong one deletes what is young.
    package init(
        rules: RetentionRules,
        chores: [RetentionChore],
        positions: [RetentionChore: RetentionPosition],
        configuration: RetentionConfiguration,
        now: Int64
    ) {
        self.configuration = configuration
        tasks = chores.compactMap { chore in
            rules.cutoff(of: chore, now: now).map {
                Task(chore: chore, cutoff: $0, limit: configuration.firstLimit, position: positions[chore])
            }
        }
    }

    /// What to do first.
    package mutating func begin() -> Action {
        deleteOrFinish()
    }

    /// What to do after the last action came to `event`.
    /// - Parameter sinceBegin: how long the pass has been going.
    package mutating func next(after event: Event, sinceBegin: Duration, isStopping: Bool) -> Action {
        switch event {
        case .paused:
            break
        case .failed(let failure):
            // A table or a privilege may be missing, a row not be what it should, or a table be in use, for one chore alone. Any other
            // failure may be the store's, and ends the pass.
            guard let chore = tasks.first?.chore,
                [.configuration, .corrupt].contains(failure.code) || chore.changesTable
            else {
                result.brokenOff = tasks.first?.chore
                return finish(.failed(failure))
            }
            result.failure = failure
            result.overdue[chore] = nil
            tasks.removeFirst()
        case .deleted(let step, let took):
            guard !tasks.isEmpty else { break }
            result.deleted.merge(step.deleted, uniquingKeysWith: +)
            let isChanged = step.rows > 0
            advance(step, took)
            if isStopping { return finish(.stopped) }
            if sinceBegin >= configuration.passTimeLimit { return finish(tasks.isEmpty ? .complete : .bounded) }
            if !tasks.isEmpty, isChanged || step.next != nil {
                return .pause(min(max(took, configuration.minPause), configuration.maxPause))
            }
        }
        return isStopping ? finish(.stopped) : deleteOrFinish()
    }

    private mutating func advance(_ step: RetentionStep, _ took: Duration) {
        var task = tasks.removeFirst()
        guard let next = step.next else {
            result.overdue[task.chore] = .zero
            result.finished.append(task.chore)
            return
        }
        if took > configuration.slowDelete {
            task.limit = max(configuration.minLimit, task.limit / 2)
        } else if took < configuration.quickDelete {
            task.limit = min(configuration.maxLimit, task.limit * 2)
        }
        task.position = next
        tasks.append(task)
    }

    private mutating func deleteOrFinish() -> Action {
        guard let task = tasks.first else { return finish(.complete) }
        return .delete(task.chore, before: task.cutoff, limit: task.limit, after: task.position)
    }

    private mutating func finish(_ ending: RetentionPassResult.Ending) -> Action {
        for task in tasks {
            guard let position = task.position else { continue }
            result.positions[task.chore] = position
            result.overdue[task.chore] = .milliseconds(max(0, task.cutoff - position.milliseconds))
        }
        result.ending = ending
        if ending == .complete, let failure = result.failure { result.ending = .failed(failure) }
        return .finish(result)
    }
}
