/// Walks the lines of a trace from either end, at most ``FingerprintLimits/stackLines`` of them, each cut to
/// ``FingerprintLimits/lineBytes`` and without blanks at its ends.
struct StackLines {
    private let text: ByteView
    private let isForward: Bool
    /// Forward: where the next line begins. Backward: where the line before the next one to give ends.
    private var cursor: Int
    private var remaining = FingerprintLimits.stackLines

    init(_ text: ByteView, forward: Bool) {
        self.text = text
        isForward = forward
        cursor = forward ? 0 : text.count
    }

    mutating func next() -> ByteView? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        return isForward ? nextForward() : nextBackward()
    }

    private mutating func nextForward() -> ByteView? {
        guard cursor < text.count else { return nil }
        let end = text.firstIndex(of: UInt8(ascii: "\n"), from: cursor) ?? text.count
        let line = text[cursor..<end].prefix(FingerprintLimits.lineBytes).trimmed
        cursor = end + 1
        return line
    }

    private mutating func nextBackward() -> ByteView? {
        guard cursor >= 0 else { return nil }
        let newline = text.lastIndex(of: UInt8(ascii: "\n"), before: cursor)
        let start = newline.map { $0 + 1 } ?? 0
        let line = text[start..<cursor].prefix(FingerprintLimits.lineBytes).trimmed
        cursor = newline ?? -1
        return line
    }
}
