/// Finds where brackets of one kind close. Once it has looked in vain it looks no more, so that a name full of brackets that
/// never close costs one search and not one for each.
struct BracketSearch {
    private let open: UInt8
    private let close: UInt8
    private var isWorthwhile = true

    init(_ open: UInt8, _ close: UInt8) {
        self.open = open
        self.close = close
    }

    /// Behind the bracket that closes the one at `start`; nil when there is none. The arrow `->` is no bracket.
    mutating func end(in name: ByteView, from start: Int) -> Int? {
        guard isWorthwhile else { return nil }
        var depth = 0
        for index in start..<name.count {
            if name[index] == open { depth += 1 }
            if name[index] == close, close != UInt8(ascii: ">") || name[index - 1] != UInt8(ascii: "-") {
                depth -= 1
                if depth == 0 { return index + 1 }
            }
        }
        isWorthwhile = false
        return nil
    }
}
