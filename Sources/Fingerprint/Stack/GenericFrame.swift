/// Reads lines of traces in a format no recogniser knows: the file is the token that looks like one, the function is
/// the rest of the line, normalised like a message.
enum GenericFrame {
    /// Nil for a line that does not look like a frame, such as the message above the frames.
    static func frame(on line: ByteView) -> StackFrame? {
        var positioned: Range<Int>?
        var path: Range<Int>?
        var hasAddress = false
        var index = 0
        while index < line.count, positioned == nil {
            if isDelimiter(line[index]) {
                index += 1
                continue
            }
            let start = index
            while index < line.count, !isDelimiter(line[index]) { index += 1 }
            let token = line[start..<index]
            if let fileEnd = positionedFileEnd(token) {
                positioned = start..<(start + fileEnd)
            } else if path == nil, isPath(token) {
                path = start..<index
            }
            if token.hasPrefix("0x") || token.hasPrefix("+0x") { hasAddress = true }
        }
        guard positioned != nil || hasAddress || isFrameLike(line) else { return nil }
        guard let file = positioned ?? path else {
            return StackFrame(function: line, file: .empty, lineRest: .empty)
        }
        return StackFrame(
            function: line.prefix(file.lowerBound),
            file: line[file],
            lineRest: SourcePosition.skipped(in: line, from: file.upperBound)
        )
    }

    /// The end of the file in `name.ext:12…` or `name.ext:line…`, if that is what the token is.
    private static func positionedFileEnd(_ token: ByteView) -> Int? {
        var dot: Int?
        for index in 0..<token.count {
            let byte = token[index]
            if byte == UInt8(ascii: ".") {
                dot = index
            } else if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
                dot = nil
            } else if byte == UInt8(ascii: ":"), let known = dot, index > known + 1, token[known + 1].isLetter {
                if token[index + 1].isDigit || token.has(":line", at: index) { return index }
            }
        }
        return nil
    }

    private static func isPath(_ token: ByteView) -> Bool {
        guard token.count > 2 else { return false }
        return token.firstIndex(of: UInt8(ascii: "/")) != nil || token.firstIndex(of: UInt8(ascii: "\\")) != nil
    }

    /// Introduced like a frame (`at`, `from`, `in`, `#3`, `3:`), or nothing but a call (`main.run(0x1)`).
    private static func isFrameLike(_ line: ByteView) -> Bool {
        if line.hasPrefix("at ") || line.hasPrefix("from ") || line.hasPrefix("in ") { return true }
        if line[0] == UInt8(ascii: "#"), line[1].isDigit { return true }
        var index = 0
        while line[index].isDigit { index += 1 }
        if index > 0, line.has(": ", at: index) { return true }
        guard line[line.count - 1] == UInt8(ascii: ")"), let call = line.firstIndex(of: UInt8(ascii: "(")), call > 0
        else { return false }
        return line.prefix(call).firstIndex(of: UInt8(ascii: " ")) == nil
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        if byte.isBlank { return true }
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\""),
            UInt8(ascii: "'"),
            UInt8(ascii: "`"), UInt8(ascii: ","), UInt8(ascii: "<"), UInt8(ascii: ">"):
            return true
        default:
            return false
        }
    }
}
