extension Scrubber {
    /// Memory of one event loop, used again and again.
    struct Scratch {
        /// A text with its escapes decoded.
        var decoded: [UInt8] = []
        /// A text with its secrets replaced.
        var scrubbed: [UInt8] = []

        /// Gives back what an unusually large report has made grow.
        mutating func shrink() {
            if decoded.capacity > 1 << 19 { decoded = [] }
            if scrubbed.capacity > 1 << 19 { scrubbed = [] }
        }
    }

    /// Whether nothing in a member of an object can be a secret. Errs on the side of no: then the member is taken apart.
    func isClean(
        key: JSONString, value: JSONValue, in document: UnsafeRawBufferPointer
    ) -> Bool {
        guard !key.traits.contains(.escapes), !value.traits.contains(.escapes),
            let text = ScannedText(UnsafeRawBufferPointer(rebasing: document[key.start - 1..<value.end]))
        else { return false }
        var position = 0
        var digitsFrom = 0
        while let stop = triggers.next(in: text, from: position, digitsFrom: digitsFrom) {
            switch stop {
            case .digits(let offset):
                let found = CardNumber.find(in: text, around: offset, floor: 0)
                if found.card != nil { return false }
                position = offset
                digitsFrom = found.end
            case .trigger(let offset):
                if mayBeSecret(in: text, at: offset) { return false }
                position = offset + 1
            }
        }
        return true
    }

    private func mayBeSecret(in text: ScannedText, at offset: Int) -> Bool {
        let rules = triggers.rules(at: offset, in: text)
        guard !rules.isEmpty else { return false }
        if rules.contains(.key), endsKey(in: text, at: offset, floor: 0) { return true }
        return secret(in: text, at: offset, floor: 0) != nil
    }

    /// Appends `"key":value` with all secrets in it replaced: whole values under sensitive keys except null, booleans and empty
    /// strings; in other strings what is secret in a text; numbers that are card numbers. A member whose key holds a secret is left
    /// out. All else stays as sent, but for what `JSONText.appendRepaired` repairs.
    /// - Returns: whether anything was replaced or left out; nil when that is the whole member, and nothing was appended.
    func appendMember(
        key: JSONString,
        value: JSONValue,
        from document: UnsafeRawBufferPointer,
        to output: inout [UInt8],
        scratch: inout Scratch
    ) -> Bool? {
        var walk = ContextWalk(self, document)
        let isKept = walk.append(
            key: key, traits: key.traits.union(value.traits), valueStart: value.start, to: &output, scratch: &scratch)
        guard let isSensitive = isKept else { return nil }
        output.append(UInt8(ascii: ":"))
        if isSensitive, walk.appendMask(for: value.start, to: &output) != nil { return true }
        walk.append(value, to: &output, scratch: &scratch)
        return walk.isScrubbed
    }
}
