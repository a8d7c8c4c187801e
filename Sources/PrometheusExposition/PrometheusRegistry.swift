import NIOConcurrencyHelpers

/// All metrics of a process: a backend for swift-metrics that keeps the values and writes them in the text exposition
/// format 0.0.4.
///
/// Increments, sets and records touch atomics only. Making a `Counter`, `Gauge`, `Timer` or `Recorder` takes a lock and
/// a look-up: on a hot path make it once and keep it. Two with the same name and labels share one series.
///
/// Bounds: ``seriesLimit`` series a metric, then all values go to one more whose labels read `other`, and
/// `metrics_series_overflow_total{metric}` counts them; ``metricLimit`` metrics, and what is beyond, or asks for a name
/// in use by another kind, works but is exposed nowhere and is counted in `metrics_refused_total{reason}`.
public final class PrometheusRegistry: Sendable {
    /// Value of the `Content-Type` header.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    public static let defaultSeriesLimit = 200
    public static let defaultMetricLimit = 500

    struct State {
        var families: [String: MetricFamily] = [:]
        var refused: [RefusalReason: UInt64] = [:]
        var collectors: [CollectorRun] = []
        /// What the last rendering took, to reserve as much for the next.
        var lastTextSize = 4_096
    }

    enum RefusalReason: String, Sendable, CaseIterable {
        case kindConflict = "kind_conflict"
        case tooManyMetrics = "too_many_metrics"
        case invalidName = "invalid_name"
    }

    public let seriesLimit: Int
    public let metricLimit: Int
    let catalogue: MetricCatalogue
    let processReadings: @Sendable () -> [MetricReading]
    let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - catalogue: help texts and buckets by metric name.
    ///   - seriesLimit: series of one metric, without the one for what is beyond; at least 1.
    ///   - metricLimit: metric names; at least 1.
    ///   - processReadings: what every rendering adds; by default `process_*` of this process, read from `/proc`.
    public init(
        catalogue: MetricCatalogue = .service,
        seriesLimit: Int = defaultSeriesLimit,
        metricLimit: Int = defaultMetricLimit,
        processReadings: @escaping @Sendable () -> [MetricReading] = { ProcessReader().readings() }
    ) {
        self.catalogue = catalogue
        self.seriesLimit = max(1, seriesLimit)
        self.metricLimit = max(1, metricLimit)
        self.processReadings = processReadings
    }

    /// Adds something to be read at every scrape.
    public func add(_ collector: MetricCollector) {
        let run = CollectorRun(collector)
        state.withLockedValue { $0.collectors.append(run) }
    }

    /// The series for a name and labels. Never fails: what cannot be exposed gets a series of its own that is not.
    func cell<Cell: MetricCell>(
        _ rawName: String,
        _ kind: MetricKind,
        _ dimensions: [(String, String)],
        defaultBuckets: [Double] = [],
        make: ([Double]) -> Cell
    ) -> Cell {
        guard let name = MetricName.metric(rawName) else {
            state.withLockedValue { $0.refused[.invalidName, default: 0] += 1 }
            return make(defaultBuckets)
        }
        return state.withLockedValue { state in
            if state.families[name] == nil {
                guard state.families.count < metricLimit else {
                    state.refused[.tooManyMetrics, default: 0] += 1
                    return make(defaultBuckets)
                }
                let description = catalogue[name]
                let buckets = kind == .histogram ? description?.buckets ?? defaultBuckets : []
                state.families[name] = MetricFamily(
                    name: name,
                    kind: kind,
                    help: description?.help ?? "",
                    buckets: buckets
                )
            }
            guard state.families[name]?.kind == kind,
                let cell = state.families[name]?.cell(for: dimensions, limit: seriesLimit, make: make) as? Cell
            else {
                state.refused[.kindConflict, default: 0] += 1
                return make(defaultBuckets)
            }
            return cell
        }
    }
}
