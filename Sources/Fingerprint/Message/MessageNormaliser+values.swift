extension MessageNormaliser {
    /// Emits the word at the current place, its numbers replaced. May consume the rest of a decimal number after it.
    mutating func value(_ word: WordShape, into output: inout ScratchBuffer) {
        let start = position
        let end = start + word.length
        let isOpaque = word.isHexadecimalValue || replacesQuoted && word.isRandomIdentifier
        if word.digits == 0, !isOpaque {
            output.append(text[start..<end])
            position = end
            return
        }
        if word.otherLetters == 1, text[start] == UInt8(ascii: "0"), text[start + 1] | 0x20 == UInt8(ascii: "x"),
            word.length > 2
        {
            replace(upTo: end, by: "<hex>", into: &output)
            return
        }
        if isOpaque {
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
}
