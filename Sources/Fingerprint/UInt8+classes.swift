/// Classes of bytes. Only ASCII is told apart; every other byte is part of a word.
extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }

    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

    var isUppercase: Bool { self &- 0x41 < 26 }

    var isLowercase: Bool { self &- 0x61 < 26 }

    /// a…f and A…F.
    var isHexLetter: Bool { (self | 0x20) &- 0x61 < 6 }

    var isHexDigit: Bool { isDigit || isHexLetter }

    var isAlphanumeric: Bool { isDigit || isLetter }

    /// What words are made of: letters, digits, and everything beyond ASCII.
    var isWord: Bool { isAlphanumeric || self >= 0x80 }

    /// Space, control characters and DEL.
    var isBlank: Bool { self <= 0x20 || self == 0x7F }
}
