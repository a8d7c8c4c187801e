import Fingerprint
import Ingest

/// The value of one field of a `count:<window>:<part>` hash: count, first ms, last ms, each a big-endian Int64
/// (`struct.pack('>I8I8I8')` in admit.lua). One field instead of three keeps admit at one read and one write per error.
enum PackedCount {
    static let byteCount = 24

    /// Nil unless the field is 32 bytes and the value 24 with a positive count.
    static func decode(field: [UInt8], value: [UInt8]) -> WindowCount? {
        guard value.count == byteCount, let fingerprint = Fingerprint(bytes: field) else { return nil }
        let count = integer(value, at: 0)
        guard count > 0 else { return nil }
        return WindowCount(
            fingerprint: fingerprint,
            count: UInt64(count),
            firstSeenMilliseconds: integer(value, at: 8),
            lastSeenMilliseconds: integer(value, at: 16)
        )
    }

    private static func integer(_ bytes: [UInt8], at offset: Int) -> Int64 {
        var value: UInt64 = 0
        for byte in bytes[offset..<offset + 8] { value = value << 8 | UInt64(byte) }
        return Int64(bitPattern: value)
    }
}
