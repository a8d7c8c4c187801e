extension ScannedText {
    /// Where the PEM block (RFC 7468) of a private key ends that begins at `start`, or what SSH2 writes in its place, with four dashes
    /// and a blank: the end of the text when its own is cut off. Nil when none begins there.
    func endOfPrivateKey(from start: Int) -> Int? {
        // A line of dashes is looked at once for each dash.
        guard self[start + 5] == UInt8(ascii: "B"), has("-----BEGIN ", at: start) || has("---- BEGIN ", at: start)
        else {
            return nil
        }
        let label = start + 11
        let labelEnd = end(from: label, while: Self.isLabel)
        guard labelEnd - label <= 64, has("----", at: labelEnd),
            (label..<labelEnd).contains(where: { has("PRIVATE KEY", at: $0) })
        else { return nil }
        var position = labelEnd + 4
        while position < count {
            if self[position] == UInt8(ascii: "-"), has("-----END ", at: position) || has("---- END ", at: position) {
                return end(from: end(from: position + 9, while: Self.isLabel)) { $0 == UInt8(ascii: "-") }
            }
            position += 1
        }
        return count
    }

    private static func isLabel(_ byte: UInt8) -> Bool { byte.isUppercase || byte.isDigit || byte == 0x20 }

    /// The first place at or after `start` whose byte satisfies `predicate`, not counting those inside the blocks of private keys:
    /// what a block stands in goes on behind it.
    func endOutsideKeys(from start: Int, at predicate: (UInt8) -> Bool) -> Int {
        var index = start
        while index < count, !predicate(self[index]) {
            index = self[index] == UInt8(ascii: "-") ? endOfPrivateKey(from: index) ?? index + 1 : index + 1
        }
        return index
    }
}
