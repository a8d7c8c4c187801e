/// Which three letters a key can end with: turns away nearly all that is no key before it is looked at any closer.
///
/// Filled here, and read by `ScrubTriggers`. A letter counts the same in either case. What is no letter or digit counts as nothing, and so does all that stands before it.
struct KeyEndings: Sendable {
    /// A bit for each of 38³ endings.
    private(set) var bits = [UInt64](repeating: 0, count: 38 * 38 * 38 / 64 + 1)
    /// Whether a key can end with this byte.
    private(set) var lastBytes = [Bool](repeating: false, count: 256)

    /// Allows keys that end with a text in lower case. What may stand before a short one is not known, and so allowed.
    mutating func insert(_ text: [UInt8]) {
        let codes = text.suffix(3).reversed().map { Self.code(of: $0) }
        for second in codes.count > 1 ? codes[1]...codes[1] : 0...37 {
            for third in codes.count > 2 ? codes[2]...codes[2] : 0...37 { set(codes[0], second, third) }
        }
        allowLast(text)
    }

    /// Allows keys that end with a text of one or two letters which something else than a letter stands before.
    mutating func insert(separate text: [UInt8]) {
        let codes = text.reversed().map { Self.code(of: $0) }
        set(codes[0], codes.count > 1 ? codes[1] : 0, 0)
        allowLast(text)
    }

    private mutating func allowLast(_ text: [UInt8]) {
        guard let last = text.last else { return }
        lastBytes[Int(last)] = true
        if last.isLowercase { lastBytes[Int(last & 0xDF)] = true }
        for digit in UInt8(ascii: "0")...UInt8(ascii: "9") { lastBytes[Int(digit)] = true }
    }

    private mutating func set(_ first: Int, _ second: Int, _ third: Int) {
        let index = Self.index(first, second, third)
        bits[index >> 6] |= 1 << UInt64(index & 63)
    }

    /// Of the codes of the last byte, the one before and the one before that.
    @inline(__always)
    static func index(_ first: Int, _ second: Int, _ third: Int) -> Int { (third * 38 + second) * 38 + first }

    /// 0: no part of a word; 1 … 36: letter or digit; 37: other scripts.
    static func code(of byte: UInt8) -> Int {
        let letter = byte | 0x20
        if letter.isLowercase { return Int(letter) - 0x60 }
        if byte.isDigit { return Int(byte) - 0x30 + 27 }
        return byte >= 0x80 ? 37 : 0
    }
}
