import CoreMetrics
import NIOConcurrencyHelpers

/// A duration metric with one series per operation, made when it is first seen. Operations are named by this program, so there
/// are few.
final class OperationMetrics: Sendable {
    private let label: String
    private let timers = NIOLockedValueBox<[String: Timer]>([:])

    init(label: String) {
        self.label = label
    }

    func record(_ operation: String, nanoseconds: Int64) {
        let timer = timers.withLockedValue { all in
            if let found = all[operation] { return found }
            let made = Timer(label: label, dimensions: [("operation", operation)])
            all[operation] = made
            return made
        }
        timer.recordNanoseconds(nanoseconds)
    }

    var redisObserver: @Sendable (String, Int64, Bool) -> Void {
        { operation, nanoseconds, _ in self.record(operation, nanoseconds: nanoseconds) }
    }

    var mysqlObserver: @Sendable (String, UInt64, Bool) -> Void {
        { operation, nanoseconds, _ in self.record(operation, nanoseconds: Int64(clamping: nanoseconds)) }
    }
}
