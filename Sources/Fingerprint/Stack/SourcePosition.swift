/// Lines and columns behind the name of a file.
enum SourcePosition {
    /// `location` without its `:line:column`; nil when it has not both.
    static func removed(from location: ByteView) -> ByteView? {
        guard let line = beforeNumber(location.count, in: location), let file = beforeNumber(line, in: location) else {
            return nil
        }
        return file > 0 ? location.prefix(file) : nil
    }

    /// `location` without its `:line` or `:line:column`, if it has any.
    static func file(before location: ByteView) -> ByteView {
        guard let last = beforeNumber(location.count, in: location), last > 0 else { return location }
        guard let line = beforeNumber(last, in: location), line > 0 else { return location.prefix(last) }
        return location.prefix(line)
    }

    /// What follows the positions that begin at `start`: `:12`, `:12:3`, `:line 12`, `(12)`.
    static func skipped(in line: ByteView, from start: Int) -> ByteView {
        var index = start
        while true {
            var next = index
            if line.has(":line ", at: index) {
                next += 6
            } else if line[index] == UInt8(ascii: ":") || line[index] == UInt8(ascii: "(") {
                next += 1
            }
            guard next > index, line[next].isDigit else { break }
            let isParenthesised = line[index] == UInt8(ascii: "(")
            while line[next].isDigit { next += 1 }
            if isParenthesised, line[next] == UInt8(ascii: ")") { next += 1 }
            index = next
        }
        return line.dropFirst(index)
    }

    /// The place of the colon in front of the number that ends at `end`.
    private static func beforeNumber(_ end: Int, in location: ByteView) -> Int? {
        var index = end
        while location[index - 1].isDigit { index -= 1 }
        return index < end && location[index - 1] == UInt8(ascii: ":") ? index - 1 : nil
    }
}
