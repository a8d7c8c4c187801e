import NIOConcurrencyHelpers
import QueueCore
import ServiceLifecycle

/// Reads the depth of the queues every second: for the metrics, and for the `Retry-After` of what is refused.
///
/// The drain rate is what left the queue between two readings, smoothed. When MySQL stands still the rate decays, and the
/// answer grows to its limit.
final class QueueGauge: Service {
    static let interval: Duration = .seconds(1)
    /// Bounds of a `Retry-After`, seconds.
    static let retryAfterRange = 1...60
    /// A refused reporter may come back when this share of the limit is free.
    private static let freeShare = 0.1

    struct Reading: Sendable {
        var depth: QueueDepth
        /// Records a second, smoothed; nil until two readings are there.
        var drainRate: Double?
    }

    /// A queue as the gauge sees it: its depth, and how many records were ever acknowledged.
    typealias Probe = @Sendable () async throws -> (depth: QueueDepth, acknowledged: Int64)

    private let limits: QueueLimits
    private let probe: Probe
    private let state = NIOLockedValueBox<State>(State())

    private struct State {
        var reading: Reading?
        var acknowledged: Int64?
        var readAt = ContinuousClock.now
    }

    init(limits: QueueLimits, probe: @escaping Probe) {
        self.limits = limits
        self.probe = probe
    }

    /// Nil when the last reading failed.
    var reading: Reading? { state.withLockedValue { $0.reading } }

    /// Seconds until the queue should have room again.
    var retryAfterSeconds: Int {
        guard let reading, let rate = reading.drainRate, rate > 0.1 else { return 10 }
        let records = Double(reading.depth.records)
        let bytesPerRecord = max(Double(reading.depth.bytes) / max(records, 1), 1)
        let excess = max(
            records - Double(limits.maxRecords) * (1 - Self.freeShare),
            (Double(reading.depth.bytes) - Double(limits.maxBytes) * (1 - Self.freeShare)) / bytesPerRecord,
            0
        )
        let seconds = min((excess / rate).rounded(.up), Double(Self.retryAfterRange.upperBound))
        return max(Int(seconds), Self.retryAfterRange.lowerBound)
    }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await self.look()
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func look() async {
        guard let (depth, acknowledged) = try? await probe() else {
            state.withLockedValue { $0 = State() }
            return
        }
        let now = ContinuousClock.now
        state.withLockedValue { state in
            var rate = state.reading?.drainRate
            if let before = state.acknowledged, acknowledged >= before {
                let seconds = max((now - state.readAt) / .seconds(1), 0.001)
                let latest = Double(acknowledged - before) / seconds
                rate = rate.map { $0 * 0.7 + latest * 0.3 } ?? latest
            }
            state = State(reading: Reading(depth: depth, drainRate: rate), acknowledged: acknowledged, readAt: now)
        }
    }
}
