import CoreMetrics

/// The measurements of one worker; dimension `queue`. Durations are recorded in nanoseconds.
struct WorkerMetrics: Sendable {
    private let queue: (String, String)
    private let batchSize: Recorder
    private let batchDuration: Timer
    private let ingestToStored: Timer
    private let reclaimed: Counter

    init(queue name: String) {
        queue = ("queue", name)
        batchSize = Recorder(label: "worker_batch_size", dimensions: [queue], aggregate: true)
        batchDuration = Timer(label: "worker_batch_duration_seconds", dimensions: [queue])
        ingestToStored = Timer(label: "ingest_to_stored_seconds", dimensions: [queue])
        reclaimed = Counter(label: "queue_reclaimed_total", dimensions: [queue])
    }

    func noteReclaimed(_ count: Int) {
        reclaimed.increment(by: count)
    }

    /// - Parameter reason: one of ``WorkerRetryReason``; never text from outside.
    func noteRetry(_ reason: WorkerRetryReason) {
        Counter(label: "worker_retries_total", dimensions: [queue, ("class", reason.rawValue)]).increment()
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
            Counter(label: "dead_letters_total", dimensions: [queue, ("reason", reason)]).increment(by: count)
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
