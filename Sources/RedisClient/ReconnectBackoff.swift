package import NIOCore

/// How long to wait before the next attempt: doubles from `shortest` to `longest`, times a random factor of ½…1.
package struct ReconnectBackoff {
    private let shortest: TimeAmount
    private let longest: TimeAmount
    private var failures = 0

    package init(shortest: Duration, longest: Duration) {
        self.shortest = TimeAmount(shortest)
        self.longest = TimeAmount(longest)
    }

    package mutating func next(using random: inout some RandomNumberGenerator) -> TimeAmount {
        var ceiling = shortest.nanoseconds
        for _ in 0..<failures where ceiling < longest.nanoseconds { ceiling *= 2 }
        ceiling = max(1, min(ceiling, longest.nanoseconds))
        // 2³² times the shortest pause is beyond any longest one worth configuring.
        failures = min(failures + 1, 32)
        return .nanoseconds(Int64.random(in: (ceiling + 1) / 2...ceiling, using: &random))
    }

    package mutating func reset() {
        failures = 0
    }
}
