/// Copies JSON that a scanner has found sound, without its secrets. One pass; nested values cost a bit each and no recursion.
struct ContextWalk {
    private let scrubber: Scrubber
    private let document: UnsafeRawBufferPointer
    /// Whether anything was replaced or left out.
    private(set) var isScrubbed = false

    init(_ scrubber: Scrubber, _ document: UnsafeRawBufferPointer) {
        self.scrubber = scrubber
        self.document = document
    }

    /// Appends a key as it is written.
    /// - Parameter valueStart: where its value begins.
    /// - Returns: whether the value belongs to a sensitive key; nil when the key itself holds a secret, and was not appended.
    mutating func append(
        key: JSONString, traits: JSONString.Traits, valueStart: Int, to output: inout [UInt8],
        scratch: inout Scrubber.Scratch
    ) -> Bool? {
        let isSensitive: Bool? = withText(key, traits: traits, scratch: &scratch) { text, scratch in
            guard scrubber.scrub(text, into: &scratch) == nil else { return nil }
            guard let text = ScannedText(text) else { return false }
            let end = SensitiveKeys.endOfWords(in: text, endingAt: text.count, floor: 0)
            guard let found = scrubber.keys.find(in: text, endingAt: end, floor: 0) else { return false }
            return !(found.mayBeDirectory && isPath(at: valueStart))
        }
        if isSensitive != nil {
            output.append(bytesOf: document, key.start - 1..<key.end + 1)
        } else {
            isScrubbed = true
        }
        return isSensitive
    }

    /// Appends the mask for the value at `start`, which belongs to a sensitive key.
    /// - Returns: where the value ends; nil when it hides nothing, and nothing was appended.
    mutating func appendMask(for start: Int, to output: inout [UInt8]) -> Int? {
        let end = endOfValue(from: start)
        switch document[start] {
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"):
            return nil
        case UInt8(ascii: "\""):
            let content = start + 1..<end - 1
            guard !content.isEmpty, ScannedText(document).map({ $0.isMask(content) }) == false else { return nil }
        default:
            break
        }
        appendMask(to: &output)
        return end
    }

    /// Appends a value.
    mutating func append(_ value: JSONValue, to output: inout [UInt8], scratch: inout Scrubber.Scratch) {
        // A bit for each open container, the innermost the lowest: whether it is an object, and whether it has a member already.
        var objects: UInt64 = 0
        var begun: UInt64 = 0
        var expectsKey = false
        // The comma before the next member of an object, which is copied with the member.
        var gap: Int?
        var position = value.start
        while position < value.end {
            let byte = document[position]
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                objects = objects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
                begun <<= 1
                expectsKey = byte == UInt8(ascii: "{")
                gap = nil
                output.append(byte)
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                objects >>= 1
                begun >>= 1
                expectsKey = false
                gap = nil
                output.append(byte)
                position += 1
            case UInt8(ascii: ",") where objects & 1 == 1:
                gap = position
                expectsKey = true
                position = endOfBlanks(from: position + 1)
            case UInt8(ascii: "\"") where expectsKey:
                let key = JSONString(start: position + 1, end: endOfValue(from: position) - 1, traits: value.traits)
                let valueStart = endOfBlanks(from: endOfBlanks(from: key.end + 1) + 1)
                let before = output.count
                if let gap {
                    // The comma belongs to the member that was left out when that was the first one.
                    output.append(bytesOf: document, (begun & 1 == 1 ? gap : gap + 1)..<position)
                }
                let isSensitive = append(
                    key: key, traits: value.traits, valueStart: valueStart, to: &output, scratch: &scratch)
                gap = nil
                expectsKey = false
                guard let isSensitive else {
                    output.removeLast(output.count - before)
                    position = endOfValue(from: valueStart)
                    continue
                }
                begun |= 1
                output.append(bytesOf: document, key.end + 1..<valueStart)
                position = isSensitive ? appendMask(for: valueStart, to: &output) ?? valueStart : valueStart
            case UInt8(ascii: "\""):
                let string = JSONString(
                    start: position + 1, end: endOfValue(from: position) - 1, traits: value.traits)
                append(string, to: &output, scratch: &scratch)
                position = string.end + 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let end = endOfValue(from: position)
                if ScannedText(document).map({ CardNumber.isNumber($0, position..<end) }) == true {
                    appendMask(to: &output)
                } else {
                    output.append(bytesOf: document, position..<end)
                }
                position = end
            default:
                output.append(byte)
                position += 1
            }
        }
    }

    // MARK: - Parts

    private mutating func append(_ string: JSONString, to output: inout [UInt8], scratch: inout Scrubber.Scratch) {
        let isClean = withText(string, traits: string.traits, scratch: &scratch) { text, scratch in
            scrubber.scrub(text, into: &scratch) == nil
        }
        guard isClean else {
            isScrubbed = true
            return output.appendJSON(string: scratch.scrubbed)
        }
        let quoted = JSONValue(
            kind: .string, start: string.start - 1, end: string.end + 1, traits: string.traits, depth: 0)
        JSONText.appendRepaired(quoted, from: document, to: &output)
    }

    private mutating func appendMask(to output: inout [UInt8]) {
        isScrubbed = true
        output.append(UInt8(ascii: "\""))
        output.append(Scrubber.mask)
        output.append(UInt8(ascii: "\""))
    }

    /// Gives `body` the text of a string, decoded when that is needed, and the memory for scrubbed text.
    private func withText<R>(
        _ string: JSONString,
        traits: JSONString.Traits,
        scratch: inout Scrubber.Scratch,
        _ body: (UnsafeRawBufferPointer, inout [UInt8]) -> R
    ) -> R {
        guard !traits.isDisjoint(with: JSONString.Traits.brokenText.union(.escapes)) else {
            return body(UnsafeRawBufferPointer(rebasing: document[string.start..<string.end]), &scratch.scrubbed)
        }
        scratch.decoded.removeAll(keepingCapacity: true)
        JSONText.appendDecoded(string, from: document, to: &scratch.decoded)
        return scratch.decoded.withUnsafeBytes { body($0, &scratch.scrubbed) }
    }

    /// Whether the value at `start` is a string that begins like a path.
    private func isPath(at start: Int) -> Bool {
        document[start] == UInt8(ascii: "\"")
            && ScannedText(document).map { $0.isPath(start + 1..<document.count) } ?? false
    }

    private func endOfBlanks(from start: Int) -> Int {
        var index = start
        while document[index] <= 0x20 { index += 1 }
        return index
    }

    /// Behind the value at `start`. The JSON is sound, so that all of these loops end inside of it.
    private func endOfValue(from start: Int) -> Int {
        var index = start
        var depth = 0
        repeat {
            switch document[index] {
            case UInt8(ascii: "\""):
                index += 1
                while document[index] != UInt8(ascii: "\"") { index += document[index] == UInt8(ascii: "\\") ? 2 : 1 }
                index += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20:
                index += 1
            default:
                while index < document.count, !Self.endsScalar(document[index]) { index += 1 }
            }
        } while depth > 0
        return index
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte.isClosingBracket
    }
}
