/// Which two bytes in a row make a rule look at a text, as a table of 65,536: nearly every pair of a clean text is in no rule, and
/// one look-up a byte is all it costs.
///
/// `@unchecked Sendable`: the memory is written in init alone. Pointers, because this is the one loop that sees every byte.
final class ScrubTriggers: @unchecked Sendable {
    struct Rules: OptionSet, Sendable {
        let rawValue: UInt8
        /// The end of a key and what may follow a key.
        static let key = Rules(rawValue: 1)
        /// The first two letters of `Bearer` or `Basic`.
        static let scheme = Rules(rawValue: 2)
        /// The pair of a `TokenForm`.
        static let form = Rules(rawValue: 4)
        /// `yJ` of `eyJ`, with which the base64 of every JSON object begins.
        static let webToken = Rules(rawValue: 8)
        /// `--`: a PEM block or an option of a command line.
        static let dashes = Rules(rawValue: 16)
        /// `//` or `\/` of an address, `@tcp` of a data source.
        static let address = Rules(rawValue: 32)
        /// ` '` before a value of SQL.
        static let statement = Rules(rawValue: 64)
        /// `">` behind the attributes of an element.
        static let element = Rules(rawValue: 128)
    }

    /// What the scan stops at.
    enum Stop {
        case trigger(Int)
        /// At least six of the eight bytes at this place are digits: part of every card number.
        case digits(Int)
    }

    private let rules: UnsafeMutablePointer<UInt8>
    /// By pair: one more than the number of the first of `forms` with that pair, or 0.
    private let firstForms: UnsafeMutablePointer<UInt8>
    /// Those of one pair stand together.
    private let forms: [TokenForm]
    /// The bits of `KeyEndings`.
    private let endings: UnsafeMutablePointer<UInt64>
    /// `KeyEndings.code(of:)` of each byte.
    private let codes: UnsafeMutablePointer<UInt8>

    init(keys: SensitiveKeys) {
        rules = .allocate(capacity: 1 << 16)
        rules.initialize(repeating: 0, count: 1 << 16)
        endings = .allocate(capacity: keys.endings.bits.count)
        for (index, bits) in keys.endings.bits.enumerated() { (endings + index).initialize(to: bits) }
        forms = TokenForm.all.sorted { $0.pair < $1.pair }
        firstForms = .allocate(capacity: 1 << 16)
        firstForms.initialize(repeating: 0, count: 1 << 16)
        codes = .allocate(capacity: 256)
        for byte in UInt8.min ... .max { (codes + Int(byte)).initialize(to: UInt8(KeyEndings.code(of: byte))) }
        for last in UInt8.min ... .max where keys.endings.lastBytes[Int(last)] {
            for follower in "=\"'`][\\%>".utf8 { add(.key, last, follower) }
            // `list.js:10:5` is in every stack trace: after these only `: ` is looked at.
            if last != UInt8(ascii: "s"), !last.isDigit { add(.key, last, UInt8(ascii: ":")) }
        }
        add(.key, UInt8(ascii: ":"), UInt8(ascii: " "))
        add(.key, UInt8(ascii: ":"), UInt8(ascii: "="))
        for follower in [UInt8(ascii: "="), UInt8(ascii: ":")] {
            add(.key, UInt8(ascii: "_"), follower)
            add(.key, UInt8(ascii: "\""), follower)
            add(.key, UInt8(ascii: "'"), follower)
        }
        for blank in [UInt8(ascii: " "), UInt8(ascii: "\t")] {
            add(.key, blank, UInt8(ascii: "="))
            add(.key, blank, UInt8(ascii: ":"))
        }
        for scheme in ["be", "Be", "BE", "Ba", "BA"] as [StaticString] {
            add(.scheme, scheme.utf8Start[0], scheme.utf8Start[1])
        }
        for (number, form) in forms.enumerated().reversed() {
            add(.form, UInt8(form.pair & 0xFF), UInt8(form.pair >> 8))
            firstForms[Int(form.pair)] = UInt8(number + 1)
        }
        add(.webToken, UInt8(ascii: "y"), UInt8(ascii: "J"))
        add(.dashes, UInt8(ascii: "-"), UInt8(ascii: "-"))
        add(.address, UInt8(ascii: "/"), UInt8(ascii: "/"))
        add(.address, UInt8(ascii: "\\"), UInt8(ascii: "/"))
        add(.address, UInt8(ascii: "@"), UInt8(ascii: "t"))
        add(.address, UInt8(ascii: "@"), UInt8(ascii: "u"))
        add(.statement, UInt8(ascii: " "), UInt8(ascii: "'"))
        add(.element, UInt8(ascii: "\""), UInt8(ascii: ">"))
        add(.element, UInt8(ascii: "'"), UInt8(ascii: ">"))
    }

    deinit {
        rules.deallocate()
        firstForms.deallocate()
        endings.deallocate()
        codes.deallocate()
    }

    private func add(_ rule: Rules, _ first: UInt8, _ second: UInt8) {
        rules[Int(first) | Int(second) << 8] |= rule.rawValue
    }

    func rules(at offset: Int, in text: ScannedText) -> Rules {
        Rules(rawValue: rules[Int(text[offset]) | Int(text[offset + 1]) << 8])
    }

    /// Calls `body` with the forms of tokens that have the pair of bytes at `offset` in their prefix, until it returns a range.
    @inline(__always)
    func firstForm(
        at offset: Int, in text: ScannedText, _ body: (TokenForm) -> Range<Int>?
    ) -> Range<Int>? {
        let pair = UInt16(text[offset]) | UInt16(text[offset + 1]) << 8
        var number = Int(firstForms[Int(pair)])
        while number > 0, number <= forms.count, forms[number - 1].pair == pair {
            if let found = body(forms[number - 1]) { return found }
            number += 1
        }
        return nil
    }

    /// The first place at or after `start` that a rule has to look at; nil when there is none.
    /// - Parameter digitsFrom: digits before this place have been looked at.
    func next(in text: ScannedText, from start: Int, digitsFrom: Int) -> Stop? {
        let base = text.base
        var position = start
        // A pair begins in each of the eight bytes: the last one ends one byte behind them.
        while position + 9 <= text.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            if Self.isMostlyDigits(word), position + 8 > digitsFrom { return .digits(position) }
            let last = rules[Int(Self.pair(base, position &+ 7))]
            let any =
                rules[Int(truncatingIfNeeded: word & 0xFFFF)] | rules[Int(truncatingIfNeeded: word >> 8 & 0xFFFF)]
                | rules[Int(truncatingIfNeeded: word >> 16 & 0xFFFF)]
                | rules[Int(truncatingIfNeeded: word >> 24 & 0xFFFF)]
                | rules[Int(truncatingIfNeeded: word >> 32 & 0xFFFF)]
                | rules[Int(truncatingIfNeeded: word >> 40 & 0xFFFF)]
                | rules[Int(truncatingIfNeeded: word >> 48)] | last
            if any != 0 {
                for offset in position..<position + 8 where isTrigger(text, offset) { return .trigger(offset) }
            }
            position += 8
        }
        // The last eight bytes as a whole: digits in what is left are all in them.
        if text.count >= 8, text.count > digitsFrom, text.count - position >= 6 {
            let last = text.count - 8
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: last, as: UInt64.self))
            if Self.isMostlyDigits(word) { return .digits(max(position, last)) }
        }
        while position + 2 <= text.count {
            if isTrigger(text, position) { return .trigger(position) }
            position += 1
        }
        return nil
    }

    @inline(__always)
    private func isTrigger(_ text: ScannedText, _ offset: Int) -> Bool {
        let rules = rules[Int(Self.pair(text.base, offset))]
        return rules != 0 && (rules != Rules.key.rawValue || mayEndKey(in: text, at: offset))
    }

    /// Whether a key may end with the byte at `offset`, as far as its last three letters tell. Turns nearly all away.
    @inline(__always)
    private func mayEndKey(in text: ScannedText, at offset: Int) -> Bool {
        // `":` behind a letter was looked at with that letter. What is left, as in `"Password:":`, is rare.
        if text[offset].isQuote { return !text[offset - 1].isWordByte }
        var last = text[offset] == UInt8(ascii: ":") ? offset - 1 : offset
        while last > offset - SensitiveKeys.maxTrailingDigits, text[last].isDigit { last -= 1 }
        while last > offset - SensitiveKeys.maxTrailingMarks, SensitiveKeys.isJoint(text[last]) { last -= 1 }
        // ` =`: the key ends somewhere before.
        guard !text[last].isBlank else { return true }
        let first = Int(codes[Int(text[last])])
        let second = Int(codes[Int(text[last - 1])])
        let third = second == 0 ? 0 : Int(codes[Int(text[last - 2])])
        let index = KeyEndings.index(first, second, third)
        return first > 0 && endings[index >> 6] >> UInt64(index & 63) & 1 != 0
    }

    @inline(__always)
    private static func pair(_ base: UnsafeRawPointer, _ offset: Int) -> UInt16 {
        UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// Whether at most two of the eight bytes are something else than digits.
    @inline(__always)
    private static func isMostlyDigits(_ word: UInt64) -> Bool {
        // A digit becomes 0 … 9; adding 0x76 sets the high bit of all that is greater.
        let value = word ^ 0x3030_3030_3030_3030
        var others = (((value & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676) | value) & 0x8080_8080_8080_8080
        others &= others &- 1
        others &= others &- 1
        return others == 0
    }
}
