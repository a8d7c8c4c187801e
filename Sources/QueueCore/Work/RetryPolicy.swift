/// How long to wait before the next attempt: full jitter, `rand(0, min(cap, base · 2ⁿ))`.
///
/// Full jitter spreads many clients over the whole interval, so that they do not come back together.
public struct RetryPolicy: Sendable, Hashable {
    public var base: Duration
    public var cap: Duration

    public init(base: Duration = .milliseconds(100), cap: Duration = .seconds(30)) {
        self.base = base
        self.cap = cap
    }

    /// The longest wait after `failures` failures before the last one (0 for the first).
    public func ceiling(after failures: Int) -> Duration {
        // Beyond 2⁴⁰ every base worth its name is over the cap; the bound keeps the product from overflowing.
        min(cap, base * (1 << min(max(0, failures), 40)))
    }

    public func delay(after failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        ceiling(after: failures) * Double.random(in: 0...1, using: &random)
    }
}
