/// What a character is for a search: letters without case and accents, digits, or the space between words.
enum TextFolding {
    enum Result {
        case separator
        /// A mark on the letter before it.
        case nothing
        case byte(UInt8)
        case text(String)
    }

    static func fold(_ scalar: Unicode.Scalar) -> Result {
        if scalar.isASCII { return foldASCII(UInt8(scalar.value)) }
        if (latinStart..<latinStart + UInt32(latin.count)).contains(scalar.value) {
            let letters = latin[Int(scalar.value - latinStart)]
            return letters.isEmpty ? .separator : .text(letters)
        }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .nothing
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .decimalNumber, .otherNumber, .spacingMark:
            return .text(withoutMarks(properties.lowercaseMapping))
        default: return .separator
        }
    }

    private static func foldASCII(_ byte: UInt8) -> Result {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): .byte(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): .byte(byte | 0x20)
        default: .separator
        }
    }

    /// The lower case of some letters is a letter and a mark.
    private static func withoutMarks(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            kept.append(scalar)
        }
        return String(kept)
    }

    private static let latinStart: UInt32 = 0xC0

    /// U+00C0 … U+017F, the letters of the languages written in Latin, as ASCII; "-" stands for the two signs among them.
    private static let latin: [String] = """
        a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss \
        a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y \
        a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i ij ij j j \
        k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t \
        u u u u u u u u u u u u w w y y y z z z z z z s
        """.split(separator: " ").map { $0 == "-" ? "" : String($0) }
}
