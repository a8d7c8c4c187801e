// Where a value begins and ends that stands after a key. Every function looks at each byte a bounded number of times.
extension ScannedText {
    /// What may not be read as the plain value it looks like.
    struct ValueRules {
        /// The key was a quoted one: the value may be an object or array over several lines.
        var mayNest = false
        /// The key is `Authorization`: a first word is the scheme, whatever the second one looks like.
        var expectsScheme = false
        /// What stands between key and value is percent-encoded, and so is what ends the value: `token%3Dabc%26x%3D1`.
        var isEncoded = false
        /// The quote that stands directly before the key: what is quoted there ends at the next one.
        var outerQuote: UInt8 = 0
    }

    /// The part of the value at or after `start` that is to be hidden; nil when there is none.
    func secretValue(from start: Int, _ given: ValueRules = ValueRules()) -> Range<Int>? {
        var rules = given
        var first = endOfBlanks(from: start)
        if isStringPrefix(self[first]), self[first + 1] == UInt8(ascii: "\"") || self[first + 1] == UInt8(ascii: "'") {
            first += 1
        }
        let slashes = end(from: first) { $0 == UInt8(ascii: "\\") } - first
        if self[first + slashes].isQuote {
            let content = first + slashes + 1
            let value = content..<quotedEnd(from: content, quote: self[first + slashes], slashes: slashes)
            return value.isEmpty || isMask(value) ? nil : value
        }
        if hasIgnoringCase("%22", at: first) {
            first += 3
            rules.isEncoded = true
        }
        let value: Range<Int>
        switch self[first] {
        case 0...0x20, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: "}"), UInt8(ascii: "|"):
            return nil
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("):
            value = first..<bracketEnd(from: first, overLines: rules.mayNest)
        default:
            value = first..<withGroups(first..<withScheme(first..<plainEnd(from: first, rules), rules))
        }
        return value.isEmpty || isMask(value) || isPlaceholder(value) ? nil : value
    }

    /// The content of an element that begins at `start`, up to the next one or the end of the line.
    func content(from start: Int) -> Range<Int>? {
        let value = start..<endOutsideKeys(from: start) { $0 == UInt8(ascii: "<") || $0 == 0x0A || $0 == 0x0D }
        return value.isEmpty || isMask(value) ? nil : value
    }

    /// `b'…'`, `u"…"`, `@"…"`.
    private func isStringPrefix(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "u"), UInt8(ascii: "r"), UInt8(ascii: "@"): true
        default: false
        }
    }

    // MARK: - Ends

    /// The closing quote, or the end of the line when it is missing. `slashes` stand before each quote: `{\"a\":\"b\"}`.
    private func quotedEnd(from start: Int, quote: UInt8, slashes: Int) -> Int {
        var run = 0
        var index = start
        while index < count {
            let byte = self[index]
            if byte == quote {
                let closes = slashes == 0 ? run % 2 == 0 : run <= slashes
                let isDoubled = slashes == 0 && self[index + 1] == quote && index > start
                if closes, !isDoubled { return index - (slashes == 0 ? 0 : run) }
                if closes { index += 1 }
            } else if byte == 0x0A || byte == 0x0D {
                return index
            } else if byte == UInt8(ascii: "-"), let end = endOfPrivateKey(from: index) {
                (index, run) = (end, 0)
                continue
            }
            run = byte == UInt8(ascii: "\\") ? run + 1 : 0
            index += 1
        }
        return count
    }

    /// Behind the bracket that closes the one at `start`. When it is missing: the end of the line, or of the text.
    private func bracketEnd(from start: Int, overLines: Bool) -> Int {
        var depth = 0
        var isInString = false
        var index = start
        while index < count {
            let byte = self[index]
            if !overLines, byte == 0x0A || byte == 0x0D { return index }
            if byte == UInt8(ascii: "-"), let end = endOfPrivateKey(from: index) {
                index = end
                continue
            }
            if isInString {
                if byte == UInt8(ascii: "\\") { index += 1 } else if byte == UInt8(ascii: "\"") { isInString = false }
            } else if byte == UInt8(ascii: "\"") {
                isInString = true
            } else if byte.isOpeningBracket {
                depth += 1
            } else if byte.isClosingBracket {
                depth -= 1
                if depth == 0 { return index + 1 }
            }
            index += 1
        }
        return count
    }

    /// The end of a value without quotes: white space, or punctuation that what follows shows not to belong to it.
    private func plainEnd(from start: Int, _ rules: ValueRules) -> Int {
        var index = start
        while index < count {
            let next = self[index + 1]
            switch self[index] {
            case 0...0x20:
                return index
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"):
                if !next.isWordByte && !isSymbolOfSecrets(next) || isKey(at: index + 1) { return index }
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ">"), UInt8(ascii: "\""),
                UInt8(ascii: "'"), UInt8(ascii: "`"):
                if !next.isWordByte && !isSymbolOfSecrets(next) { return index }
            case UInt8(ascii: "\\"):
                if next.isQuote, !self[index + 2].isWordByte { return index }
            case UInt8(ascii: "<"):
                if next == UInt8(ascii: "/") { return index }
            case UInt8(ascii: "-"):
                if let end = endOfPrivateKey(from: index) {
                    index = end
                    continue
                }
            case UInt8(ascii: "%") where rules.isEncoded:
                if hasIgnoringCase("%26", at: index) || hasIgnoringCase("%22", at: index) { return index }
            default:
                break
            }
            index += 1
        }
        return count
    }

    /// When a value is the first group of a number written in groups, as cards and IBANs are: where the last group ends.
    private func withGroups(_ value: Range<Int>) -> Int {
        guard isGroup(value) else { return value.upperBound }
        var end = value.upperBound
        for _ in 0..<9 where self[end] == 0x20 {
            let next = self.end(from: end + 1) { $0.isUppercase || $0.isDigit }
            guard isGroup(end + 1..<next), !self[next].isWordByte, self[next] != UInt8(ascii: ":") else { break }
            end = next
        }
        return end
    }

    /// One to six capitals and digits, a digit among them.
    private func isGroup(_ range: Range<Int>) -> Bool {
        (1...6).contains(range.count) && range.allSatisfy { self[$0].isUppercase || self[$0].isDigit }
            && range.contains { self[$0].isDigit }
    }

    /// Stands in passwords, and hardly ever behind a closing bracket or a comma.
    private func isSymbolOfSecrets(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "@"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    /// `name=` or `name:` as in `a=1&name=2`.
    private func isKey(at start: Int) -> Bool {
        let first = hasIgnoringCase("amp;", at: start) ? start + 4 : start
        var index = first
        while index < count, index - first < 48,
            self[index].isWordByte || self[index] == UInt8(ascii: "_") || self[index] == UInt8(ascii: "-")
                || self[index] == UInt8(ascii: ".") || self[index] == UInt8(ascii: "[")
                || self[index] == UInt8(ascii: "]") || self[index] == UInt8(ascii: "%")
        {
            index += 1
        }
        return index > first && (self[index] == UInt8(ascii: "=") || self[index] == UInt8(ascii: ":"))
    }

    // MARK: - Schemes of authorization

    private static let schemes: [StaticString] = [
        "bearer", "basic", "token", "apikey", "api-key", "key", "negotiate", "ntlm", "oauth", "jwt",
    ]
    /// Their credentials are a list of parameters.
    private static let listSchemes: [StaticString] = ["digest", "hawk", "signature", "mac", "aws4-hmac-sha256"]

    /// When `word` is a scheme: where the credentials behind it end. Else where the word ends. After `Authorization` every word is
    /// one that a credential follows.
    private func withScheme(_ word: Range<Int>, _ rules: ValueRules) -> Int {
        guard word.count <= 32, self[word.upperBound].isBlank else { return word.upperBound }
        if Self.listSchemes.contains(where: { equalsIgnoringCase($0, word) }) {
            return rules.expectsScheme ? endOfLine(from: word.upperBound, orQuote: rules.outerQuote) : word.upperBound
        }
        let isKnown = Self.schemes.contains { equalsIgnoringCase($0, word) }
        guard isKnown || rules.expectsScheme else { return word.upperBound }
        let start = endOfBlanks(from: word.upperBound)
        let end = plainEnd(from: start, rules)
        if rules.expectsScheme, isParameter(at: start) {
            // A list when a comma follows, else the next field of a log: `authorization=x user=bob`.
            if self[end] == UInt8(ascii: ",") || self[end].isQuote && self[end + 1] == UInt8(ascii: ",") {
                return endOfLine(from: end, orQuote: rules.outerQuote)
            }
            if !isKnown { return word.upperBound }
        }
        return isKnown && rules.expectsScheme || looksLikeToken(start..<end) ? end : word.upperBound
    }

    /// `name=value`, and not the padding of base64.
    private func isParameter(at start: Int) -> Bool {
        let equals = end(from: start) { $0.isBase64URL }
        let value = self[equals + 1].isQuote ? equals + 2 : equals + 1
        return equals > start && self[equals] == UInt8(ascii: "=") && self[value].isWordByte
    }

    /// Whether bytes look like a credential and not like a word of a sentence: a digit, a sign of base64, both cases inside, or
    /// sheer length.
    func looksLikeToken(_ range: Range<Int>) -> Bool {
        guard range.count >= 6 else { return false }
        var hasLower = false
        var hasInnerUpper = false
        for index in range {
            let byte = self[index]
            if byte.isDigit { return true }
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "~"):
                return true
            default: break
            }
            if byte.isLowercase { hasLower = true }
            if byte.isUppercase, index > range.lowerBound { hasInnerUpper = true }
        }
        return hasLower && hasInnerUpper || range.count >= 24
    }

    // MARK: - Values that are no secrets

    /// Begins like a path: `/home`, `~/x`, `C:\x`, `\\server`, and `\/home` as some write it in JSON.
    func isPath(_ range: Range<Int>) -> Bool {
        let (first, second) = (self[range.lowerBound], self[range.lowerBound + 1])
        switch first {
        case UInt8(ascii: "/"), UInt8(ascii: "~"): return true
        case UInt8(ascii: "\\"): return second == UInt8(ascii: "\\") || second == UInt8(ascii: "/")
        default:
            let third = self[range.lowerBound + 2]
            return (first | 0x20).isLowercase && second == UInt8(ascii: ":")
                && (third == UInt8(ascii: "\\") || third == UInt8(ascii: "/"))
        }
    }

    /// Hidden already: `[scrubbed]`, `[Filtered]`, `***`.
    func isMask(_ range: Range<Int>) -> Bool {
        let masks: [StaticString] = ["[scrubbed]", "[filtered]", "[redacted]", "<redacted>"]
        return masks.contains { equalsIgnoringCase($0, range) } || range.allSatisfy { self[$0] == UInt8(ascii: "*") }
    }

    /// A word or mark that stands for a value: `null`, `?`, `$1`.
    private func isPlaceholder(_ range: Range<Int>) -> Bool {
        switch self[range.lowerBound] {
        case UInt8(ascii: "?"): return range.count == 1
        case UInt8(ascii: "$"): return range.count > 1 && range.dropFirst().allSatisfy { self[$0].isDigit }
        default: break
        }
        let words: [StaticString] = ["null", "nil", "none", "undefined", "true", "false", "string", "%s"]
        return words.contains { equalsIgnoringCase($0, range) }
    }
}
