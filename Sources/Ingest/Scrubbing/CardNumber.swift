/// Numbers of payment cards (ISO/IEC 7812): 13 to 19 digits that begin as an issuer's do and end with the right check digit
/// (Luhn), written together or in the groups printed on cards, with single spaces or dashes.
enum CardNumber {
    private static let lengths = 13...19

    /// The first card number in the digits and separators around the eight bytes at `offset`, and how far there is none else:
    /// behind those eight bytes at least.
    /// - Parameter floor: nothing before it is read.
    static func find(in text: ScannedText, around offset: Int, floor: Int) -> (card: Range<Int>?, end: Int) {
        // Back to the start of the run; a card that reaches `offset` does not begin further away than this.
        var start = offset
        let lowest = max(floor, offset - 32)
        while start > lowest, isDigit(text, start - 1) || isSeparator(text, start - 1) { start -= 1 }
        var position = start
        while true {
            position = text.end(from: position) { !$0.isDigit }
            let end = text.end(from: position) { $0.isDigit }
            if canBegin(text, at: position, floor: floor) {
                if lengths.contains(end - position), canEnd(text, at: end), isCard(text, position..<end) {
                    return (position..<end, max(end, offset + 8))
                }
                if end - position == 4, let card = grouped(in: text, from: position) {
                    return (card, max(card.upperBound, offset + 8))
                }
            }
            if end >= offset + 8 || end == text.count {
                guard isSeparator(text, end), isDigit(text, end + 1) else { return (nil, max(end, offset + 8)) }
            }
            position = end
        }
    }

    /// Whether a number as JSON writes it is a card's.
    static func isNumber(_ text: ScannedText, _ range: Range<Int>) -> Bool {
        lengths.contains(range.count) && range.allSatisfy { isDigit(text, $0) } && isCard(text, range)
    }

    private static func isCard(_ text: ScannedText, _ range: Range<Int>) -> Bool {
        lengths.contains(range.count) && hasIssuer(text, range) && passesCheck(text, range)
    }

    // MARK: - Parts

    /// The groups that cards are printed in, a digit of the number for each group.
    private static let layouts: Set<Int> = [44443, 44442, 44441, 4444, 465, 464, 4441]

    /// The longest card number in groups that begins at `start`, where four digits stand.
    private static func grouped(in text: ScannedText, from start: Int) -> Range<Int>? {
        let separator = text[start + 4]
        guard isSeparator(text, start + 4), mayBeIssuer(text[start]) else { return nil }
        // The digits without the separators.
        var joined = InlineArray<24, UInt8>(repeating: 0)
        var count = 0
        var layout = 0
        var position = start
        var card: Range<Int>?
        for _ in 0..<5 {
            let first = position
            while isDigit(text, position), position - first < 7, count < 24 {
                joined[count] = text[position]
                count += 1
                position += 1
            }
            guard (1...6).contains(position - first), count < 24 else { break }
            layout = layout * 10 + position - first
            if count >= lengths.lowerBound, layouts.contains(layout), canEnd(text, at: position) {
                let isCard = withUnsafeBytes(of: joined) { bytes in
                    ScannedText(bytes).map { self.isCard($0, 0..<count) } ?? false
                }
                if isCard { card = start..<position }
            }
            guard text[position] == separator else { break }
            position += 1
        }
        return card
    }

    /// No card begins with another digit.
    private static func mayBeIssuer(_ digit: UInt8) -> Bool { (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(digit) }

    private static func isDigit(_ text: ScannedText, _ index: Int) -> Bool { text[index].isDigit }

    private static func isSeparator(_ text: ScannedText, _ index: Int) -> Bool {
        text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "-")
    }

    /// Not in the middle of an identifier or behind a decimal point.
    private static func canBegin(_ text: ScannedText, at start: Int, floor: Int) -> Bool {
        guard start > floor else { return true }
        let before = text[start - 1]
        return !before.isWordByte && before != UInt8(ascii: "_")
            && !(before == UInt8(ascii: ".") && start - 1 > floor && isDigit(text, start - 2))
    }

    private static func canEnd(_ text: ScannedText, at end: Int) -> Bool {
        let after = text[end]
        return !after.isWordByte && after != UInt8(ascii: "_")
            && !(after == UInt8(ascii: ".") && isDigit(text, end + 1))
    }

    /// The ranges of issuers, with the lengths each of them gives out.
    private static func hasIssuer(_ text: ScannedText, _ range: Range<Int>) -> Bool {
        var prefix = 0
        for index in range.prefix(6) { prefix = prefix * 10 + Int(text[index] & 0x0F) }
        switch (prefix, range.count) {
        case (400_000...499_999, 13), (400_000...499_999, 16), (400_000...499_999, 19): return true  // Visa
        case (510_000...559_999, 16), (222_100...272_099, 16): return true  // Mastercard
        case (340_000...349_999, 15), (370_000...379_999, 15): return true  // American Express
        case (601_100...601_199, 16...19), (644_000...659_999, 16...19): return true  // Discover, RuPay
        case (352_800...358_999, 16...19): return true  // JCB
        case (300_000...305_999, 14...19), (309_500...309_599, 14...19), (360_000...369_999, 14...19),
            (380_000...399_999, 14...19):
            return true  // Diners Club
        case (620_000...629_999, 16...19): return true  // UnionPay
        case (220_000...220_499, 16...19): return true  // Mir
        case (501_800...501_899, 13...19), (502_000...502_099, 13...19), (503_800...503_899, 13...19),
            (589_300...589_399, 13...19), (630_400...630_499, 13...19), (675_900...675_999, 13...19),
            (676_100...676_399, 13...19):
            return true  // Maestro
        default: return false
        }
    }

    private static func passesCheck(_ text: ScannedText, _ range: Range<Int>) -> Bool {
        var sum = 0
        var isDoubled = false
        var index = range.upperBound
        while index > range.lowerBound {
            index -= 1
            let digit = Int(text[index] & 0x0F)
            sum += !isDoubled ? digit : digit < 5 ? digit * 2 : digit * 2 - 9
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }
}
