/// What a worker does next. Each step that is not over in itself carries the one after it.
indirect enum WorkerStep: Sendable, Hashable {
    /// Ask for jobs with nothing in hand.
    case claim
    /// Ask for more, at most for `wait`, beside `jobs` that have been in hand since `since`.
    case gather([Job], since: Duration, wait: Duration)
    case putAside(PutAside, then: WorkerStep)
    case run(Batch)
    case acknowledge(Batch)
    case rest(WorkerRest, then: WorkerStep)
    case stop

    /// Jobs that are in hand and neither stored nor given back yet.
    var openJobs: [Job] {
        switch self {
        case .gather(let jobs, _, _): jobs
        case .putAside(let aside, let next): aside.release + aside.postpone + next.openJobs
        case .run(let batch): batch.jobs
        case .rest(_, let next): next.openJobs
        case .claim, .acknowledge, .stop: []
        }
    }

    /// The same without jobs that are no longer ours.
    func keeping(_ isHeld: (Job) -> Bool) -> WorkerStep {
        switch self {
        case .gather(let jobs, let since, let wait):
            return .gather(jobs.filter(isHeld), since: since, wait: wait)
        case .putAside(var aside, let next):
            aside.release.removeAll { !isHeld($0) }
            aside.postpone.removeAll { !isHeld($0) }
            return .putAside(aside, then: next.keeping(isHeld))
        case .run(var batch):
            batch.jobs.removeAll { !isHeld($0) }
            return .run(batch)
        case .acknowledge(var batch):
            batch.jobs.removeAll { !isHeld($0) }
            return .acknowledge(batch)
        case .rest(let rest, let next):
            return .rest(rest, then: next.keeping(isHeld))
        case .claim, .stop:
            return self
        }
    }
}
