/// One word of a text or of a search: lower case, without accents, cut to `maxBytes`.
public struct SearchWord: Sendable, Hashable {
    /// Width of `error_words.word`; longer words are cut at a character boundary.
    public static let maxBytes = 24
    /// Shorter words are found by looking at the text; the index does not have them.
    public static let minIndexedCharacters = 3
    /// The second prefix that `bits` knows.
    private static let longPrefixCharacters = 6

    /// UTF-8.
    public let bytes: [UInt8]

    /// - Parameter bytes: folded, not empty and within `maxBytes`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public var isIndexed: Bool { prefixLength(Self.minIndexedCharacters) != nil }

    /// What every text has set that holds a word starting with this one.
    public var bits: SearchBits {
        var bits = SearchBits()
        for characters in [Self.minIndexedCharacters, Self.longPrefixCharacters] {
            if let length = prefixLength(characters) { bits.insert(CRC32.of(bytes[..<length])) }
        }
        return bits
    }

    func starts(with other: SearchWord) -> Bool {
        bytes.starts(with: other.bytes)
    }

    /// Bytes of the first characters; nil when there are fewer.
    private func prefixLength(_ characters: Int) -> Int? {
        var count = 0
        for (index, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if count == characters { return index }
            count += 1
        }
        return count == characters ? bytes.count : nil
    }
}
