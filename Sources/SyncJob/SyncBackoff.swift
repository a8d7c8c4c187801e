/// The wait after failures in a row: full jitter, `rand(0, min(limit, base·2ⁿ))`.
package struct SyncBackoff: Sendable {
    private let base: Duration
    private let limit: Duration
    private(set) var failures = 0

    package init(base: Duration, limit: Duration) {
        self.base = base
        self.limit = limit
    }

    package mutating func succeeded() { failures = 0 }

    /// - Parameter random: 0 up to 1.
    package mutating func failed(random: Double) -> Duration {
        // 2^20 times any base above a millisecond is beyond any limit in use; more would only overflow.
        let bound = min(limit, base * (1 << min(failures, 20)))
        failures += 1
        return bound * random
    }
}
