import CoreMetrics
import Ingest

/// The sync job's metrics. Made once; recording is cheap.
struct SyncMetrics: Sendable {
    private let duration: Timer
    private let fingerprints: Recorder
    private let applied: Counter
    private let alreadyApplied: Counter
    private let quarantined: Counter
    private let failed: Counter
    private let waiting: [Gauge]

    init(shardCount: Int, factory: any MetricsFactory) {
        func windows(_ outcome: String) -> Counter {
            Counter(label: "sync_windows_total", dimensions: [("outcome", outcome)], factory: factory)
        }
        duration = Timer(label: "sync_duration_seconds", factory: factory)
        fingerprints = Recorder(label: "sync_fingerprints", factory: factory)
        applied = windows("applied")
        alreadyApplied = windows("already_applied")
        quarantined = windows("quarantined")
        failed = windows("failed")
        waiting = (0..<shardCount).map {
            Gauge(label: "sync_windows_waiting", dimensions: [("shard", "\($0)")], factory: factory)
        }
    }

    func record(_ result: SyncPassResult, shard: Int, took time: Duration) {
        let (seconds, attoseconds) = time.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        if result.fingerprints > 0 { fingerprints.record(result.fingerprints) }
        applied.increment(by: result.applied)
        alreadyApplied.increment(by: result.alreadyApplied)
        quarantined.increment(by: result.quarantined)
        failed.increment(by: result.failed)
        // Not-a-number is "no reading" to our backend: what is not known must not stand there as it was.
        waiting[shard].record(result.waiting.map(Double.init) ?? .nan)
    }
}
