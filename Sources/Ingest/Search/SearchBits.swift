/// A digest of the words of a text, 128 bits: a text without all bits of a search does not match it; one with them may.
///
/// Kept in the indexes the lists are walked by, so that most errors that do not match are passed over without reading their texts.
public struct SearchBits: Sendable, Hashable {
    public private(set) var low: UInt64 = 0
    public private(set) var high: UInt64 = 0

    public init() {}

    mutating func insert(_ hash: UInt32) {
        let bit = UInt64(1) << UInt64(hash & 63)
        if hash & 64 == 0 { low |= bit } else { high |= bit }
    }

    mutating func formUnion(_ other: SearchBits) {
        low |= other.low
        high |= other.high
    }
}
