extension Scrubber {
    /// The secret that the pair of bytes at `offset` gives away; nil when it is a false alarm.
    /// - Parameter floor: nothing before it is looked at.
    func secret(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        let rules = triggers.rules(at: offset, in: text)
        if rules.contains(.key), let secret = valueOfKey(in: text, at: offset, floor: floor) { return secret }
        if rules.contains(.form), let secret = knownToken(in: text, at: offset, floor: floor) { return secret }
        if rules.contains(.scheme), let secret = credential(in: text, at: offset, floor: floor) { return secret }
        if rules.contains(.webToken), let secret = webToken(in: text, at: offset, floor: floor) { return secret }
        if rules.contains(.dashes) {
            if let end = text.endOfPrivateKey(from: offset) { return offset..<end }
            if let secret = valueOfOption(in: text, at: offset, floor: floor) { return secret }
        }
        if rules.contains(.address) {
            return text[offset] == UInt8(ascii: "@")
                ? passwordOfSource(in: text, at: offset, floor: floor)
                : userInformation(in: text, at: offset, floor: floor)
        }
        if rules.contains(.statement) { return valueInStatement(in: text, at: offset, floor: floor) }
        if rules.contains(.element) { return contentOfElement(in: text, at: offset, floor: floor) }
        return nil
    }

    // MARK: - Tokens

    /// A token of a well-known form.
    private func knownToken(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        triggers.firstForm(at: offset, in: text) { form in
            let start = offset - form.pairOffset
            guard start >= floor, text.has(form.prefix, at: start), isStart(text, start, floor) else { return nil }
            let body = start + form.prefix.utf8CodeUnitCount
            let end = text.end(from: body) { form.alphabet.contains($0) }
            return end - body >= form.minCount ? start..<end : nil
        }
    }

    /// A JSON Web Token (RFC 7519) in compact form, wherever it is cut behind its first dot. What stands before that dot names
    /// algorithms, and is no secret.
    private func webToken(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        let start = offset - 1
        guard start >= floor, text[start] == UInt8(ascii: "e"), start == floor || !text[start - 1].isBase64URL else {
            return nil
        }
        let header = text.end(from: start) { $0.isBase64URL }
        guard header - start >= 12, text[header] == UInt8(ascii: "."), text[header + 1].isBase64URL else { return nil }
        return start..<text.end(from: header) { $0.isBase64URL || $0 == UInt8(ascii: ".") }
    }

    /// What follows `Bearer` (RFC 6750) or `Basic` (RFC 7617), when it looks like a credential.
    private func credential(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        guard isStart(text, offset, floor) else { return nil }
        let isBasic = text.hasIgnoringCase("basic", at: offset)
        guard isBasic || text.hasIgnoringCase("bearer", at: offset) else { return nil }
        let word = offset + (isBasic ? 5 : 6)
        var start = text.endOfBlanks(from: word)
        if start == word, text.has("%20", at: word) { start = word + 3 }
        guard start > word else { return nil }
        let end = isBasic ? endOfBase64(in: text, from: start) : endOfToken(in: text, from: start)
        return text.looksLikeToken(start..<end) ? start..<end : nil
    }

    /// RFC 7235 §2.1, token68, and the colon that some put in.
    private func endOfToken(in text: ScannedText, from start: Int) -> Int {
        text.end(from: start) { byte in
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
                UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ":"):
                true
            default: byte.isWordByte
            }
        }
    }

    /// The end of base64 with its padding; `start` itself when what follows shows that it is none, as in `HTTP/1.1`.
    private func endOfBase64(in text: ScannedText, from start: Int) -> Int {
        let body = text.end(from: start) { $0.isLetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
        var end = body
        while end - body < 2, text[end] == UInt8(ascii: "=") { end += 1 }
        let isOther = end == body && (text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: "_"))
        return isOther ? start : end
    }

    /// Not inside a word.
    private func isStart(_ text: ScannedText, _ start: Int, _ floor: Int) -> Bool {
        start <= floor || !text[start - 1].isWordByte
    }

    // MARK: - Options and addresses

    /// The value after `--password` on a command line.
    private func valueOfOption(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        let name = offset + 2
        guard (text[name] | 0x20).isLowercase, offset <= floor || !text[offset - 1].isWordByte else { return nil }
        var end = name
        while end - name < SensitiveKeys.lookBehind, text[end].isBase64URL || text[end] == UInt8(ascii: ".") {
            end += 1
        }
        guard text[end].isBlank, keys.find(in: text, endingAt: end, floor: name) != nil else { return nil }
        let value = text.endOfBlanks(from: end)
        return text[value] == UInt8(ascii: "-") ? nil : text.secretValue(from: value)
    }

    /// The password of `scheme://user:password@host`; with it the user, when that could be a token.
    private func userInformation(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        // `://`, or `:\/\/` as some write it in JSON.
        var colon = offset - 1
        if text[colon] == UInt8(ascii: "\\") { colon -= 1 }
        let isEscaped = text[offset] == UInt8(ascii: "\\")
        let start = isEscaped ? offset + 4 : offset + 2
        guard colon > floor, text[colon] == UInt8(ascii: ":"), text[colon - 1].isLetterOrDigit,
            !isEscaped || text.has("\\/\\/", at: offset)
        else { return nil }
        var end = start
        var at: Int?
        var firstAt: Int?
        var separator: Int?
        while end < text.count, end - start < 4096 {
            let byte = text[end]
            if byte == UInt8(ascii: "@") { (at, firstAt) = (end, firstAt ?? end) }
            if byte == UInt8(ascii: ":"), separator == nil, at == nil { separator = end }
            if byte.isWhiteSpace || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            {
                break
            }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
                // A slash in a password, when what stands before it is no port.
                let isInPassword =
                    at == nil && end - start < 256
                    && separator.map { end > $0 + 1 && !(($0 + 1)..<end).allSatisfy { text[$0].isDigit } } ?? false
                if !isInPassword || text[end + 1] == UInt8(ascii: "/") { break }
            }
            end += 1
        }
        guard let at, let firstAt else { return nil }
        guard let separator else { return isTokenUser(text, start..<at) ? start..<at : nil }
        guard separator + 1 < at else { return nil }
        let password = separator + 1..<at
        let user = start..<separator
        let isPlainUser = user.count < 20 && user.allSatisfy { text[$0].isBase64URL || text[$0] == UInt8(ascii: ".") }
        if isPlainUser, user.count({ text[$0].isDigit }) <= 12 {
            return text.isMask(separator + 1..<firstAt) ? nil : password
        }
        return start..<at
    }

    /// Whether a user without a password is a token: long, and with more digits than a name has.
    private func isTokenUser(_ text: ScannedText, _ user: Range<Int>) -> Bool {
        user.count >= 20 && user.count({ text[$0].isDigit }) >= 4
    }

    /// The password of a data source as Go's MySQL driver writes it: `user:password@tcp(host:3306)/name`.
    private func passwordOfSource(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        guard text.has("@tcp(", at: offset) || text.has("@unix(", at: offset), !text.has("[scrubbed]", at: offset - 10)
        else { return nil }
        var separator: Int?
        var last: Int?
        var start = offset
        // No further than `SecretScan` looks behind a limit.
        while start > floor, offset - start < 120, !text[start - 1].isWhiteSpace, !text[start - 1].isQuote {
            start -= 1
            // A password may hold colons, a user does not.
            if text[start] == UInt8(ascii: ":") { (separator, last) = (start, last ?? start) }
        }
        guard let separator, let last, separator + 1 < offset, !text.isMask(last + 1..<offset) else { return nil }
        return separator + 1..<offset
    }

    // MARK: - Statements

    /// The quoted value in SQL: `ALTER USER a PASSWORD 'x'`, `CREATE USER a IDENTIFIED BY 'x'`, `… IDENTIFIED WITH plugin BY 'x'`.
    private func valueInStatement(in text: ScannedText, at offset: Int, floor: Int) -> Range<Int>? {
        let isNamed =
            offset - 8 >= floor && text.hasIgnoringCase("password", at: offset - 8)
            && keys.find(in: text, endingAt: offset, floor: floor) != nil
        guard isNamed || endsIdentification(text, offset, floor) else { return nil }
        // An apostrophe in prose does not close.
        return text.secretValue(from: offset).flatMap { value in
            text[value.upperBound] == UInt8(ascii: "'") || value.upperBound == text.count ? value : nil
        }
    }

    private func endsIdentification(_ text: ScannedText, _ end: Int, _ floor: Int) -> Bool {
        guard text.hasIgnoringCase(" by", at: end - 3) else { return false }
        if end - 13 >= floor, text.hasIgnoringCase("identified by", at: end - 13) { return true }
        var plugin = end - 3
        while plugin > floor, end - plugin < SensitiveKeys.lookBehind, text[plugin - 1].isBase64URL { plugin -= 1 }
        return plugin - 16 >= floor && text.hasIgnoringCase("identified with ", at: plugin - 16)
    }
}

extension Range<Int> {
    fileprivate func count(_ predicate: (Int) -> Bool) -> Int { reduce(0) { $0 + (predicate($1) ? 1 : 0) } }
}
