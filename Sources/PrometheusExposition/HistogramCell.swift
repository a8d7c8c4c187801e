import CoreMetrics
import Synchronization

/// A histogram with fixed bucket bounds: a record is a scan of the bounds, one atomic add and one exchange of the sum.
///
/// `@unchecked Sendable`: `counts` is allocated in `init`, freed in `deinit`, never moved, and holds atomics only;
/// `bounds` and
/// `boundTexts` never change.
final class HistogramCell: RecorderHandler, TimerHandler, MetricCell, @unchecked Sendable {
    private let bounds: [Double]
    private let boundTexts: [String]
    /// One count for each bound, not cumulated, and a last one for what lies beyond all of them.
    private let counts: UnsafeMutablePointer<Atomic<UInt64>>
    private let sum = AtomicDouble(0)

    /// - Parameter bounds: ascending and finite.
    init(bounds: [Double]) {
        self.bounds = bounds
        boundTexts = bounds.map { [UInt8].expositionNumber($0) } + ["+Inf"]
        counts = .allocate(capacity: bounds.count + 1)
        for index in 0...bounds.count { (counts + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize(count: bounds.count + 1)
        counts.deallocate()
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// What is not a finite number is left out: it would spoil the sum for good.
    func record(_ value: Double) {
        guard value.isFinite else { return }
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts[index].wrappingAdd(1, ordering: .relaxed)
        sum.add(value)
    }

    /// Times are exposed in seconds.
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }

    func appendSamples(name: String, labels: LabelSet, into text: inout [UInt8]) {
        // `_count` is made from the same readings as the buckets, so that the two never disagree within one scrape.
        var cumulated: UInt64 = 0
        for (index, bound) in boundTexts.enumerated() {
            cumulated &+= counts[index].load(ordering: .relaxed)
            text.appendSample(name: name, suffix: "_bucket", labels: labels, le: bound, value: Double(cumulated))
        }
        text.appendSample(name: name, suffix: "_sum", labels: labels, value: sum.load())
        text.appendSample(name: name, suffix: "_count", labels: labels, value: Double(cumulated))
    }
}
