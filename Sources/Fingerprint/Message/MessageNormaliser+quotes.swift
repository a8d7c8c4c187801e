extension MessageNormaliser {
    /// The end of the quoted value that opens here, on the same line. Nil for an apostrophe (it follows a word) and
    /// for a mark that is never closed.
    mutating func quotedEnd(_ mark: QuotationMark, openingAt opening: Int? = nil) -> Int? {
        let start = opening ?? position
        if mark.rawValue <= QuotationMark.grave.rawValue, opening == nil, text[start - 1].isWord { return nil }
        guard start >= unclosedUntil[mark] else { return nil }
        // Text that is escaped as a whole (`{\"id\":\"7\"}`) has the backslash in front of both marks.
        let escaped = text[start - 1] == UInt8(ascii: "\\")
        var index = start + mark.openingLength
        while index < text.count, text[index] != UInt8(ascii: "\n") {
            if !escaped, text[index] == UInt8(ascii: "\\"), text[index + 1] != UInt8(ascii: "\n") {
                index += 2
            } else if let length = mark.closingLength(in: text, at: index) {
                return index + length
            } else {
                index += 1
            }
        }
        unclosedUntil[mark] = index
        return nil
    }

    /// The `b` of Python's `b'…'`, and its like.
    func isQuotePrefix(at start: Int, wordEnd end: Int) -> Bool {
        guard end == start + 1 else { return false }
        switch text[start] | 0x20 {
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "u"): return true
        default: return false
        }
    }
}
