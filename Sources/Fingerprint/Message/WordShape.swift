/// What a word is made of: decides which rules can apply to it at all.
struct WordShape {
    private(set) var length = 0
    private(set) var digits = 0
    private(set) var hexLetters = 0
    private(set) var otherLetters = 0
    private(set) var digitGroups = 0
    private(set) var isASCII = true

    /// The word at `start`, which must be a byte of one. With `stopsAtQuotes` a quotation mark beyond ASCII ends it
    /// though its bytes look like letters.
    init(_ text: ByteView, from start: Int, stopsAtQuotes: Bool = false) {
        var previousIsDigit = false
        while true {
            let byte = text[start + length]
            if byte.isDigit {
                digits += 1
                if !previousIsDigit { digitGroups += 1 }
                previousIsDigit = true
            } else {
                previousIsDigit = false
                if byte.isHexLetter {
                    hexLetters += 1
                } else if byte.isLetter {
                    otherLetters += 1
                } else if byte >= 0x80 {
                    if stopsAtQuotes, length > 0, QuotationMark(in: text, at: start + length) != nil { return }
                    otherLetters += 1
                    isASCII = false
                } else {
                    return
                }
            }
            length += 1
        }
    }

    var isDecimal: Bool { digits == length }

    var isHexadecimal: Bool { otherLetters == 0 }

    /// A bare hexadecimal value. It becomes `<num>`, since it may happen to consist of digits alone.
    var isHexadecimalValue: Bool { otherLetters == 0 && hexLetters > 0 && length >= (digits > 0 ? 6 : 8) }

    /// A long random identifier. The names of functions may look like one (`convertUtf8ToBase64String`).
    var isRandomIdentifier: Bool { length >= 16 && digitGroups >= 2 && isASCII }
}
