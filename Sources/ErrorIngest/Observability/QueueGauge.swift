import NIOConcurrencyHelpers
import QueueCore
import ServiceLifecycle

/// Reads the depth of one queue, all shards together, every second: for the `Retry-After` of what is refused, and for
/// `GET /pipelines`.
final class QueueGauge: Service {
    static let interval: Duration = .seconds(1)

    /// A queue as the gauge sees it: its depth, and how many records were ever acknowledged.
    typealias Probe = @Sendable () async throws -> (depth: QueueDepth, acknowledged: Int64)

    /// Of all shards together.
    let limits: QueueLimits
    private let probe: Probe
    private let gauge: NIOLockedValueBox<DrainGauge>
    private let clock = SystemQueueClock()

    init(limits: QueueLimits, probe: @escaping Probe) {
        self.limits = limits
        self.probe = probe
        gauge = NIOLockedValueBox(DrainGauge(limits: limits))
    }

    /// Nil when the last reading failed.
    var reading: DrainGauge.Reading? { gauge.withLockedValue { $0.reading } }

    /// Seconds until the queue should have room again.
    var retryAfterSeconds: Int { gauge.withLockedValue { $0.retryAfterSeconds } }

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
            gauge.withLockedValue { $0.noteFailure() }
            return
        }
        let now = clock.uptime
        gauge.withLockedValue { $0.note(depth, acknowledged: acknowledged, at: now) }
    }
}
