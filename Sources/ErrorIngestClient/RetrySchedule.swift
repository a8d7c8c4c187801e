/// The wait after failures in a row: full jitter, `rand(0, min(limit, 500 ms · 2ⁿ))`, and what the service asks for on top.
package struct RetrySchedule: Sendable {
    private static let base = Duration.milliseconds(500)
    /// What a `Retry-After` may ask for at most: a slip of the pen must not silence a client for a day.
    package static let longestRetryAfter = Duration.seconds(300)

    private let limit: Duration
    private var failures = 0

    package init(limit: Duration) {
        self.limit = limit
    }

    package mutating func succeeded() { failures = 0 }

    /// - Parameters:
    ///   - retryAfter: of the answer, if any.
    ///   - random: 0 up to 1.
    package mutating func failed(retryAfter: Duration?, random: Double) -> Duration {
        // 2^20 times the base is beyond any limit; more would only overflow.
        let bound = min(limit, Self.base * (1 << min(failures, 20)))
        failures += 1
        return min(retryAfter ?? .zero, Self.longestRetryAfter) + bound * random
    }
}
