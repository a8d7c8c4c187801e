/// Occurrences of one stretch of time: a minute, or an hour when they were older than a day on arrival.
public struct SeriesSlot: Sendable, Hashable {
    /// Minutes between two starts of an hour.
    private static let minutesInHour: Int64 = 60
    /// Milliseconds after which an occurrence is counted by the hour of its time.
    package static let minuteAge_ms: Int64 = 24 * 60 * 60 * 1000

    /// Minutes since 1970.
    public var startMinute: UInt32
    /// At least 1; stays at the largest value rather than going round.
    public var count: UInt32

    public init(startMinute: UInt32, count: UInt32) {
        self.startMinute = startMinute
        self.count = count
    }

    /// The slot of one occurrence. Both times in Unix milliseconds.
    public init(at milliseconds: Int64, receivedAt receivedMilliseconds: Int64) {
        let minute = max(milliseconds, 0) / 60_000
        let isOld = milliseconds < receivedMilliseconds - Self.minuteAge_ms
        self.init(
            startMinute: UInt32(clamping: isOld ? minute - minute % Self.minutesInHour : minute),
            count: 1
        )
    }

    /// The start of the hour it lies in, minutes since 1970.
    public var hourStartMinute: UInt32 { startMinute - startMinute % UInt32(Self.minutesInHour) }
}
