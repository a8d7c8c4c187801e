/// Replaces what varies between occurrences of one error by placeholders. One pass over bytes; the rules are listed in
/// `docs/fingerprint.md`.
///
/// Linear time: every rule either looks ahead a bounded number of bytes, or consumes what it has looked at, or
/// remembers how far a failed search went (`emailChecked`, `unclosedUntil`) so that no byte is searched twice for the
/// same thing.
struct MessageNormaliser {
    let text: ByteView
    /// Whether quoted values become `<str>` and long random identifiers `<num>`. Not in lines of a stack trace: they
    /// quote the names of functions, which may be long and mangled.
    let replacesQuoted: Bool
    var position = 0
    /// Before this place no e-mail address can start any more.
    var emailChecked = 0
    /// For each kind of quotation mark: up to this place (the end of a line) there is no closing one.
    var unclosedUntil = QuotationMark.Positions()

    init(_ text: ByteView, replacesQuoted: Bool) {
        self.text = text
        self.replacesQuoted = replacesQuoted
    }

    mutating func run(into output: inout ScratchBuffer) {
        var blankPending = false
        var isFirst = true
        while position < text.count, !output.isFull {
            let byte = text[position]
            if byte.isBlank {
                blankPending = true
                position += 1
                continue
            }
            if blankPending, !isFirst { output.append(UInt8(ascii: " ")) }
            blankPending = false
            isFirst = false
            step(byte, into: &output)
        }
    }

    /// Consumes at least one byte.
    private mutating func step(_ byte: UInt8, into output: inout ScratchBuffer) {
        if replacesQuoted, let mark = QuotationMark(in: text, at: position), let end = quotedEnd(mark) {
            replace(upTo: end, by: "<str>", into: &output)
        } else if byte.isWord {
            word(into: &output)
        } else if isSign(byte) {
            position += 1
        } else if byte == UInt8(ascii: ":"), text[position + 1] == byte, let address = colonAddress(at: position) {
            replace(upTo: address.end, by: address.placeholder, into: &output)
        } else {
            output.append(byte)
            position += 1
        }
    }

    private mutating func word(into output: inout ScratchBuffer) {
        let start = position
        let shape = WordShape(text, from: start, stopsAtQuotes: replacesQuoted)
        let end = start + shape.length
        // What follows the word decides which rules are worth a try; most words are followed by a blank and are no
        // date.
        let follower = text[end]
        if isEmailByte(follower), let emailEnd = emailEnd(at: start) {
            replace(upTo: emailEnd, by: "<email>", into: &output)
        } else if follower == UInt8(ascii: "-"), shape.isHexadecimal, let uuidEnd = uuidEnd(at: start) {
            replace(upTo: uuidEnd, by: "<uuid>", into: &output)
        } else if follower == UInt8(ascii: ":"), shape.isHexadecimal, let address = colonAddress(at: start) {
            replace(upTo: address.end, by: address.placeholder, into: &output)
        } else if let dateEnd = dateEnd(at: start, shape) {
            replace(upTo: dateEnd, by: "<date>", into: &output)
        } else if follower == UInt8(ascii: "."), shape.isDecimal, let quadEnd = dottedQuadEnd(at: start) {
            replace(upTo: quadEnd, by: "<ip>", into: &output)
        } else if follower == UInt8(ascii: ":"), isURL(at: start, wordEnd: end) {
            url(schemeEnd: end, into: &output)
        } else if replacesQuoted, isQuotePrefix(at: start, wordEnd: end),
            let mark = QuotationMark(in: text, at: end), let quoteEnd = quotedEnd(mark, openingAt: end)
        {
            replace(upTo: quoteEnd, by: "<str>", into: &output)
        } else {
            value(shape, into: &output)
        }
    }

    mutating func replace(upTo end: Int, by placeholder: StaticString, into output: inout ScratchBuffer) {
        output.append(placeholder)
        position = end
    }

    /// A sign in front of a number belongs to it: `-5` and `5` are both numbers.
    private func isSign(_ byte: UInt8) -> Bool {
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
            && text[position + 1].isDigit && !text[position - 1].isWord
    }
}
