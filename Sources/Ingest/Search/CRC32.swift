/// CRC-32 of IEEE 802.3, the function `CRC32()` of MariaDB and MySQL: the same key can be made on both sides.
public enum CRC32 {
    public static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var state = UInt32.max
        for byte in bytes { state = table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8) }
        return ~state
    }

    private static let table: InlineArray<256, UInt32> = InlineArray { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : 0xEDB8_8320 ^ (value >> 1) }
    }
}
