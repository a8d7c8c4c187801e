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
        if line[index] == UInt8(ascii: ",") { index += 1 }
        // The place of a SyntaxError has no function.
        let function = line.has(" in ", at: index) ? line.dropFirst(index + 4) : .empty
        return StackFrame(function: function, file: line[file..<fileEnd])
    }

    /// `faulthandler` prints its frames the other way round and says so: `Current thread 0x… (most recent call first):`.
    static func pythonOrder(of lines: borrowing StackLines) -> Order {
        for index in 0..<lines.count where isDumpHeader(lines[index]) { return .innermostFirst }
        return .innermostLast
    }

    /// In such a dump the thread of the error is the current one; without any (`dump_traceback_later`) the first one.
    static func pythonSection(_ line: ByteView) -> Section? {
        guard isDumpHeader(line) else { return nil }
        return line[0] == UInt8(ascii: "T") ? .another : .begins
    }

    /// `Thread 0x…`, `Current thread 0x…` (not `Current thread's C stack trace`), `Stack`.
    private static func isDumpHeader(_ line: ByteView) -> Bool {
        guard line.hasSuffix("(most recent call first):") else { return false }
        return line.hasPrefix("Thread 0x") || line.hasPrefix("Current thread 0x") || line.hasPrefix("Stack (")
    }

    static func pythonOrigin(of frame: StackFrame) -> FrameOrigin {
        let file = frame.file
        // Cython names its sources by their places in the package they were built in; all others have whole paths.
        if file.hasSuffix(".pyx") || file.hasSuffix(".pxi") || file.hasSuffix(".pxd"), !SourcePath.isAbsolute(file) {
            return .package
        }
        return Provenance.origin(file: file)
    }
}
