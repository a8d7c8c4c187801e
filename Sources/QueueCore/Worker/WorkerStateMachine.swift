/// Every decision of a worker, as a value: events in, one action out. No clock, no queue, no store.
///
/// ```
/// claiming ─▶ puttingAside ─▶ running ─▶ acknowledging ─▶ claiming
///                 any ─▶ resting ─▶ the step it was to take
///                 any ─▶ stopped
/// ```
/// `docs/job-lifecycle.md` tells the same from the job's side.
public struct WorkerStateMachine: Sendable {
    enum State: Sendable, Hashable {
        case ready
        case claiming(gathered: [Job], since: Duration?)
        case puttingAside(PutAside, then: WorkerStep)
        case running(Batch)
        case acknowledging(Batch)
        case resting(WorkerRest, then: WorkerStep)
        case stopped

        var name: String {
            switch self {
            case .ready: "ready"
            case .claiming: "claiming"
            case .puttingAside: "puttingAside"
            case .running: "running"
            case .acknowledging: "acknowledging"
            case .resting: "resting"
            case .stopped: "stopped"
            }
        }
    }

    public let configuration: WorkerConfiguration
    private var state = State.ready
    /// The outcomes so far; tripped means that only probes run.
    public private(set) var breaker: BuryBreaker
    private var isShuttingDown = false
    /// Failures of the queue in a row.
    private var queueFailures = 0
    /// The reason of the last rest.
    private var lastTrouble = WorkerCondition.working
    /// Limit on the next claim in records; nil is none but the batch's. A suspect sets it to 1, each batch of others
    /// doubles it: as a suspect runs with nothing else in hand, what is claimed beside it has to be given back.
    var claimCeiling: Int?

    public init(configuration: WorkerConfiguration = WorkerConfiguration()) {
        self.configuration = configuration
        breaker = configuration.breaker
    }

    public var stateName: String { state.name }

    public var condition: WorkerCondition {
        switch state {
        case .resting(let rest, _): rest.reason
        case .stopped: .stopped
        // Trying again is not yet being well again.
        case .running(let batch) where batch.failures > 0: lastTrouble
        case .claiming, .puttingAside, .acknowledging: queueFailures > 0 ? .queueUnavailable : untroubledCondition
        case .ready, .running: untroubledCondition
        }
    }

    private var untroubledCondition: WorkerCondition { breaker.isTripped ? .refusingToBury : .working }

    /// From now on nothing new is begun: what is in hand is finished or given back.
    public mutating func beginShutdown() {
        isShuttingDown = true
    }

    /// The action that follows `event`.
    ///
    /// - Parameter uptime: the clock's ``QueueClock/uptime``, for the time a batch may wait for more jobs.
    public mutating func handle(
        _ event: WorkerEvent,
        at uptime: Duration,
        using random: inout some RandomNumberGenerator
    ) throws(IllegalTransition) -> WorkerAction {
        switch (state, event) {
        case (.ready, .started):
            return take(.claim)
        case (.claiming(let gathered, let since), .claimed(let jobs)):
            queueFailures = 0
            return take(next(afterClaiming: jobs, gathered: gathered, since: since, at: uptime))
        case (.claiming(let gathered, _), .claimFailed):
            return take(afterQueueFailure(nextTry: step(toRun: gathered), using: &random))
        case (.puttingAside(_, let step), .putAside):
            queueFailures = 0
            return take(step)
        case (.puttingAside(let aside, let step), .putAsideFailed):
            // In a shutdown the leases run out instead; nothing is lost.
            return take(
                isShuttingDown ? .stop : afterQueueFailure(nextTry: .putAside(aside, then: step), using: &random))
        case (.running(let batch), .stored(let result)):
            note(result, of: batch)
            return take(.acknowledge(batch))
        case (.running(let batch), .failed(let failure)):
            return take(next(after: failure, of: batch, using: &random))
        case (.running(let batch), .refused):
            breaker.trip()
            return take(.putAside(PutAside(release: batch.jobs), then: afterBatch()))
        case (.running(let batch), .abandoned):
            return take(.putAside(PutAside(release: batch.jobs), then: .stop))
        case (.acknowledging, .acknowledged):
            queueFailures = 0
            return take(afterBatch())
        case (.acknowledging(let batch), .acknowledgeFailed):
            // Stored but not acknowledged: the jobs come again and storing them again changes nothing.
            return take(isShuttingDown ? .stop : afterQueueFailure(nextTry: .acknowledge(batch), using: &random))
        case (.resting(_, let step), .rested(let held)):
            return take(step.keeping { held.contains($0.id) })
        case (.ready, _), (.claiming, _), (.puttingAside, _), (.running, _), (.acknowledging, _), (.resting, _),
            (.stopped, _):
            throw IllegalTransition(state: state.name, event: event.name)
        }
    }

    /// Enters the state of `step`, or of what is left of it in a shutdown.
    private mutating func take(_ step: WorkerStep) -> WorkerAction {
        switch isShuttingDown ? lastStep(of: step) : skippingEmpty(step) {
        case .claim:
            state = .claiming(gathered: [], since: nil)
            return claimAction
        case .gather(let jobs, let since, let wait):
            state = .claiming(gathered: jobs, since: since)
            return gatherAction(beside: jobs, wait: wait)
        case .putAside(let aside, let next):
            state = .puttingAside(aside, then: next)
            return .putAside(aside)
        case .run(let batch):
            state = .running(batch)
            return .run(batch)
        case .acknowledge(let batch):
            state = .acknowledging(batch)
            return .acknowledge(batch.jobs)
        case .rest(let rest, let next):
            state = .resting(rest, then: next)
            lastTrouble = rest.reason
            return .rest(rest)
        case .stop:
            state = .stopped
            return .stop
        }
    }

    /// Steps whose jobs were all lost, or that had none, are skipped.
    private func skippingEmpty(_ step: WorkerStep) -> WorkerStep {
        switch step {
        case .putAside(let aside, let next) where aside.isEmpty: skippingEmpty(next)
        case .run(let batch) where batch.jobs.isEmpty: afterBatch()
        case .acknowledge(let batch) where batch.jobs.isEmpty: afterBatch()
        default: step
        }
    }

    /// In a shutdown: acknowledge what is stored, give back the rest, stop.
    private func lastStep(of step: WorkerStep) -> WorkerStep {
        switch step {
        case .acknowledge(let batch) where !batch.jobs.isEmpty:
            return step
        case .rest(_, let next):
            return lastStep(of: next)
        default:
            let open = step.openJobs
            return open.isEmpty ? .stop : .putAside(PutAside(release: open), then: .stop)
        }
    }

    private mutating func note(_ result: BatchResult, of batch: Batch) {
        breaker = result.breaker
        if batch.isProbe, breaker.isHealthy(stored: result.storedCount, buried: result.buriedCount) {
            breaker.reset()
        }
        if let ceiling = claimCeiling, !batch.jobs.contains(where: isSuspect) {
            claimCeiling = ceiling * 2 < configuration.maxBatchRecords ? ceiling * 2 : nil
        }
    }

    private func afterBatch() -> WorkerStep {
        guard breaker.isTripped else { return .claim }
        return .rest(WorkerRest(configuration.probeInterval, reason: .refusingToBury), then: .claim)
    }

    private mutating func afterQueueFailure(
        nextTry step: WorkerStep,
        using random: inout some RandomNumberGenerator
    ) -> WorkerStep {
        if case .run(let batch) = step, !batch.jobs.isEmpty {
            // The store may be there although the queue is not.
            return step
        }
        let delay = configuration.queueRetry.delay(after: queueFailures, using: &random)
        queueFailures += 1
        return .rest(WorkerRest(delay, reason: .queueUnavailable), then: step)
    }

    private mutating func next(
        after failure: WorkFailure,
        of batch: Batch,
        using random: inout some RandomNumberGenerator
    ) -> WorkerStep {
        var again = batch
        again.failures += 1
        switch failure.class {
        case .configuration:
            // The batch in hand is the probe.
            return .rest(WorkerRest(configuration.probeInterval, reason: .misconfigured), then: .run(again))
        case .newerFormat:
            // Alone it is left for a newer worker; in company the jobs are run one by one to find out which one it is.
            guard batch.jobs.count > 1 else {
                let aside = PutAside(postpone: batch.jobs, delay: configuration.unknownVersionDelay)
                return .putAside(aside, then: afterBatch())
            }
            claimCeiling = 1
            let first = Batch(jobs: [batch.jobs[0]], isProbe: batch.isProbe)
            return .putAside(PutAside(release: Array(batch.jobs.dropFirst())), then: .run(first))
        case .infrastructure, .data, .aborted:
            // Data failures of single records never get here, Bisection has them; one of the transaction as a whole is
            // the store's trouble.
            let delay = configuration.storeRetry.delay(after: batch.failures, using: &random)
            return .rest(WorkerRest(delay, reason: .storeUnavailable), then: .run(again))
        }
    }
}
