/// What `GET /errors/{fingerprint}/timeseries` asks for, brought to whole steps that are kept.
public struct SeriesQuery: Sendable, Equatable {
    public var interval: SeriesInterval
    /// Minutes since 1970; both ends are multiples of the interval's width. At most `SeriesInterval.keptMinutes` long.
    public var minutes: Range<UInt32>

    /// - Parameters:
    ///   - since: Unix milliseconds; nil is an hour ago by minute, a day ago by hour. Earlier than what is kept: what is kept.
    ///   - until: Unix milliseconds, exclusive but for the step it lies in; nil is now.
    ///   - now: Unix milliseconds.
    /// - Returns: nil when nothing lies between the two.
    public init?(interval: SeriesInterval, since: Int64?, until: Int64?, now: Int64) {
        let width = Int64(interval.widthMinutes)
        let oldest = now / 60_000 - Int64(interval.keptMinutes)
        let standard = now / 60_000 - (interval == .minute ? 59 : 23 * 60)
        let first = max(since.map { $0.dividedDown(by: 60_000) } ?? standard, oldest, 0)
        // Reports may be a few minutes ahead of our clock; nothing is counted later than that.
        let last = min((until ?? now).dividedDown(by: 60_000), now / 60_000 + 2 * 60)
        guard first <= last else { return nil }
        let start = first - first % width
        let end = last - last % width + width
        guard let lower = UInt32(exactly: start), let upper = UInt32(exactly: end) else { return nil }
        self.interval = interval
        self.minutes = lower..<upper
    }
}
