extension StackFormat {
    /// CPython: `File "/app/shop/cart.py", line 12, in total`. The lines of source between the frames are not frames.
    /// In an exception group the lines begin with bars.
    static func pythonFrame(_ line: ByteView) -> StackFrame? {
        var start = 0
        while line[start] == UInt8(ascii: "|") || line[start] == UInt8(ascii: " ") { start += 1 }
        guard line.has("File \"", at: start) else { return nil }
        let file = start + 6
        guard let fileEnd = line.firstIndex(of: UInt8(ascii: "\""), from: file) else { return nil }
        guard line.has(", line ", at: fileEnd + 1), line[fileEnd + 8].isDigit else { return nil }
        var index = fileEnd + 8
        while line[index].isDigit { index += 1 }
        // The place of a SyntaxError has no function.
        let function = line.has(", in ", at: index) ? line.dropFirst(index + 5) : .empty
        return StackFrame(function: function, file: line[file..<fileEnd])
    }
}
