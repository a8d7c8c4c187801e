/// A list of beginnings that a name is held against, made for lists of some dozens and traces of some dozens of frames:
/// the first eight bytes are compared at once.
struct NamePrefixes: Sendable {
    private struct Entry {
        let head: UInt64
        let mask: UInt64
        let text: StaticString
    }

    private static let headBytes = 8
    private let entries: [Entry]

    init(_ texts: [StaticString]) {
        entries = texts.map { text in
            let length = min(text.utf8CodeUnitCount, Self.headBytes)
            return Entry(
                head: Self.head(of: ByteView(text)),
                mask: length == Self.headBytes ? .max : (1 << UInt64(8 * length)) - 1,
                text: text
            )
        }
    }

    /// Whether the name begins with one of the list.
    func match(_ name: ByteView) -> Bool {
        let head = Self.head(of: name)
        for entry in entries where head & entry.mask == entry.head {
            if entry.text.utf8CodeUnitCount <= Self.headBytes || name.hasPrefix(entry.text) { return true }
        }
        return false
    }

    /// The first eight bytes, zeros where there are fewer.
    private static func head(of text: ByteView) -> UInt64 {
        if text.count >= headBytes { return UInt64(littleEndian: text.base.loadUnaligned(as: UInt64.self)) }
        var head: UInt64 = 0
        for index in 0..<text.count { head |= UInt64(text[index]) << UInt64(8 * index) }
        return head
    }
}
