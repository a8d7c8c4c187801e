extension StackFormat {
    /// Carp and Devel::StackTrace. `Shop::Cart::total(5) called at app.pl line 40` says where `total` was called; where
    /// it stopped says the line above:
    ///
    ///     no price at lib/Shop/Cart.pm line 12.
    ///         Shop::Cart::total(5) called at app.pl line 40
    ///         main::run() called at app.pl line 7
    static func perlFrame(in lines: borrowing StackLines, at index: Int) -> StackFrame? {
        guard let call = perlCall(lines[index]) else { return nil }
        let above = lines[index - 1]
        let caller = perlCall(above)?.file ?? perlPlace(above)
        return StackFrame(function: call.function, file: caller ?? .empty)
    }

    private static func perlCall(_ line: ByteView) -> (function: ByteView, file: ByteView)? {
        guard let called = line.lastIndex(of: " called at "), called > 0, let file = perlPlace(line) else { return nil }
        let call = line.prefix(called)
        return (call.prefix(call.firstIndex(of: UInt8(ascii: "(")) ?? called), file)
    }

    /// The file in `… at lib/Cart.pm line 12.`, whatever follows the number: `, <STDIN> line 3.`, ` thread 2`.
    private static func perlPlace(_ line: ByteView) -> ByteView? {
        if line.hasPrefix("at ") { return perlFile(line.dropFirst(3)) }
        guard let at = line.lastIndex(of: " at ") else { return nil }
        return perlFile(line.dropFirst(at + 4))
    }

    private static func perlFile(_ place: ByteView) -> ByteView? {
        guard let end = place.firstIndex(of: " line "), place[end + 6].isDigit else { return nil }
        return place.hasPrefix("(eval ") ? ByteView("(eval)") : place.prefix(end)
    }

    static func perlOrigin(of frame: StackFrame) -> FrameOrigin {
        let file = frame.file
        // `eval {...}` and `require` are steps of the language and not calls of a function.
        if frame.function.hasPrefix("eval {") || frame.function.hasPrefix("require ") { return .runtime }
        if frame.function.hasPrefix("Carp::") { return .runtime }
        if file.firstIndex(of: "/site_perl/") != nil || file.firstIndex(of: "/vendor_perl/") != nil { return .package }
        if file.firstIndex(of: "/perl5/") != nil || file.hasPrefix("/usr/share/perl") { return .package }
        if file.hasPrefix("/usr/lib/"), file.firstIndex(of: "/perl") != nil { return .runtime }
        return file.isEmpty ? .application : Provenance.origin(file: file)
    }
}
