/// The first 16 bytes of a SHA-256 over length-prefixed parts: a short identity, such as that of a client's event id.
public struct Digest16: Sendable, Hashable {
    public static let byteCount = 16

    // The bytes in memory order.
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64

    package init(prefixOf digest: Fingerprint) {
        (high, low) = digest.withUnsafeBytes {
            ($0.load(fromByteOffset: 0, as: UInt64.self), $0.load(fromByteOffset: 8, as: UInt64.self))
        }
    }

    /// Nil unless there are exactly 16 bytes.
    @inlinable
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        Swift.withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        (high, low) = words
    }

    public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// The pointer is valid only inside `body`.
    @inlinable
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        Swift.withUnsafeBytes(of: (high, low)) { body($0) }
    }
}

extension Digest16: Comparable {
    /// The order of the bytes, which is also that of a BINARY column.
    @inlinable
    public static func < (one: Digest16, other: Digest16) -> Bool {
        one.high == other.high ? one.low.bigEndian < other.low.bigEndian : one.high.bigEndian < other.high.bigEndian
    }
}
