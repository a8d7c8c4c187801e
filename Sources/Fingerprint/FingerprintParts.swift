/// The parts of a fingerprint in the order they were hashed, read out of the very bytes that were.
///
/// Borrowed from the ``Fingerprinter`` that made it and from the input: valid only during the call it is handed to.
package struct FingerprintParts: Sequence, IteratorProtocol {
    /// The version of the rules.
    package let version: UInt8
    /// ``Grouping/message``: the one part, which stands for itself.
    private var rawMessage: ByteView?
    /// Parts as ``PartEncoding`` describes them.
    private var encoded: ByteView

    init(version: UInt8, encoded: ByteView) {
        self.version = version
        self.encoded = encoded
    }

    init(version: UInt8, rawMessage: ByteView) {
        self.version = version
        self.rawMessage = rawMessage
        self.encoded = .empty
    }

    /// At least as many bytes as the parts that are left have together.
    package var maxByteCount: Int { encoded.count + (rawMessage?.count ?? 0) }

    package mutating func next() -> (name: FingerprintPart.Name, bytes: UnsafeRawBufferPointer)? {
        if let message = rawMessage {
            rawMessage = nil
            return (.rawMessage, message.buffer)
        }
        // At the end there is a 0, which is no name.
        guard let name = FingerprintPart.Name(rawValue: encoded[0]) else { return nil }
        let length = Int(UInt32(bigEndian: encoded.base.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
        let part = encoded.dropFirst(PartEncoding.prefixBytes).prefix(length)
        encoded = encoded.dropFirst(PartEncoding.prefixBytes + length)
        return (name, part.buffer)
    }
}
