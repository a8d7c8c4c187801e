/// The width of the steps in which it is known how often an error happened.
public enum SeriesInterval: String, Sendable, CaseIterable {
    case minute, hour

    /// As in `error_series.width_seconds`.
    public var widthSeconds: UInt16 { self == .minute ? 60 : 3_600 }

    /// Minutes of one step.
    public var widthMinutes: UInt32 { self == .minute ? 1 : 60 }

    /// How long its counts are kept, minutes: a day, with an hour to spare for clocks and for the retention's own pace, or 90 days.
    public var keptMinutes: UInt32 { self == .minute ? 25 * 60 : 90 * 24 * 60 }
}
