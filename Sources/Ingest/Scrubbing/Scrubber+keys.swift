extension Scrubber {
    /// Where a key ends in a text.
    private struct KeyEnd {
        var end: Int
        /// Where what follows the key begins: behind the marks that belong to neither, as in `password_=`.
        var next: Int
    }

    /// The value of the sensitive key that ends at `offset`: `key=value`, `key: value`, `"key":"value"`, `key => value`,
    /// `<key>value</key>`, `key%3Dvalue`.
    func valueOfKey(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        guard let key = keyEnd(in: text, at: offset, floor: floor) else { return nil }
        let (closers, isQuoted) = closersEnd(in: text, from: key.next)
        let sign = text.endOfBlanks(from: closers)
        // Most words that end like a key have no value; that is seen sooner than what they say.
        guard Self.isSign(text[sign]), let finding = keys.find(in: text, endingAt: key.end, floor: floor),
            let value = value(of: finding, keyEnd: key.end, sign: sign, isQuoted: isQuoted, in: text, floor: floor)
        else { return nil }
        return finding.mayBeDirectory && text.isPath(value) ? nil : value
    }

    /// Whether the pair at `offset` ends a sensitive key.
    func endsKey(in text: ScannedText, at offset: Int, floor: Int) -> Bool {
        guard let key = keyEnd(in: text, at: offset, floor: floor) else { return false }
        return keys.find(in: text, endingAt: key.end, floor: floor) != nil
    }

    /// The end of the key that the pair at `offset` may belong to.
    private func keyEnd(in text: ScannedText, at offset: Int, floor: Int) -> KeyEnd? {
        var end = offset + 1
        var next = end
        var isMarked = text[offset] == UInt8(ascii: "_")
        if text[offset] == UInt8(ascii: ":") {
            end = offset
            next = end
        } else if text[offset].isBlank {
            // ` =`, ` :`
            end = offset
            while offset - end < 8, end > floor, text[end - 1].isBlank { end -= 1 }
            next = end
            isMarked = text[end - 1] == UInt8(ascii: "_")
        }
        // `"Password:" :`
        let quote = text[offset].isQuote ? offset : text[offset].isBlank && text[end - 1].isQuote ? end - 1 : nil
        if let quote {
            (end, next, isMarked) = (quote, quote, true)
        }
        if isMarked {
            let marked = end
            end = SensitiveKeys.endOfWords(in: text, endingAt: end, floor: floor)
            // Without marks the pair of the key's last letter and the quote was looked at already.
            guard end < marked else { return nil }
        }
        return KeyEnd(end: end, next: next)
    }

    /// Whether it may stand between a key and its value.
    private static func isSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: ">")
    }

    /// - Parameters:
    ///   - sign: where the sign between key and value is.
    ///   - isQuoted: whether a quote stands before it.
    private func value(
        of finding: SensitiveKeys.Finding, keyEnd: Int, sign: Int, isQuoted: Bool, in text: ScannedText, floor: Int
    ) -> Range<Int>? {
        var position = sign
        var rules = ScannedText.ValueRules()
        rules.mayNest = isQuoted
        rules.expectsScheme = finding.keyClass == .authorization
        switch text[position] {
        case UInt8(ascii: "="):
            position = text.end(from: position) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") }
        case UInt8(ascii: ":"):
            // `Token::new` names a scope.
            guard text[position + 1] != UInt8(ascii: ":") else { return nil }
            position += text[position + 1] == UInt8(ascii: "=") ? 2 : 1
            if !isQuoted {
                return value(afterColon: position, of: finding, keyEnd: keyEnd, in: text, floor: floor)
            }
        case UInt8(ascii: "%")
        where text.hasIgnoringCase("%3d", at: position) || text.hasIgnoringCase("%3a", at: position):
            position += 3
            rules.isEncoded = true
        case UInt8(ascii: ">") where position == keyEnd && opensElement(in: text, endingAt: keyEnd, floor: floor):
            return text.content(from: position + 1)
        default:
            return nil
        }
        return text.secretValue(from: position, rules)
    }

    /// Behind the quotes and brackets at `start` that close, and indices as in `password[0]`; whether a quote is among them.
    private func closersEnd(in text: ScannedText, from start: Int) -> (end: Int, isQuoted: Bool) {
        var position = start
        var isQuoted = false
        while position - start < 8 {
            let byte = text[position]
            if byte.isQuote || byte == UInt8(ascii: "]") {
                isQuoted = isQuoted || byte.isQuote
                position += 1
            } else if byte == UInt8(ascii: "\\"), text[position + 1].isQuote || text[position + 1] == byte {
                position += 1
            } else if text.hasIgnoringCase("%22", at: position) || text.hasIgnoringCase("%5d", at: position) {
                position += 3
            } else if byte == UInt8(ascii: "[") {
                let number = text.end(from: position + 1) { $0.isDigit }
                guard text[number] == UInt8(ascii: "]") else { break }
                position = number + 1
            } else if text.hasIgnoringCase("%5b", at: position) {
                let number = text.end(from: position + 3) { $0.isDigit }
                guard text.hasIgnoringCase("%5d", at: number) else { break }
                position = number + 3
            } else {
                break
            }
        }
        return (position, isQuoted)
    }

    /// The value of a key without quotes that a colon follows, which prose has, too.
    private func value(
        afterColon position: Int, of found: SensitiveKeys.Finding, keyEnd: Int, in text: ScannedText, floor: Int
    ) -> Range<Int>? {
        var rules = ScannedText.ValueRules()
        let name = startOfName(in: text, endingAt: keyEnd, floor: floor)
        if name > floor, text[name - 1].isQuote { rules.outerQuote = text[name - 1] }
        switch found.keyClass {
        case .strong:
            break
        case .authorization:
            rules.expectsScheme = true
        case .cookie:
            return cookie(from: position, name: name, in: text, floor: floor, outerQuote: rules.outerQuote)
        case .errorName:
            guard found.crossesSpace else { return nil }
        case .weak:
            // Prose does not quote what comes next.
            guard text[text.endOfBlanks(from: position)].isQuote else { return nil }
        case .filler, .kept:
            return nil
        }
        guard !closesKey(in: text, from: position, outerQuote: rules.outerQuote) else { return nil }
        return isLabel(in: text, at: position) ? nil : text.secretValue(from: position, rules)
    }

    /// Whether the colon before `position` is the end of a quoted key, as in `"Password:":"x"`: then what follows the next one is
    /// the value.
    private func closesKey(in text: ScannedText, from position: Int, outerQuote: UInt8) -> Bool {
        let blanks = text.endOfBlanks(from: position)
        let quote = text.end(from: blanks) { $0 == UInt8(ascii: "\\") }
        guard text[quote].isQuote else { return false }
        let next = text[text.endOfBlanks(from: quote + 1)]
        if next == UInt8(ascii: ":") || next == UInt8(ascii: "=") { return true }
        return text[quote] == outerQuote && blanks == position && !text[quote + 1].isWordByte
    }

    /// Whether what directly follows the colon behind a key is another label, as in `init(token:password:)`, and no value.
    private func isLabel(in text: ScannedText, at start: Int) -> Bool {
        let word = text.end(from: start) { $0.isWordByte || $0 == UInt8(ascii: "_") }
        guard word > start, text[word] == UInt8(ascii: ":"), text[word + 1] != UInt8(ascii: "/") else { return false }
        let next = text[word + 1]
        if next.isWhiteSpace {
            // `password:hunter2: connection refused` names the failure behind the value; labels are made of letters.
            let isValue = word - start >= 24 || word - start >= 4 && (start..<word).contains { text[$0].isDigit }
            return !isValue
        }
        return next == UInt8(ascii: ")") || next.isQuote || isLabels(in: text, from: word + 1)
    }

    /// `a:b:)`: nothing but labels up to a closing bracket.
    private func isLabels(in text: ScannedText, from start: Int) -> Bool {
        let end = min(text.count, start + 128)
        var index = start
        while index < end,
            text[index].isWordByte || text[index] == UInt8(ascii: "_") || text[index] == UInt8(ascii: ":")
        {
            index += 1
        }
        return text[index] == UInt8(ascii: ")") && text[index - 1] == UInt8(ascii: ":")
    }

    /// The rest of the line of a `Cookie` or `Set-Cookie` header (RFC 6265). In prose only what has the form of a cookie.
    private func cookie(
        from position: Int, name: Int, in text: ScannedText, floor: Int, outerQuote: UInt8
    ) -> Range<Int>? {
        let start = text.endOfBlanks(from: position)
        if text[start].isQuote { return text.secretValue(from: start) }
        var before = name
        while before > floor, name - before < 4, text[before - 1].isBlank || "<>".utf8.contains(text[before - 1]) {
            before -= 1
        }
        let beginsLine = before == 0 || text[before - 1] == 0x0A || text[before - 1] == 0x0D
        if !beginsLine {
            let pair = text.endOutsideKeys(from: start) {
                $0.isWhiteSpace || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "<")
            }
            guard text[pair] == UInt8(ascii: "=") else { return nil }
        }
        let value = start..<text.endOfLine(from: start, orQuote: outerQuote)
        return value.isEmpty || text.isMask(value) ? nil : value
    }

    /// `<password>` and `<ns:password>`.
    private func opensElement(in text: ScannedText, endingAt end: Int, floor: Int) -> Bool {
        var start = startOfName(in: text, endingAt: end, floor: floor)
        if start > floor, text[start - 1] == UInt8(ascii: ":") {
            start = startOfName(in: text, endingAt: start - 1, floor: floor)
        }
        return start > floor && text[start - 1] == UInt8(ascii: "<")
    }

    /// The value of an element with attributes, the last of which ends with the quote at `offset`: `<password type="text">value<`.
    func contentOfElement(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        var start = offset
        while start > floor, offset - start < 512 {
            start -= 1
            let byte = text[start]
            // A bracket may end a mask: nothing is concluded across what is hidden, or a second scrubbing would find more.
            if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "]") || byte == 0x0A { return nil }
            guard byte == UInt8(ascii: "<") else { continue }
            let end = text.end(from: start + 1) { $0.isBase64URL || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
            guard text[end].isWhiteSpace, keys.find(in: text, endingAt: end, floor: start + 1) != nil else {
                return nil
            }
            return text.content(from: offset + 2)
        }
        return nil
    }

    private func startOfName(in text: ScannedText, endingAt end: Int, floor: Int) -> Int {
        var start = end
        while start > floor, end - start < SensitiveKeys.lookBehind,
            text[start - 1].isWordByte || text[start - 1] == UInt8(ascii: "_") || text[start - 1] == UInt8(ascii: "-")
                || text[start - 1] == UInt8(ascii: ".")
        {
            start -= 1
        }
        return start
    }
}
