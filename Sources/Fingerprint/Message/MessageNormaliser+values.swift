extension MessageNormaliser {
    /// What a word is once it is neither an address nor a date.
    private struct WordShape {
        var digits = 0
        var hexLetters = 0
        var otherLetters = 0
        var digitGroups = 0
        var beyondASCII = false

        init(_ word: ByteView) {
            var previousIsDigit = false
            for index in 0..<word.count {
                let byte = word[index]
                if byte.isDigit {
                    digits += 1
                    if !previousIsDigit { digitGroups += 1 }
                } else if byte.isHexLetter {
                    hexLetters += 1
                } else {
                    otherLetters += 1
                    if byte >= 0x80 { beyondASCII = true }
                }
                previousIsDigit = byte.isDigit
            }
        }

        private var length: Int { digits + hexLetters + otherLetters }

        /// A bare hexadecimal value, or a random identifier. Both become `<num>`, since a hexadecimal value may happen to consist of
        /// digits alone.
        var isOpaque: Bool {
            if otherLetters == 0, hexLetters > 0 { return length >= (digits > 0 ? 6 : 8) }
            return length >= 16 && digitGroups >= 2 && !beyondASCII
        }
    }

    /// Emits the word from the current place to `end`, its numbers replaced. May consume the rest of a decimal number after it.
    mutating func value(end: Int, into output: inout ScratchBuffer) {
        let start = position
        let word = text[start..<end]
        if word[0] == UInt8(ascii: "0"), word[1] | 0x20 == UInt8(ascii: "x"), isHexadecimal(word.dropFirst(2)) {
            replace(upTo: end, by: "<hex>", into: &output)
            return
        }
        let shape = WordShape(word)
        if shape.digits == 0, !shape.isOpaque {
            output.append(word)
            position = end
            return
        }
        if shape.isOpaque {
            replace(upTo: end, by: "<num>", into: &output)
            return
        }
        while position < end {
            if text[position].isDigit {
                replace(upTo: numberEnd(from: position), by: "<num>", into: &output)
            } else {
                output.append(text[position])
                position += 1
            }
        }
    }

    /// Digits, then groups joined by a dot, comma or underscore (`1,234.5`), then an exponent.
    private func numberEnd(from start: Int) -> Int {
        var end = digitsEnd(from: start)
        while isNumberJoint(text[end]), text[end + 1].isDigit { end = digitsEnd(from: end + 1) }
        guard text[end] | 0x20 == UInt8(ascii: "e") else { return end }
        let sign = text[end + 1] == UInt8(ascii: "-") || text[end + 1] == UInt8(ascii: "+")
        let exponent = end + (sign ? 2 : 1)
        guard text[exponent].isDigit else { return end }
        let exponentEnd = digitsEnd(from: exponent)
        return text[exponentEnd].isWord ? end : exponentEnd
    }

    private func digitsEnd(from start: Int) -> Int {
        var end = start
        while text[end].isDigit { end += 1 }
        return end
    }

    private func isNumberJoint(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "_")
    }

    private func isHexadecimal(_ word: ByteView) -> Bool {
        guard !word.isEmpty else { return false }
        for index in 0..<word.count where !word[index].isHexDigit { return false }
        return true
    }
}
