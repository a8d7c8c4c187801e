// Classes of bytes that the rules of the scrubber speak of. ASCII only: bytes of other characters belong to words.
extension UInt8 {
    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    @inline(__always)
    var isUppercase: Bool { self &- 0x41 < 26 }

    @inline(__always)
    var isLowercase: Bool { self &- 0x61 < 26 }

    @inline(__always)
    var isLetterOrDigit: Bool { isDigit || (self | 0x20).isLowercase }

    /// Can be part of a word of a key: a letter or digit of any script.
    @inline(__always)
    var isWordByte: Bool { isLetterOrDigit || self >= 0x80 }

    @inline(__always)
    var lowercase: UInt8 { isUppercase ? self | 0x20 : self }

    /// Space or tab.
    @inline(__always)
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Blank, line end or another control character.
    @inline(__always)
    var isWhiteSpace: Bool { self <= 0x20 }

    @inline(__always)
    var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`") }

    var isOpeningBracket: Bool {
        self == UInt8(ascii: "(") || self == UInt8(ascii: "[") || self == UInt8(ascii: "{")
    }

    var isClosingBracket: Bool {
        self == UInt8(ascii: ")") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}")
    }

    /// RFC 4648 §5.
    @inline(__always)
    var isBase64URL: Bool { isLetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
