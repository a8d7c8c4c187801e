/// Dates with or without a time of day. A time alone is left to the rule for numbers, which gives `10:15:20` a steady
/// form too. Every look ahead is bounded by the longest date.
extension MessageNormaliser {
    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
    private static let weekdays: [StaticString] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// The word at `start` is the year, the day, the month or the weekday that a date begins with.
    func dateEnd(at start: Int, _ word: WordShape) -> Int? {
        if word.isDecimal {
            guard word.length <= 4, isDateJoint(text[start + word.length]) else { return nil }
            return numericDateEnd(at: start) ?? dayMonthEnd(at: start)
        }
        guard word.digits == 0, (3...9).contains(word.length), text[start].isUppercase else { return nil }
        return namedDateEnd(at: start)
    }

    /// `2024-01-02`, `2024/1/2`, `02/01/2024`, `02-01-2024`, each with an optional time.
    private func numericDateEnd(at start: Int) -> Int? {
        let first = digits(at: start, atMost: 5)
        let joint = text[start + first]
        guard joint == UInt8(ascii: "-") || joint == UInt8(ascii: "/") else { return nil }
        let second = digits(at: start + first + 1, atMost: 3)
        let thirdStart = start + first + 1 + second + 1
        guard (1...2).contains(second), text[thirdStart - 1] == joint else { return nil }
        let third = digits(at: thirdStart, atMost: 5)
        guard first == 4 ? (1...2).contains(third) : first <= 2 && third == 4 else { return nil }
        // Part of a path or of a longer code: the numbers are not those of a date.
        guard text[start - 1] != joint, text[thirdStart + third] != joint else { return nil }
        return dateTail(from: thirdStart + third)
    }

    /// `02 Jan 2006`, `2-Jan-2006`, `02/Jan/2006:15:04:05 +0000`, each with an optional time.
    private func dayMonthEnd(at start: Int) -> Int? {
        let day = digits(at: start, atMost: 3)
        guard (1...2).contains(day), isDateJoint(text[start + day]) else { return nil }
        let month = start + day + 1
        guard let monthEnd = nameEnd(at: month, in: Self.months), isDateJoint(text[monthEnd]) else { return nil }
        guard digits(at: monthEnd + 1, atMost: 5) == 4 else { return nil }
        return dateTail(from: monthEnd + 5)
    }

    /// `Tue Jan 02 2024 15:04:05 GMT+0100 (…)`, `Tue, 02 Jan 2024 15:04:05 GMT`, `Jan 2, 2024`, `Jan  2 15:04:05`.
    private func namedDateEnd(at start: Int) -> Int? {
        var index = start
        if let weekdayEnd = nameEnd(at: start, in: Self.weekdays) {
            index = weekdayEnd
            if text[index] == UInt8(ascii: ",") { index += 1 }
            guard text[index] == UInt8(ascii: " ") else { return nil }
            index += 1
            if text[index].isDigit { return dayMonthEnd(at: index) ?? numericDateEnd(at: index) }
        }
        guard let monthEnd = nameEnd(at: index, in: Self.months) else { return nil }
        index = monthEnd
        if text[index] == UInt8(ascii: ".") { index += 1 }
        guard text[index] == UInt8(ascii: " ") else { return nil }
        index += text[index + 1] == UInt8(ascii: " ") ? 2 : 1
        let day = digits(at: index, atMost: 3)
        guard (1...2).contains(day) else { return nil }
        index += day
        // A month and a day alone may be anything ("May 5 users …"): a year or a time must follow.
        let year = yearEnd(from: index)
        let time = timeEnd(from: year ?? index)
        guard let end = time ?? year, !text[end].isWord else { return nil }
        return time != nil && year == nil ? yearEnd(from: end) ?? end : end
    }

    private func yearEnd(from start: Int) -> Int? {
        let index = text[start] == UInt8(ascii: ",") ? start + 1 : start
        guard text[index] == UInt8(ascii: " "), digits(at: index + 1, atMost: 5) == 4 else { return nil }
        return text[index + 5] == UInt8(ascii: ":") ? nil : index + 5
    }

    private func dateTail(from end: Int) -> Int? {
        if let time = timeEnd(from: end) { return time }
        return text[end].isWord ? nil : end
    }

    /// A separator, `hh:mm`, then optionally seconds, a fraction, AM or PM, and a zone.
    private func timeEnd(from start: Int) -> Int? {
        var index = start
        if text[index] == UInt8(ascii: ",") { index += 1 }
        switch text[index] {
        case UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " "), UInt8(ascii: ":"): index += 1
        default: return nil
        }
        let hours = digits(at: index, atMost: 3)
        guard (1...2).contains(hours), text[index + hours] == UInt8(ascii: ":") else { return nil }
        index += hours + 1
        guard digits(at: index, atMost: 3) == 2 else { return nil }
        index += 2
        if text[index] == UInt8(ascii: ":"), digits(at: index + 1, atMost: 3) == 2 {
            index += 3
            if text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ",") {
                let fraction = digits(at: index + 1, atMost: 12)
                if fraction > 0 { index += 1 + fraction }
            }
        }
        return zoneEnd(afterTime: index)
    }

    private func zoneEnd(afterTime start: Int) -> Int? {
        var index = start
        if text[index] == UInt8(ascii: " "), text[index + 2] | 0x20 == UInt8(ascii: "m"), !text[index + 3].isWord,
            text[index + 1] | 0x20 == UInt8(ascii: "a") || text[index + 1] | 0x20 == UInt8(ascii: "p")
        {
            index += 3
        }
        if text[index] | 0x20 == UInt8(ascii: "z") {
            index += 1
        } else {
            var zone = text[index] == UInt8(ascii: " ") ? index + 1 : index
            let isNamed = text.has("GMT", at: zone) || text.has("UTC", at: zone)
            if isNamed { zone += 3 }
            if let offset = offsetEnd(from: zone) {
                index = zoneNameEnd(from: offset)
            } else if isNamed, !text[zone].isWord {
                index = zone
            }
        }
        return text[index].isWord ? nil : index
    }

    /// `+0100`, `-01:00`, `+01`.
    private func offsetEnd(from start: Int) -> Int? {
        guard text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-") else { return nil }
        let count = digits(at: start + 1, atMost: 5)
        if count == 4 { return start + 5 }
        guard count == 2 else { return nil }
        let hasMinutes = text[start + 3] == UInt8(ascii: ":") && digits(at: start + 4, atMost: 3) == 2
        return start + (hasMinutes ? 6 : 3)
    }

    /// ` (Central European Standard Time)`, as JavaScript's `Date` prints it.
    private func zoneNameEnd(from start: Int) -> Int {
        guard text.has(" (", at: start) else { return start }
        var index = start + 2
        while text[index].isWord || text[index] == UInt8(ascii: " "), index - start < 60 { index += 1 }
        return text[index] == UInt8(ascii: ")") ? index + 1 : start
    }

    /// The end of a name of `names`, whole or its first three letters, in any case.
    private func nameEnd(at start: Int, in names: [StaticString]) -> Int? {
        var end = start
        while text[end].isLetter, end - start < 10 { end += 1 }
        let length = end - start
        guard length >= 3, !text[end].isWord else { return nil }
        for name in names where length == 3 || length == name.utf8CodeUnitCount {
            let letters = ByteView(name)
            var index = 0
            while index < length, text[start + index] | 0x20 == letters[index] { index += 1 }
            if index == length { return end }
        }
        return nil
    }

    private func isDateJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/")
    }

    /// How many digits there are at `start`, counted up to `limit`.
    private func digits(at start: Int, atMost limit: Int) -> Int {
        var count = 0
        while count < limit, text[start + count].isDigit { count += 1 }
        return count
    }
}
