extension Scrubber {
    /// The value of the sensitive key that ends at `offset`: `key=value`, `key: value`, `"key":"value"`, `key => value`,
    /// `<key>value</key>`, `key%3Dvalue`.
    func valueOfKey(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        guard let (end, found) = key(in: text, at: offset, floor: floor) else { return nil }
        var position = end
        var isQuoted = false
        // Behind the key: quotes and brackets that close, then blanks.
        while position - end < 8 {
            let byte = text[position]
            if byte.isQuote || byte == UInt8(ascii: "]") {
                isQuoted = isQuoted || byte.isQuote
                position += 1
            } else if byte == UInt8(ascii: "\\"), text[position + 1].isQuote || text[position + 1] == byte {
                position += 1
            } else if text.hasIgnoringCase("%22", at: position) || text.hasIgnoringCase("%5d", at: position) {
                position += 3
            } else {
                break
            }
        }
        position = text.endOfBlanks(from: position)
        switch text[position] {
        case UInt8(ascii: "="):
            position = text.end(from: position) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ">") }
        case UInt8(ascii: ":"):
            // `Token::new` names a scope.
            guard text[position + 1] != UInt8(ascii: ":") else { return nil }
            position += text[position + 1] == UInt8(ascii: "=") ? 2 : 1
            if !isQuoted { return value(afterColon: position, of: found, keyEnd: end, in: text, floor: floor) }
        case UInt8(ascii: "%")
        where text.hasIgnoringCase("%3d", at: position) || text.hasIgnoringCase("%3a", at: position):
            position += 3
        case UInt8(ascii: ">") where position == end && opensElement(in: text, endingAt: end, floor: floor):
            let value =
                position
                + 1..<text.endOutsideKeys(from: position + 1) {
                    $0 == UInt8(ascii: "<") || $0 == 0x0A || $0 == 0x0D
                }
            return value.isEmpty || text.isMask(value) ? nil : value
        default:
            return nil
        }
        var rules = ScannedText.ValueRules()
        rules.mayNest = isQuoted
        rules.expectsScheme = found.keyClass == .authorization
        return text.secretValue(from: position, rules)
    }

    /// Where the key ends that the pair at `offset` may belong to, and what it says.
    func key(in text: ScannedText, at offset: Int, floor: Int) -> (end: Int, SensitiveKeys.Finding)? {
        var end = offset + 1
        if text[offset] == UInt8(ascii: ":") {
            end = offset
        } else if text[offset].isBlank {
            // ` =`, ` :`
            end = offset
            while offset - end < 8, end > floor, text[end - 1].isBlank { end -= 1 }
        }
        return keys.find(in: text, endingAt: end, floor: floor).map { (end, $0) }
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
        // `init(token:password:)` is a list of labels.
        let word = text.end(from: position) { $0.isWordByte || $0 == UInt8(ascii: "_") }
        if word > position, text[word] == UInt8(ascii: ":"), text[word + 1] != UInt8(ascii: "/") {
            let next = text[word + 1]
            if next == UInt8(ascii: ")") || next.isWhiteSpace || next.isQuote || isLabels(in: text, from: word + 1) {
                return nil
            }
        }
        return text.secretValue(from: position, rules)
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
                $0.isWhiteSpace || $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":")
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
