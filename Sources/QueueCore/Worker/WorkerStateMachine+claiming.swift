// What becomes of the jobs that a claim brought.
extension WorkerStateMachine {
    func isSuspect(_ job: Job) -> Bool {
        job.deaths >= configuration.aloneAfterDeaths
    }

    /// The claim with nothing in hand.
    var claimAction: WorkerAction {
        var limit = claimCeiling ?? configuration.maxBatchRecords
        if breaker.isTripped {
            limit = min(limit, configuration.probeRecords)
        }
        return .claim(
            maxRecords: limit,
            maxBytes: configuration.maxBatchBytes,
            wait: configuration.claimWait,
            mayReclaim: true
        )
    }

    /// The claim that fits beside what is gathered.
    func gatherAction(beside jobs: [Job], wait: Duration) -> WorkerAction {
        .claim(
            maxRecords: configuration.maxBatchRecords - jobs.reduce(0) { $0 + $1.records.count },
            maxBytes: configuration.maxBatchBytes - jobs.reduce(0) { $0 + $1.byteCount },
            wait: wait,
            mayReclaim: false
        )
    }

    func step(toRun jobs: [Job]) -> WorkerStep {
        guard !jobs.isEmpty else { return .claim }
        return .run(Batch(jobs: jobs, isProbe: breaker.isTripped))
    }

    /// Sorts out what was claimed: which jobs wait for a newer worker, which one runs alone, whether to wait for more.
    mutating func next(
        afterClaiming claimed: [Job],
        gathered: [Job],
        since: Duration?,
        at uptime: Duration
    ) -> WorkerStep {
        var aside = PutAside(delay: configuration.unknownVersionDelay)
        var jobs = gathered
        for job in claimed {
            if job.version == JobFormat.version {
                jobs.append(job)
            } else {
                aside.postpone.append(job)
            }
        }
        if let alone = jobs.first(where: { isSuspect($0) || $0.damage != nil }) {
            // Whatever else were in hand when this one takes the worker down would be charged with a death of its own.
            aside.release = jobs.filter { $0.id != alone.id }
            if isSuspect(alone) {
                claimCeiling = 1
            }
            let batch = Batch(jobs: [alone], purpose: purpose(of: alone), isProbe: breaker.isTripped)
            return .putAside(aside, then: .run(batch))
        }
        return .putAside(aside, then: gatherOrRun(jobs, hasNews: !claimed.isEmpty, since: since ?? uptime, at: uptime))
    }

    private func gatherOrRun(_ jobs: [Job], hasNews: Bool, since: Duration, at uptime: Duration) -> WorkerStep {
        let mayGather = claimCeiling == nil && !breaker.isTripped && hasNews
        let rest = since + configuration.linger - uptime
        guard !jobs.isEmpty, mayGather, rest > .zero,
            jobs.reduce(0, { $0 + $1.records.count }) < configuration.maxBatchRecords,
            jobs.reduce(0, { $0 + $1.byteCount }) < configuration.maxBatchBytes
        else { return step(toRun: jobs) }
        return .gather(jobs, since: since, wait: rest)
    }

    private func purpose(of job: Job) -> Batch.Purpose {
        if job.damage != nil {
            return .bury(reason: DeadLetter.Reason.undecodable)
        }
        return job.deaths >= configuration.buryAfterDeaths ? .bury(reason: DeadLetter.Reason.crashed) : .store
    }
}
