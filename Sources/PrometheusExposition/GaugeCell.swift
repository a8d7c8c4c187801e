import CoreMetrics

/// A value that goes up and down. Until it is set, after ``withdraw()``, and when set to not-a-number it is absent from
/// the exposition: a reading nobody has must not look like 0.
final class GaugeCell: RecorderHandler, MeterHandler, MetricCell {
    private let value = AtomicDouble(.nan)

    func record(_ value: Int64) { self.value.store(Double(value)) }

    func record(_ value: Double) { self.value.store(value) }

    func set(_ value: Int64) { self.value.store(Double(value)) }

    func set(_ value: Double) { self.value.store(value) }

    func increment(by amount: Double) { value.update { ($0.isNaN ? 0 : $0) + amount } }

    func decrement(by amount: Double) { value.update { ($0.isNaN ? 0 : $0) - amount } }

    func withdraw() { value.store(.nan) }

    func appendSamples(name: String, labels: LabelSet, into text: inout [UInt8]) {
        let current = value.load()
        guard !current.isNaN else { return }
        text.appendSample(name: name, labels: labels, value: current)
    }
}
