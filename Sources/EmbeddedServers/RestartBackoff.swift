/// How long to wait before a dead server is started again.
package struct RestartBackoff: Sendable {
    /// After this long up, a death counts as the first one again.
    package static let stableAfter = Duration.seconds(30)
    private static let first = Duration.milliseconds(100)
    private static let longest = Duration.seconds(10)

    private var next = RestartBackoff.first

    package init() {}

    /// 100 ms, doubled with each death soon after a start, up to 10 s.
    package mutating func delay(afterRunning uptime: Duration) -> Duration {
        if uptime >= Self.stableAfter { next = Self.first }
        defer { next = min(next * 2, Self.longest) }
        return next
    }
}
