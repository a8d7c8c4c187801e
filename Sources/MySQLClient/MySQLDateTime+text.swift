extension MySQLDateTime {
    /// The text protocol's form: `YYYY-MM-DD`, optionally followed by ` hh:mm:ss` and `.ffffff`.
    package init?(text: UnsafeRawBufferPointer) {
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= text.count else { return nil }
            var value = 0
            for index in range {
                guard (0x30...0x39).contains(text[index]) else { return nil }
                value = value * 10 + Int(text[index] - 0x30)
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day, hour: 0, minute: 0, second: 0, millisecond: 0)
        guard text.count > 10 else { return }
        guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19) else { return nil }
        (self.hour, self.minute, self.second) = (hour, minute, second)
        guard text.count > 20 else { return }
        // One to six digits; what is missing on the right counts as zero, what lies below a millisecond is dropped.
        var scale = 100
        for index in 20..<min(23, text.count) {
            guard let digit = number(index..<index + 1) else { return nil }
            millisecond += digit * scale
            scale /= 10
        }
    }
}
