/// How far another clock is from ours, estimated by asking it: the answer is taken to be from half of the round trip.
struct ClockOffset: Sendable {
    /// Above it, somebody should look.
    static let tolerable_ms: Int64 = 1_000
    /// Above it, times are wrong enough to matter: event times are accepted up to five minutes ahead of the clock.
    static let bearable_ms: Int64 = 60_000

    /// Positive when the other clock is ahead.
    let milliseconds: Int64
    let roundTrip_ms: Int64

    init(askedAt: Int64, answeredAt: Int64, other: Int64) {
        roundTrip_ms = max(0, answeredAt - askedAt)
        milliseconds = other - (askedAt + (answeredAt - askedAt) / 2)
    }

    func finding(_ name: String, _ server: String) -> CheckFinding {
        let way = milliseconds >= 0 ? "ahead of" : "behind"
        let seen =
            "\(server)'s clock is \(Self.text(abs(milliseconds))) \(way) this machine's (± \(roundTrip_ms / 2 + 1) ms)"
        let remedy = "Synchronise the clocks of both machines (systemd-timesyncd, chrony)"
        switch abs(milliseconds) - roundTrip_ms / 2 {
        case ...Self.tolerable_ms: return .ok(name, seen)
        case ...Self.bearable_ms: return .warning(name, .clock, seen, remedy: remedy)
        default: return .failure(name, .clock, seen, remedy: remedy)
        }
    }

    private static func text(_ milliseconds: Int64) -> String {
        milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1_000) s"
    }
}
