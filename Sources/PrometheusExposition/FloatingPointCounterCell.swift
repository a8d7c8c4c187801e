import CoreMetrics

/// A counter of amounts that are not whole.
final class FloatingPointCounterCell: FloatingPointCounterHandler, MetricCell {
    private let value = AtomicDouble(0)

    /// A counter never falls: what is not a positive finite amount is left out.
    func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        value.add(amount)
    }

    func reset() { value.store(0) }

    func appendSamples(name: String, labels: LabelSet, into text: inout [UInt8]) {
        text.appendSample(name: name, labels: labels, value: value.load())
    }
}
