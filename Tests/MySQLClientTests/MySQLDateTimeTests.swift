import MySQLClient
import Testing

@Suite struct MySQLDateTimeTests {
    @Test(
        arguments: [
            (0, 1970, 1, 1, 0, 0, 0, 0),
            (-1, 1969, 12, 31, 23, 59, 59, 999),
            (951_782_400_000, 2000, 2, 29, 0, 0, 0, 0),
            (1_709_251_199_999, 2024, 2, 29, 23, 59, 59, 999),
            (4_107_542_400_000, 2100, 3, 1, 0, 0, 0, 0),
            (-62_135_596_800_000, 1, 1, 1, 0, 0, 0, 0),
            (253_402_300_799_999, 9999, 12, 31, 23, 59, 59, 999),
            (1_735_689_599_001, 2024, 12, 31, 23, 59, 59, 1),
        ] as [(Int64, Int, Int, Int, Int, Int, Int, Int)])
    func knownDates(
        milliseconds: Int64, year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
    ) {
        let parts = MySQLDateTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond
        )
        #expect(MySQLDateTime(milliseconds: milliseconds) == parts)
        #expect(parts.milliseconds == milliseconds)
    }

    @Test func everyDayOfEightCenturiesComesBack() {
        var day = MySQLDateTime.representable.lowerBound
        var previous: MySQLDateTime?
        for _ in 0..<300_000 {
            let parts = MySQLDateTime(milliseconds: day)
            #expect(parts?.milliseconds == day)
            if let parts, let previous {
                let isNextDay = parts.day == previous.day + 1 && parts.month == previous.month
                #expect(isNextDay || parts.day == 1)
            }
            previous = parts
            day += MySQLDateTime.millisecondsPerDay
        }
    }

    @Test func outsideTheRangeIsRefused() {
        #expect(MySQLDateTime(milliseconds: MySQLDateTime.representable.upperBound + 1) == nil)
        #expect(MySQLDateTime(milliseconds: MySQLDateTime.representable.lowerBound - 1) == nil)
    }

    @Test(arguments: [
        (2023, 2, 29), (1900, 2, 29), (2024, 13, 1), (2024, 0, 1), (0, 0, 0), (2024, 4, 31), (2024, 1, 0),
    ])
    func datesThatDoNotExist(year: Int, month: Int, day: Int) {
        let parts = MySQLDateTime(year: year, month: month, day: day, hour: 0, minute: 0, second: 0, millisecond: 0)
        #expect(parts.milliseconds == nil)
    }

    @Test(
        arguments: [
            ("1970-01-01 00:00:00.001", 1), ("1970-01-02", 86_400_000), ("1970-01-01 00:00:01", 1_000),
            ("1970-01-01 00:00:00.5", 500), ("1970-01-01 00:00:00.123999", 123), ("1970-01-01 0:00:00", nil),
            ("soon", nil),
        ] as [(String, Int64?)])
    func texts(text: String, milliseconds: Int64?) {
        var text = text
        let parsed = text.withUTF8 { MySQLDateTime(text: UnsafeRawBufferPointer($0))?.milliseconds }
        #expect(parsed == milliseconds)
    }
}
