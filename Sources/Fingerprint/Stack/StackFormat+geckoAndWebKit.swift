extension StackFormat {
    /// Firefox and Safari (JavaScriptCore): `fn@file:line:column`; Safari leaves `fn@` out when there is no name.
    static func geckoFrame(_ line: ByteView) -> StackFrame? {
        guard let at = line.firstIndex(of: UInt8(ascii: "@")) else {
            return line.has("://", at: schemeEnd(line)) ? bare(line) : nil
        }
        let name = line.prefix(at)
        // The `@` of a path (`https://host/@scope/file.js`), not the one behind a name.
        if name.firstIndex(of: "://") != nil { return bare(line) }
        let location = line.dropFirst(at + 1)
        if location.equals("[native code]") { return StackFrame(function: geckoFunction(name), file: .empty) }
        guard let file = SourcePosition.removed(from: location) else { return nil }
        return StackFrame(function: geckoFunction(name), file: geckoFile(file))
    }

    private static func bare(_ line: ByteView) -> StackFrame? {
        guard line.has("://", at: schemeEnd(line)), let file = SourcePosition.removed(from: line) else { return nil }
        return StackFrame(function: .empty, file: geckoFile(file))
    }

    private static func schemeEnd(_ line: ByteView) -> Int {
        var end = 0
        while line[end].isAlphanumeric || line[end] == UInt8(ascii: "-") { end += 1 }
        return end
    }

    /// Evaluated code is `file line 12 > eval`.
    private static func geckoFile(_ location: ByteView) -> ByteView {
        guard var index = location.firstIndex(of: " > ") else { return location }
        while location[index - 1].isDigit { index -= 1 }
        return location.has(" line ", at: index - 6) ? location.prefix(index - 6) : location
    }

    /// Without the mark of an asynchronous caller (`async*fn`, `setTimeout handler*fn`).
    private static func geckoFunction(_ name: ByteView) -> ByteView {
        guard let star = name.lastIndex(of: UInt8(ascii: "*"), before: name.count) else { return name }
        return name.dropFirst(star + 1)
    }
}
