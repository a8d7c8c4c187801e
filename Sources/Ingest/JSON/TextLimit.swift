/// How long a text may be. Cuts fall between characters (Unicode scalars, as the store counts them).
public enum TextLimit: Sendable, Equatable {
    /// UTF-8 bytes.
    case bytes(Int)
    /// Unicode scalars, the unit of a `VARCHAR`'s width.
    case characters(Int)

    /// A text of this many bytes or fewer is never cut by looking at its bytes alone.
    var minBytes: Int {
        switch self {
        case .bytes(let count), .characters(let count): count
        }
    }

    /// No text of more bytes can pass.
    public var maxBytes: Int {
        switch self {
        case .bytes(let count): count
        case .characters(let count): count * 4
        }
    }

    /// How many of the bytes may be kept. The text is valid UTF-8.
    func keptCount(of text: UnsafeRawBufferPointer) -> Int {
        guard text.count > minBytes else { return text.count }
        switch self {
        case .bytes(let limit):
            var count = limit
            // At most three steps: a character has at most three continuation bytes.
            while count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
            return count
        case .characters(let limit):
            var characters = 0
            var offset = 0
            while offset < text.count {
                if text[offset] & 0xC0 != 0x80 {
                    if characters == limit { return offset }
                    characters += 1
                }
                offset += 1
            }
            return text.count
        }
    }
}
