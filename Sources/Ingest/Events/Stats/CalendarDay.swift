/// A day of the calendar, in whatever zone it is meant.
public struct CalendarDay: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01, proleptic Gregorian calendar.
    public let number: Int

    /// Days that statistics can be asked for: 1970-01-01 to 9999-12-31.
    static let numbers = 0...2_932_896

    /// Exactly `YYYY-MM-DD`; nil for any other text, a day no month has, and years before 1970.
    public init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10,
            let milliseconds = bytes.withUnsafeBytes({ EventTime.milliseconds(iso8601: $0) })
        else { return nil }
        let number = Int(milliseconds.dividedDown(by: 86_400_000))
        guard Self.numbers.contains(number) else { return nil }
        self.number = number
    }

    public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}
