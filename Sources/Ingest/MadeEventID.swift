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
        appendBytes(of: high, from: 0, count: 4, to: &output)
        output.append(UInt8(ascii: "-"))
        appendBytes(of: high, from: 4, count: 2, to: &output)
        output.append(UInt8(ascii: "-"))
        appendBytes(of: high, from: 6, count: 2, to: &output)
        output.append(UInt8(ascii: "-"))
        appendBytes(of: low, from: 0, count: 2, to: &output)
        output.append(UInt8(ascii: "-"))
        appendBytes(of: low, from: 2, count: 6, to: &output)
    }

    private func appendBytes(of word: UInt64, from first: Int, count: Int, to output: inout [UInt8]) {
        for index in first..<first + count {
            output.appendHex(UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index)))
        }
    }
}
