import PrometheusExposition

/// What a registry renders, for comparing.
enum RenderedText {
    /// A registry that exposes nothing of the process it runs in.
    static func registry(
        _ catalogue: MetricCatalogue = [:],
        seriesLimit: Int = PrometheusRegistry.defaultSeriesLimit,
        metricLimit: Int = PrometheusRegistry.defaultMetricLimit
    ) -> PrometheusRegistry {
        PrometheusRegistry(catalogue: catalogue, seriesLimit: seriesLimit, metricLimit: metricLimit) { [] }
    }

    static func of(_ registry: PrometheusRegistry, readings: [MetricReading] = []) -> String {
        var bytes: [UInt8] = []
        registry.render(into: &bytes, readings: readings)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func scrape(_ registry: PrometheusRegistry) async -> String {
        var bytes: [UInt8] = []
        await registry.scrape(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The sample lines whose metric name begins with `prefix`.
    static func samples(_ prefix: String, in text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { $0.hasPrefix(prefix) }
    }
}
