import CoreMetrics
import Ingest

/// The metrics of retention.
struct RetentionMetrics: Sendable {
    private let factory: any MetricsFactory
    private let duration: Timer
    private let overdue: [RetentionChore: Gauge]

    init(factory: any MetricsFactory) {
        self.factory = factory
        duration = Timer(label: "retention_duration_seconds", factory: factory)
        overdue = Dictionary(
            uniqueKeysWithValues: RetentionChore.allCases.map { chore in
                (
                    chore,
                    Gauge(label: "retention_lag_seconds", dimensions: [("chore", chore.rawValue)], factory: factory)
                )
            })
    }

    func record(_ result: RetentionPassResult, took time: Duration) {
        if result.ending == .elsewhere { return }
        let (seconds, attoseconds) = time.components
        duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        // Tables are named by this program, so there are few series.
        for (table, rows) in result.deleted {
            Counter(label: "retention_deleted_total", dimensions: [("table", table)], factory: factory)
                .increment(by: rows)
        }
        for (chore, time) in result.overdue { overdue[chore]?.record(time / .seconds(1)) }
    }
}
