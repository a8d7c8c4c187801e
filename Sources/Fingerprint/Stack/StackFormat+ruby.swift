extension StackFormat {
    /// `lib/cart.rb:12:in 'Cart#total'` (a back tick in front of the name up to Ruby 3.3), behind `from` after the
    /// first, which the message follows.
    static func rubyFrame(_ line: ByteView) -> StackFrame? {
        if line.hasPrefix("from ") { return rubyFrame(line.dropFirst(5), isNumbered: false) }
        return numberedStart(line) == nil ? rubyFrame(line, isNumbered: false) : nil
    }

    /// Ruby 2.5 to 2.7 on a terminal: `2: from bin/shop:9:in …`, the innermost frame last and without a number.
    static func rubyReversedFrame(_ line: ByteView) -> StackFrame? {
        if let start = numberedStart(line) { return rubyFrame(line.dropFirst(start), isNumbered: true) }
        return line.hasPrefix("from ") ? nil : rubyFrame(line, isNumbered: false)
    }

    /// Behind `2: from `.
    private static func numberedStart(_ line: ByteView) -> Int? {
        var index = 0
        while line[index].isDigit { index += 1 }
        return index > 0 && line.has(": from ", at: index) ? index + 7 : nil
    }

    private static func rubyFrame(_ line: ByteView, isNumbered: Bool) -> StackFrame? {
        guard let place = line.firstIndex(of: ":in "), place > 0 else {
            // Code outside of any method has no name in old rubies: `from bin/shop:9`.
            guard isNumbered, let file = rubyFile(line) else { return nil }
            return StackFrame(function: .empty, file: file)
        }
        let opening = line[place + 4]
        guard opening == UInt8(ascii: "`") || opening == UInt8(ascii: "'"), let file = rubyFile(line.prefix(place)),
            let end = line.firstIndex(of: UInt8(ascii: "'"), from: place + 5)
        else { return nil }
        var frame = StackFrame(function: line[(place + 5)..<end], file: file)
        if let (gem, start) = cleanedGem(file) {
            frame.module = gem
            frame.file = file.dropFirst(start)
        }
        return frame
    }

    /// `activerecord (7.0.4) lib/active_record/base.rb`, as Rails' cleaner shortens the places of gems. The gem, and where
    /// its file begins.
    private static func cleanedGem(_ file: ByteView) -> (gem: ByteView, fileStart: Int)? {
        guard let opening = file.firstIndex(of: " ("), file[opening + 2].isDigit,
            let closing = file.firstIndex(of: ") ", from: opening)
        else { return nil }
        for index in 0..<opening where SourcePath.isSeparator(file[index]) { return nil }
        return (file.prefix(opening), closing + 2)
    }

    /// Without the line behind it.
    private static func rubyFile(_ place: ByteView) -> ByteView? {
        var end = place.count
        while end > 0, place[end - 1].isDigit { end -= 1 }
        guard end < place.count, end > 1, place[end - 1] == UInt8(ascii: ":") else { return nil }
        let file = place.prefix(end - 1)
        // `(eval at lib/cart.rb:3)` is `(eval)`, as it was before Ruby 3.3.
        return file.hasPrefix("(eval") ? ByteView("(eval)") : file
    }

    static func rubyOrigin(of frame: StackFrame) -> FrameOrigin {
        let file = frame.file
        if !frame.module.isEmpty { return .package }
        if file.hasPrefix("<internal:") { return .runtime }
        // RubyGems and Bundler: `…/gems/rack-3.0.8/…`, `…/bundler/gems/…`. The interpreter's own: `…/lib/ruby/3.3.0/…`.
        if file.firstIndex(of: "/gems/") != nil { return .package }
        if file.firstIndex(of: "/lib/ruby/") != nil { return .runtime }
        return Provenance.origin(file: file)
    }
}
