extension StackFormat {
    /// `#1 /app/Cart.php(12): Shop\Cart->total(5)` says where `total` was called, in the file of its caller. Where the
    /// code of `total` is says the line above, and for `#0` the line with the message:
    ///
    ///     Exception: no price in /app/PriceList.php:7
    ///     Stack trace:
    ///     #0 /app/Cart.php(12): Shop\PriceList->price('7')
    ///     #1 /app/main.php(3): Shop\Cart->total(Array)
    ///     #2 {main}
    static func phpFrame(in lines: borrowing StackLines, at index: Int) -> StackFrame? {
        guard let call = phpCall(lines[index]) else { return nil }
        if let caller = phpCall(lines[index - 1]) { return StackFrame(function: call.function, file: caller.file) }
        return StackFrame(
            function: call.function, file: phpOrigin(lines[index - 1]) ?? phpOrigin(lines[index - 2]) ?? .empty)
    }

    private static func phpCall(_ line: ByteView) -> (file: ByteView, function: ByteView)? {
        guard line[0] == UInt8(ascii: "#"), line[1].isDigit else { return nil }
        var start = 1
        while line[start].isDigit { start += 1 }
        guard line[start] == UInt8(ascii: " ") else { return nil }
        start += 1
        let rest = line.dropFirst(start)
        if rest.equals("{main}") { return (.empty, rest) }
        if rest.hasPrefix("[internal function]: ") { return (rest.prefix(19), phpFunction(rest.dropFirst(21))) }
        // `/app/Cart.php(12): f()`, `/app/Cart.php(12) : eval()'d code(1): f()`.
        guard let end = rest.firstIndex(of: "): "), let opening = rest.lastIndex(of: UInt8(ascii: "("), before: end)
        else {
            return nil
        }
        guard opening > 0, rest[opening + 1].isDigit else { return nil }
        var file = rest.prefix(opening)
        if let code = file.firstIndex(of: ") : eval()'d code") {
            file = file.prefix(file.lastIndex(of: UInt8(ascii: "("), before: code) ?? code)
        }
        return (file, phpFunction(rest.dropFirst(end + 3)))
    }

    /// Without the arguments. Those in the name of a closure (`{closure:Shop\Cart::total():12}`) stand in braces.
    private static func phpFunction(_ call: ByteView) -> ByteView {
        var isInBraces = false
        for index in 0..<call.count {
            switch call[index] {
            case UInt8(ascii: "{"): isInBraces = true
            case UInt8(ascii: "}"): isInBraces = false
            case UInt8(ascii: "("): if !isInBraces { return call.prefix(index) }
            default: break
            }
        }
        return call
    }

    /// The file at the end of the line with the message: `… in /app/Cart.php:12`, or as loggers have it
    /// `… at /app/Cart.php:12)`.
    private static func phpOrigin(_ line: ByteView) -> ByteView? {
        let text = line.hasSuffix(")") ? line.prefix(line.count - 1) : line
        var end = text.count
        while end > 0, text[end - 1].isDigit { end -= 1 }
        guard end < text.count, end > 0, text[end - 1] == UInt8(ascii: ":") else { return nil }
        let head = text.prefix(end - 1)
        guard let start = head.lastIndex(of: " in ") ?? head.lastIndex(of: " at ") else { return nil }
        return head.dropFirst(start + 4)
    }

    static func phpOrigin(of frame: StackFrame) -> FrameOrigin {
        if frame.file.hasPrefix("[internal") { return .runtime }
        // A trace without the line of the message does not say where its first function is.
        return frame.file.isEmpty ? .application : Provenance.origin(file: frame.file)
    }
}
