import CoreMetrics
import Synchronization

/// A counter of whole numbers: one relaxed atomic add an increment.
final class CounterCell: CounterHandler, MetricCell {
    private let value = Atomic<Int64>(0)

    /// A counter never falls: what is not positive is left out.
    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        value.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() { value.store(0, ordering: .relaxed) }

    func appendSamples(name: String, labels: LabelSet, into text: inout [UInt8]) {
        text.appendSample(name: name, labels: labels, value: Double(value.load(ordering: .relaxed)))
    }
}
