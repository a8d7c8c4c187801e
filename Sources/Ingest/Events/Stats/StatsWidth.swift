/// The width of the steps in which views are counted. The raw value is the width in seconds, as in `event_stats.width_seconds`.
public enum StatsWidth: Int, Sendable, CaseIterable {
    /// All of time, in one step: slot 0.
    case ever = 0
    /// Kept for two days.
    case minute = 60
    /// What a day of any zone is made of.
    case quarterHour = 900
    /// A UTC day; with its users.
    case day = 86_400

    /// The slot a moment lies in: Unix seconds divided by the width, down; 0 for all of time.
    public func slot(ofMilliseconds milliseconds: Int64) -> Int {
        self == .ever ? 0 : Int(milliseconds.dividedDown(by: 1_000 * Int64(rawValue)))
    }
}
