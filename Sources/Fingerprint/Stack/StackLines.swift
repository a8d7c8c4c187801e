/// The lines of a trace, at most ``FingerprintLimits/stackLines`` of them from either end, each cut to
/// ``FingerprintLimits/lineBytes`` and without blanks at its ends. Owns the memory for its list and uses it again; the
/// lines themselves are borrowed from the trace.
struct StackLines: ~Copyable {
    private let list: UnsafeMutablePointer<ByteView>
    /// The place in `list` of the first line.
    private var first = 0
    private(set) var count = 0
    /// Whether the trace has more lines than were read.
    private(set) var isCut = false

    init() {
        list = .allocate(capacity: FingerprintLimits.stackLines)
        list.initialize(repeating: .empty, count: FingerprintLimits.stackLines)
    }

    deinit { list.deallocate() }

    /// The line, or an empty one where there is none.
    subscript(index: Int) -> ByteView {
        @inline(__always) get {
            guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return .empty }
            return list[first + index]
        }
    }

    mutating func removeAll() {
        count = 0
    }

    /// Reads the first lines of `text`.
    mutating func readFirst(_ text: ByteView) {
        first = 0
        count = 0
        var cursor = 0
        while cursor < text.count, count < FingerprintLimits.stackLines {
            let end = text.firstIndex(of: UInt8(ascii: "\n"), from: cursor) ?? text.count
            list[count] = text[cursor..<end].prefix(FingerprintLimits.lineBytes).trimmed
            count += 1
            cursor = end + 1
        }
        isCut = cursor < text.count
    }

    /// Reads the last lines of `text`.
    mutating func readLast(_ text: ByteView) {
        first = FingerprintLimits.stackLines
        var end = text.count
        while end >= 0, first > 0 {
            let newline = text.lastIndex(of: UInt8(ascii: "\n"), before: end)
            let start = newline.map { $0 + 1 } ?? 0
            first -= 1
            list[first] = text[start..<end].prefix(FingerprintLimits.lineBytes).trimmed
            end = newline ?? -1
        }
        count = FingerprintLimits.stackLines - first
        isCut = end >= 0
    }
}
