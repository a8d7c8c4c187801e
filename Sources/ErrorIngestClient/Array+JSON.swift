extension [UInt8] {
    /// Appends two hexadecimal digits.
    mutating func appendHex(_ byte: UInt8) {
        for digit in [byte >> 4, byte & 0x0F] {
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }

    /// Appends a JSON string, quotes and all, of at most `maxBytes` bytes of `text`, cut between characters.
    mutating func appendJSON(_ text: String, maxBytes: Int) {
        append(UInt8(ascii: "\""))
        var count = 0
        for scalar in text.unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= maxBytes else { break }
            append(scalar)
        }
        append(UInt8(ascii: "\""))
    }

    /// The same, with the limit in Unicode scalars.
    mutating func appendJSON(_ text: String, maxCharacters: Int) {
        append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars.prefix(maxCharacters) { append(scalar) }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append(contentsOf: #"\""#.utf8)
        case "\\": append(contentsOf: #"\\"#.utf8)
        case "\n": append(contentsOf: #"\n"#.utf8)
        case "\r": append(contentsOf: #"\r"#.utf8)
        case "\t": append(contentsOf: #"\t"#.utf8)
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            append(contentsOf: #"\u00"#.utf8)
            appendHex(UInt8(scalar.value))
        default: append(contentsOf: scalar.utf8)
        }
    }
}
