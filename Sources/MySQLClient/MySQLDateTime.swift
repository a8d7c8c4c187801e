/// A DATETIME's parts and Unix milliseconds, both in UTC and in the proleptic Gregorian calendar, as the server
/// reckons.
package struct MySQLDateTime: Sendable, Hashable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var millisecond: Int

    package static let millisecondsPerDay: Int64 = 86_400_000
    /// What a DATETIME column holds: 0001-01-01 00:00:00.000 to 9999-12-31 23:59:59.999.
    package static let representable: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999

    package init(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// nil outside the representable range.
    package init?(milliseconds: Int64) {
        guard Self.representable.contains(milliseconds) else { return nil }
        // Counting days from 0001-01-01 keeps every division below on non-negative numbers.
        let sinceYearOne = milliseconds - Self.representable.lowerBound
        var days = Int(sinceYearOne / Self.millisecondsPerDay)
        let inDay = Int(sinceYearOne % Self.millisecondsPerDay)

        let fourCenturies = days / 146_097
        days %= 146_097
        // The last century of four and the last year of four are one day longer: hence the caps.
        let century = min(days / 36_524, 3)
        days -= century * 36_524
        let fourYears = days / 1_461
        days %= 1_461
        let yearOfFour = min(days / 365, 3)
        days -= yearOfFour * 365

        year = fourCenturies * 400 + century * 100 + fourYears * 4 + yearOfFour + 1
        month = 1
        while days >= Self.daysInMonth(month, year: year) {
            days -= Self.daysInMonth(month, year: year)
            month += 1
        }
        day = days + 1
        hour = inDay / 3_600_000
        minute = inDay / 60_000 % 60
        second = inDay / 1_000 % 60
        millisecond = inDay % 1_000
    }

    /// nil for a date that doesn't exist, zero dates among them.
    package var milliseconds: Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), (0...23).contains(hour), (0...59).contains(minute),
            (0...59).contains(second), (0...999).contains(millisecond),
            day >= 1, day <= Self.daysInMonth(month, year: year)
        else { return nil }
        let before = year - 1
        var days = before * 365 + before / 4 - before / 100 + before / 400
        for earlier in 1..<month {
            days += Self.daysInMonth(earlier, year: year)
        }
        days += day - 1
        let inDay = ((hour * 60 + minute) * 60 + second) * 1_000 + millisecond
        return Self.representable.lowerBound + Int64(days) * Self.millisecondsPerDay + Int64(inDay)
    }

    private static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}
