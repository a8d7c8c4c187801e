import CoreMetrics
import Ingest

/// `ingest_total{path,outcome}` of one event loop.
struct IngestMetrics {
    private let outcomes: [ItemOutcome: Counter]

    /// - Parameter path: `errors` or `events`.
    init(path: String) {
        outcomes = Dictionary(
            uniqueKeysWithValues: ItemOutcome.allCases.map { outcome in
                let dimensions = [("path", path), ("outcome", outcome.rawValue)]
                return (outcome, Counter(label: "ingest_total", dimensions: dimensions))
            }
        )
    }

    func ingested(_ outcome: ItemOutcome) {
        outcomes[outcome]?.increment(by: 1)
    }

    func ingested(_ items: some Sequence<ItemOutcome>) {
        for outcome in items { ingested(outcome) }
    }
}
