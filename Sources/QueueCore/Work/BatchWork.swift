/// The body of a batch's transaction: stores what can be stored, buries what cannot, marks what was replayed.
///
/// Everything happens in the one transaction, so that a record is stored or buried or still in the queue, never two of
/// them.
public struct BatchWork: Sendable {
    private let queue: String
    private let batch: Batch
    private let breaker: BuryBreaker
    private let isAbandoned: @Sendable () -> Bool

    /// - Parameter isAbandoned: asked between statements; true gives the transaction up.
    public init(queue: String, batch: Batch, breaker: BuryBreaker, isAbandoned: @escaping @Sendable () -> Bool) {
        self.queue = queue
        self.batch = batch
        self.breaker = breaker
        self.isAbandoned = isAbandoned
    }

    /// - Throws: the store's failure, or one of class aborted when the breaker trips or the worker has given up.
    public func perform(in transaction: inout some BatchTransaction) throws(WorkFailure) -> BatchResult {
        var result = BatchResult(storedCount: 0, buriedCounts: [:], codes: [], breaker: breaker)
        let letters: [DeadLetter]
        switch batch.purpose {
        case .store:
            letters = try store(in: &transaction, result: &result)
        case .bury(let reason):
            letters = try condemn(for: reason, result: &result)
        }
        if !letters.isEmpty {
            try checkNotAbandoned()
            try transaction.bury(letters)
        }
        let replayed = replayedKeys(refused: letters)
        if !replayed.isEmpty {
            try transaction.markReplayed(replayed)
        }
        try checkNotAbandoned()
        return result
    }

    private func store(
        in transaction: inout some BatchTransaction,
        result: inout BatchResult
    ) throws(WorkFailure) -> [DeadLetter] {
        var records: [QueueRecord] = []
        var owners: [Int] = []
        for (index, job) in batch.jobs.enumerated() {
            records.append(contentsOf: job.records)
            owners.append(contentsOf: repeatElement(index, count: job.records.count))
        }
        var letters: [DeadLetter] = []
        try Bisection.settle(records, in: &transaction) { range, failure throws(WorkFailure) in
            try checkNotAbandoned()
            guard let failure else {
                result.storedCount += range.count
                result.breaker.noteStored(range.count)
                return
            }
            for index in range {
                let job = batch.jobs[owners[index]]
                letters.append(refusedLetter(records[index], of: job, failure))
                try noteBuried(DeadLetter.Reason.refused, code: failure.code, in: &result)
            }
        }
        return letters
    }

    private func condemn(for reason: String, result: inout BatchResult) throws(WorkFailure) -> [DeadLetter] {
        var letters: [DeadLetter] = []
        for job in batch.jobs {
            for record in job.records {
                letters.append(
                    DeadLetter(
                        queue: queue,
                        record: record,
                        reason: reason,
                        detail: job.damage ?? "",
                        attempts: max(1, job.deaths),
                        replayKey: job.replayKey
                    )
                )
                try noteBuried(reason, code: 0, in: &result)
            }
        }
        return letters
    }

    private func refusedLetter(_ record: QueueRecord, of job: Job, _ failure: WorkFailure) -> DeadLetter {
        DeadLetter(
            queue: queue,
            record: record,
            reason: DeadLetter.Reason.refused,
            detail: failure.message,
            code: failure.code,
            attempts: job.deaths + batch.failures + 1,
            replayKey: job.replayKey
        )
    }

    private func noteBuried(_ reason: String, code: Int, in result: inout BatchResult) throws(WorkFailure) {
        result.buriedCounts[reason, default: 0] += 1
        result.codes.insert(code)
        result.breaker.noteBuried()
        if result.breaker.isTripped, !batch.isProbe {
            throw WorkFailure(.aborted, code: 0, message: "too many records would be buried")
        }
    }

    /// Keys of the replayed jobs of which no record was refused.
    private func replayedKeys(refused letters: [DeadLetter]) -> [[UInt8]] {
        guard batch.purpose == .store else { return [] }
        let refused = Set(letters.compactMap(\.replayKey))
        return batch.jobs.compactMap(\.replayKey).filter { !refused.contains($0) }
    }

    private func checkNotAbandoned() throws(WorkFailure) {
        if isAbandoned() {
            throw WorkFailure(.aborted, code: 0, message: "the worker is shutting down")
        }
    }
}
