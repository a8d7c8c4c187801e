import NIOConcurrencyHelpers

extension PrometheusRegistry {
    /// Runs every collector (all at once, each within its time limit), then writes all metrics to the end of `text`.
    public func scrape(into text: inout [UInt8]) async {
        let runs = state.withLockedValue { $0.collectors }
        var readings: [MetricReading] = []
        await withTaskGroup(of: [MetricReading]?.self) { group in
            for run in runs { group.addTask { await run.readings() } }
            for await some in group { readings.append(contentsOf: some ?? []) }
        }
        render(into: &text, readings: readings)
    }

    /// Writes all metrics to the end of `text`, ordered by name and labels, without running collectors.
    ///
    /// - Parameter readings: values for this rendering only. One whose kind is not that of the metric of its name is
    ///   left out and counted as refused.
    public func render(into text: inout [UInt8], readings: [MetricReading] = []) {
        let snapshot = state.withLockedValue { ($0.families, $0.collectors, $0.lastTextSize) }
        let start = text.count
        text.reserveCapacity(start + snapshot.2)

        var families = snapshot.0
        var values: [String: [LabelSet: Double]] = [:]
        for reading in processReadings() + readings + ownReadings(families, snapshot.1) where !reading.value.isNaN {
            guard let name = MetricName.metric(reading.name) else { continue }
            if families[name] == nil {
                families[name] = MetricFamily(
                    name: name,
                    kind: reading.kind,
                    help: catalogue[name]?.help ?? Self.ownHelp[name] ?? "",
                    buckets: []
                )
            }
            guard let kind = families[name]?.kind, kind == reading.kind, kind != .histogram else {
                state.withLockedValue { $0.refused[.kindConflict, default: 0] += 1 }
                continue
            }
            let count = values[name]?.count ?? 0
            if count < seriesLimit || values[name]?[reading.labels] != nil {
                values[name, default: [:]][reading.labels] = reading.value
            }
        }
        for name in families.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            families[name]?.append(readings: values[name] ?? [:], into: &text)
        }
        let size = text.count - start
        state.withLockedValue { $0.lastTextSize = size + 512 }
    }

    private static let ownHelp = [
        "metrics_series_overflow_total":
            "Look-ups of a series beyond the bound of its metric; their values went to the series `other`.",
        "metrics_refused_total": "Metrics asked for that are not exposed, by reason.",
        "metrics_collector_failures_total":
            "Readings that failed or took too long and were absent from a scrape, by collector.",
    ]

    /// What the registry says about itself.
    private func ownReadings(_ families: [String: MetricFamily], _ runs: [CollectorRun]) -> [MetricReading] {
        let refused = state.withLockedValue { $0.refused }
        var readings = RefusalReason.allCases.map { reason in
            MetricReading.counter(
                "metrics_refused_total",
                labels: [("reason", reason.rawValue)],
                Double(refused[reason] ?? 0)
            )
        }
        for family in families.values where family.overflowCount > 0 {
            readings.append(
                .counter(
                    "metrics_series_overflow_total",
                    labels: [("metric", family.name)],
                    Double(family.overflowCount)
                )
            )
        }
        for run in runs {
            readings.append(
                .counter(
                    "metrics_collector_failures_total",
                    labels: [("collector", run.collector.name)],
                    Double(run.failures)
                )
            )
        }
        return readings
    }
}
