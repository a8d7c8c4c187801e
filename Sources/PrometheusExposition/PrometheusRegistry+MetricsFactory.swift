public import CoreMetrics

/// Nothing is forgotten on `destroy`: the series may be shared, and a counter that goes away and comes back reads as a
/// restart. A destroyed gauge has no value until it is set again.
extension PrometheusRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        cell(label, .counter, dimensions) { _ in CounterCell() }
    }

    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        cell(label, .counter, dimensions) { _ in FloatingPointCounterCell() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        cell(label, .gauge, dimensions) { _ in GaugeCell() }
    }

    /// `aggregate` makes a histogram, else a gauge.
    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return cell(label, .gauge, dimensions) { _ in GaugeCell() } }
        return cell(label, .histogram, dimensions, defaultBuckets: MetricDescription.sizeBuckets) {
            HistogramCell(bounds: $0)
        }
    }

    /// A histogram in seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        cell(label, .histogram, dimensions, defaultBuckets: MetricDescription.timeBuckets) {
            HistogramCell(bounds: $0)
        }
    }

    public func destroyCounter(_ handler: any CounterHandler) {}

    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}

    public func destroyMeter(_ handler: any MeterHandler) { (handler as? any MetricCell)?.withdraw() }

    public func destroyRecorder(_ handler: any RecorderHandler) { (handler as? any MetricCell)?.withdraw() }

    public func destroyTimer(_ handler: any TimerHandler) {}
}
