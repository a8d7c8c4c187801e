internal import Fingerprint

/// An event id made by `EventIDGenerator`: the 16 bytes of a UUID as two big-endian words.
struct MadeEventID {
    var high: UInt64
    var low: UInt64

    /// The 16 bytes.
    var digest: Digest16 {
        let digest = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Digest16(bytes: $0) }
        guard let digest else { preconditionFailure("two words are 16 bytes") }
        return digest
    }

    /// Appends the 36 ASCII bytes people write a UUID with.
    func appendText(to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(byteCount: 36, alignment: 8) { text in
            func put(_ word: UInt64, at offset: Int) {
                text.storeBytes(
                    of: HexDigits.of(UInt16(truncatingIfNeeded: word)), toByteOffset: offset, as: UInt32.self)
            }
            put(high >> 48, at: 0)
            put(high >> 32, at: 4)
            put(high >> 16, at: 9)
            put(high, at: 14)
            put(low >> 48, at: 19)
            put(low >> 32, at: 24)
            put(low >> 16, at: 28)
            put(low, at: 32)
            for offset in [8, 13, 18, 23] { text[offset] = UInt8(ascii: "-") }
            output.append(contentsOf: text)
        }
    }
}
