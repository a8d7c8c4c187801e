/// Reading and writing points in time as Unix milliseconds, and deciding which of them to believe. Proleptic Gregorian
/// calendar, UTC, no leap seconds; no time zone data is needed.
public enum EventTime {
    /// Numbers under this are seconds, others milliseconds: as seconds it is the year 5138, as milliseconds 1973.
    private static let smallestMilliseconds: Int64 = 100_000_000_000

    /// Whether a client's time is taken as the time of an event received at `received`.
    public static func isBelievable(_ milliseconds: Int64, receivedAt received: Int64) -> Bool {
        milliseconds >= received - ErrorLimits.oldestMilliseconds
            && milliseconds <= received + ErrorLimits.newestMilliseconds
    }

    /// Reads a text: ISO 8601 (`2026-01-31`, `2026-01-31T10:20`, seconds and fractions with `.` or `,` if wanted, `Z`, `±hh`,
    /// `±hhmm` or `±hh:mm`; `T` may be a space; date only = 00:00, no zone = UTC), or Unix seconds or milliseconds in decimal.
    public static func milliseconds(text: UnsafeRawBufferPointer) -> Int64? {
        if let time = milliseconds(iso8601: text) { return time }
        return isNumber(text) ? milliseconds(number: text) : nil
    }

    /// Reads ISO 8601 in the forms of `milliseconds(text:)`, and nothing else.
    static func milliseconds(iso8601 text: UnsafeRawBufferPointer) -> Int64? {
        var reader = DigitReader(text)
        return iso8601(&reader)
    }

    /// Reads a JSON number: Unix seconds or milliseconds, fractions allowed. Nil when it does not fit into 64 bits.
    public static func milliseconds(number: UnsafeRawBufferPointer) -> Int64? {
        guard !number.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else {
            guard let value = Double(String(decoding: number, as: UTF8.self)), value.magnitude < 0x1p63 else {
                return nil
            }
            return value.magnitude < Double(smallestMilliseconds) ? Int64(value * 1000) : Int64(value)
        }
        var reader = DigitReader(number)
        let isNegative = reader.take(UInt8(ascii: "-"))
        guard let whole = reader.number() else { return nil }
        var milliseconds = whole
        if whole < smallestMilliseconds {
            milliseconds *= 1000
            if reader.take(UInt8(ascii: ".")) { milliseconds += reader.thousandths() ?? 0 }
        }
        return isNegative ? -milliseconds : milliseconds
    }

    /// Appends `YYYY-MM-DDThh:mm:ss.sssZ`.
    public static func appendISO8601(milliseconds: Int64, to output: inout [UInt8]) {
        let day = milliseconds.dividedDown(by: 86_400_000)
        var rest = Int(milliseconds - day * 86_400_000)
        let date = civil(fromDays: day)
        output.append(digits: Int(date.year), width: 4)
        output.append(UInt8(ascii: "-"))
        output.append(digits: date.month, width: 2)
        output.append(UInt8(ascii: "-"))
        output.append(digits: date.day, width: 2)
        output.append(UInt8(ascii: "T"))
        output.append(digits: rest / 3_600_000, width: 2)
        output.append(UInt8(ascii: ":"))
        rest %= 3_600_000
        output.append(digits: rest / 60_000, width: 2)
        output.append(UInt8(ascii: ":"))
        rest %= 60_000
        output.append(digits: rest / 1000, width: 2)
        output.append(UInt8(ascii: "."))
        output.append(digits: rest % 1000, width: 3)
        output.append(UInt8(ascii: "Z"))
    }

    // MARK: - ISO 8601

    private static func iso8601(_ reader: inout DigitReader) -> Int64? {
        guard let year = reader.number(width: 4), year >= 1, reader.take(UInt8(ascii: "-")),
            let month = reader.number(width: 2), (1...12).contains(month), reader.take(UInt8(ascii: "-")),
            let day = reader.number(width: 2), day >= 1, day <= daysIn(month: month, year: year)
        else { return nil }
        let midnight = days(year: year, month: month, day: day) * 86_400_000
        guard !reader.isAtEnd else { return midnight }
        guard reader.take(UInt8(ascii: "T")) || reader.take(UInt8(ascii: "t")) || reader.take(UInt8(ascii: " ")),
            let hour = reader.number(width: 2), hour <= 23, reader.take(UInt8(ascii: ":")),
            let minute = reader.number(width: 2), minute <= 59
        else { return nil }
        var time = midnight + (hour * 60 + minute) * 60_000
        if reader.take(UInt8(ascii: ":")) {
            // 60 is a leap second: the first moment of the next minute.
            guard let second = reader.number(width: 2), second <= 60 else { return nil }
            time += second * 1000
            if reader.take(UInt8(ascii: ".")) || reader.take(UInt8(ascii: ",")) {
                guard let thousandths = reader.thousandths() else { return nil }
                time += thousandths
            }
        }
        guard let offset = zoneMinutes(&reader), reader.isAtEnd else { return nil }
        return time - offset * 60_000
    }

    /// Minutes east of Greenwich; 0 when there is no zone; nil when there is something else.
    private static func zoneMinutes(_ reader: inout DigitReader) -> Int64? {
        if reader.isAtEnd || reader.take(UInt8(ascii: "Z")) || reader.take(UInt8(ascii: "z")) { return 0 }
        let isWest = reader.take(UInt8(ascii: "-"))
        guard isWest || reader.take(UInt8(ascii: "+")), let hours = reader.number(width: 2), hours <= 23 else {
            return nil
        }
        var minutes: Int64 = 0
        if !reader.isAtEnd {
            _ = reader.take(UInt8(ascii: ":"))
            guard let read = reader.number(width: 2), read <= 59 else { return nil }
            minutes = read
        }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
        var reader = DigitReader(text)
        _ = reader.take(UInt8(ascii: "-"))
        guard reader.number() != nil else { return false }
        return reader.isAtEnd || (reader.take(UInt8(ascii: ".")) && reader.thousandths() != nil && reader.isAtEnd)
    }

    // MARK: - Calendar

    private static func daysIn(month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 0000-03-01 to 1970-01-01. Years that begin in March have the odd day at their end.
    private static let epochDay: Int64 = 719_468

    /// Days since 1970-01-01.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let monthFromMarch = (month + 9) % 12
        return year * 365 + year / 4 - year / 100 + year / 400 + (monthFromMarch * 153 + 2) / 5 + day - 1 - epochDay
    }

    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int, day: Int) {
        let shifted = days + epochDay
        let era = shifted.dividedDown(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (dayOfYear * 5 + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, Int(month), Int(dayOfYear - (monthFromMarch * 153 + 2) / 5 + 1))
    }
}

extension [UInt8] {
    /// Appends a number with leading zeros; one that is wider is written whole.
    fileprivate mutating func append(digits value: Int, width: Int) {
        var power = 1
        for _ in 1..<width { power *= 10 }
        while power > Swift.max(value, 1) {
            append(UInt8(ascii: "0"))
            power /= 10
        }
        append(decimal: value)
    }
}
