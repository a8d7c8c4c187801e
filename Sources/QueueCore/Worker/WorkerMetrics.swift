import CoreMetrics

/// The measurements of one worker; dimension `queue`. Durations are recorded in nanoseconds.
struct WorkerMetrics: Sendable {
    private let queue: (String, String)
    private let batchSize: Recorder
    private let batchDuration: Timer
    private let ingestToStored: Timer
    private let reclaimed: Counter
    private let retries: [WorkerRetryReason: Counter]
    private let deadLetters: [String: Counter]

    init(queue name: String) {
        queue = ("queue", name)
        batchSize = Recorder(label: "worker_batch_size", dimensions: [queue], aggregate: true)
        batchDuration = Timer(label: "worker_batch_duration_seconds", dimensions: [queue])
        ingestToStored = Timer(label: "ingest_to_stored_seconds", dimensions: [queue])
        reclaimed = Counter(label: "queue_reclaimed_total", dimensions: [queue])
        // Made before their first event: `increase()` over a series that begins above 0 does not see its first step.
        let queue = queue
        retries = Dictionary(
            uniqueKeysWithValues: WorkerRetryReason.allCases.map { reason in
                (reason, Counter(label: "worker_retries_total", dimensions: [queue, ("class", reason.rawValue)]))
            }
        )
        deadLetters = Dictionary(
            uniqueKeysWithValues: DeadLetter.Reason.all.map { reason in
                (reason, Counter(label: "dead_letters_total", dimensions: [queue, ("reason", reason)]))
            }
        )
    }

    func noteReclaimed(_ count: Int) {
        reclaimed.increment(by: count)
    }

    /// - Parameter reason: one of ``WorkerRetryReason``; never text from outside.
    func noteRetry(_ reason: WorkerRetryReason) {
        retries[reason]?.increment()
    }

    func noteStored(
        _ batch: Batch,
        _ result: BatchResult,
        took duration: Duration,
        nowMilliseconds: Int64
    ) {
        batchSize.record(batch.recordCount)
        batchDuration.recordNanoseconds(duration.wholeNanoseconds)
        for (reason, count) in result.buriedCounts {
            deadLetters[reason]?.increment(by: count)
        }
        guard result.storedCount > 0 else { return }
        for job in batch.jobs {
            // The clocks of the enqueuing and of this machine may differ, and either may jump.
            let milliseconds = min(max(0, nowMilliseconds - job.enqueuedAtMilliseconds), 1_000_000_000_000)
            ingestToStored.recordNanoseconds(milliseconds * 1_000_000)
        }
    }
}

extension Duration {
    fileprivate var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
