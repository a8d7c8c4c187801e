/// UUIDs, IP and hardware addresses, e-mail addresses. All go by shape, never by range: a digit more or less must not
/// turn an address into something else.
extension MessageNormaliser {
    /// 8-4-4-4-12 hexadecimal digits.
    func uuidEnd(at start: Int) -> Int? {
        for index in 0..<36 {
            let byte = text[start + index]
            switch index {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return nil }
            default: if !byte.isHexDigit { return nil }
            }
        }
        return text[start + 36].isWord ? nil : start + 36
    }

    /// Four numbers joined by dots, and no fifth.
    func dottedQuadEnd(at start: Int) -> Int? {
        var index = start
        for group in 0..<4 {
            if group > 0 {
                guard text[index] == UInt8(ascii: ".") else { return nil }
                index += 1
            }
            let first = index
            while text[index].isDigit, index - first < 10 { index += 1 }
            guard index > first else { return nil }
        }
        if text[index].isWord { return nil }
        return text[index] == UInt8(ascii: ".") && text[index + 1].isDigit ? nil : index
    }

    /// IPv6 (eight groups, or fewer around one `::`; a dotted quad may end it) or a hardware address (six pairs).
    func colonAddress(at start: Int) -> (end: Int, placeholder: StaticString)? {
        var index = start
        var groups = 0
        var hasGap = false
        var hasDigit = false
        var onlyPairs = true
        if text[index] == UInt8(ascii: ":") {
            // A gap in front. After a word it is the `::` of a qualified name.
            guard text[index + 1] == UInt8(ascii: ":"), text[index + 2].isHexDigit, !text[index - 1].isWord else {
                return nil
            }
            hasGap = true
            index += 2
        }
        while groups < 8 {
            let first = index
            while text[index].isHexDigit, index - first < 5 {
                if text[index].isDigit { hasDigit = true }
                index += 1
            }
            let length = index - first
            guard (1...4).contains(length) else { return nil }
            if groups >= 1 || hasGap, text[index] == UInt8(ascii: "."), let quadEnd = dottedQuadEnd(at: first) {
                return hasGap || groups == 6 ? (quadEnd, "<ip>") : nil
            }
            groups += 1
            if length != 2 { onlyPairs = false }
            guard text[index] == UInt8(ascii: ":") else { break }
            if text[index + 1] == UInt8(ascii: ":"), !hasGap {
                hasGap = true
                index += 2
                if !text[index].isHexDigit { break }
            } else if text[index + 1].isHexDigit, groups < 8 {
                index += 1
            } else {
                break
            }
        }
        guard !text[index].isWord else { return nil }
        if hasGap ? hasDigit : groups == 8 { return (zoneEnd(from: index), "<ip>") }
        return groups == 6 && onlyPairs && !hasGap ? (index, "<mac>") : nil
    }

    /// `%eth0` after an IPv6 address.
    private func zoneEnd(from start: Int) -> Int {
        guard text[start] == UInt8(ascii: "%"), text[start + 1].isAlphanumeric else { return start }
        var end = start + 1
        while text[end].isAlphanumeric { end += 1 }
        return end
    }

    /// `local@domain.tld`; the last label begins with a letter, which tells `package@1.2.3` apart.
    mutating func emailEnd(at start: Int) -> Int? {
        guard start >= emailChecked else { return nil }
        var index = start
        while isLocalByte(text[index]) { index += 1 }
        guard text[index] == UInt8(ascii: "@"), index > start else {
            emailChecked = index
            return nil
        }
        let local = index
        index += 1
        var lastDot: Int?
        while text[index].isWord || text[index] == UInt8(ascii: "-")
            || (text[index] == UInt8(ascii: ".") && text[index + 1].isWord)
        {
            if text[index] == UInt8(ascii: ".") { lastDot = index }
            index += 1
        }
        guard let lastDot, lastDot > local + 1, !text[lastDot + 1].isDigit else {
            emailChecked = local
            return nil
        }
        return index
    }

    /// What can follow the first word of an address.
    func isEmailByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "@") || isLocalByte(byte) && !byte.isWord
    }

    private func isLocalByte(_ byte: UInt8) -> Bool {
        if byte.isWord { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): return true
        default: return false
        }
    }
}
