/// URLs keep their scheme, host and the words of their path; user, port, query and fragment go, and path segments
/// that vary become `*`.
extension MessageNormaliser {
    private static let longestSteadySegment = 40

    /// `scheme://…`, or `data:type/subtype…`.
    func isURL(at start: Int, wordEnd end: Int) -> Bool {
        if text.has("://", at: end) { return text[start].isLetter && text[end + 3] != 0 && !text[end + 3].isBlank }
        return text[start..<end].equals("data") && text[end + 1].isLetter
    }

    mutating func url(schemeEnd: Int, into output: inout ScratchBuffer) {
        let end = urlEnd(from: schemeEnd + 1)
        output.append(text[position..<schemeEnd])
        guard text.has("://", at: schemeEnd) else {
            output.append(":<str>")
            position = end
            return
        }
        output.append("://")
        var index = authority(from: schemeEnd + 3, to: end, into: &output)
        while index < end, text[index] == UInt8(ascii: "/") {
            output.append(UInt8(ascii: "/"))
            let start = index + 1
            index = start
            while index < end, !isPathEnd(text[index]), text[index] != UInt8(ascii: "/") { index += 1 }
            segment(text[start..<index], into: &output)
        }
        position = end
    }

    /// Emits the host and returns where the path begins.
    private mutating func authority(from start: Int, to end: Int, into output: inout ScratchBuffer) -> Int {
        var host = start
        var authorityEnd = start
        while authorityEnd < end, text[authorityEnd] != UInt8(ascii: "/"), !isPathEnd(text[authorityEnd]) {
            if text[authorityEnd] == UInt8(ascii: "@") { host = authorityEnd + 1 }
            authorityEnd += 1
        }
        if text[host] == UInt8(ascii: "[") {
            output.append("<ip>")
            return authorityEnd
        }
        if let quadEnd = dottedQuadEnd(at: host) {
            replace(upTo: quadEnd, by: "<ip>", into: &output)
            return authorityEnd
        }
        position = host
        while position < authorityEnd, text[position] != UInt8(ascii: ":") {
            if text[position].isWord {
                value(WordShape(text, from: position), into: &output)
            } else {
                output.append(text[position])
                position += 1
            }
        }
        return authorityEnd
    }

    /// A segment with a digit or an escape in it, or a long one, is taken for a value.
    private func segment(_ segment: ByteView, into output: inout ScratchBuffer) {
        var varies = segment.count > Self.longestSteadySegment
        for index in 0..<min(segment.count, Self.longestSteadySegment) {
            let byte = segment[index]
            if byte.isDigit || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "@") { varies = true }
        }
        if varies {
            output.append(UInt8(ascii: "*"))
        } else {
            output.append(segment)
        }
    }

    /// The end of the URL, without punctuation that belongs to the sentence around it. A question mark may begin an
    /// empty query.
    private func urlEnd(from start: Int) -> Int {
        var end = start
        var inBrackets = false
        while end < text.count {
            let byte = text[end]
            if byte == UInt8(ascii: "["), text[end - 1] == UInt8(ascii: "/") || text[end - 1] == UInt8(ascii: "@") {
                inBrackets = true
            } else if byte == UInt8(ascii: "]"), inBrackets {
                inBrackets = false
            } else if isURLDelimiter(byte) {
                break
            }
            end += 1
        }
        while end > start, isClosingPunctuation(text[end - 1]) { end -= 1 }
        return end
    }

    private func isPathEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    private func isURLDelimiter(_ byte: UInt8) -> Bool {
        if byte.isBlank { return true }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
            UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
            UInt8(ascii: "|"):
            return true
        default:
            return false
        }
    }

    private func isClosingPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"):
            return true
        default:
            return false
        }
    }
}
