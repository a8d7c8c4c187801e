/// Lower-case hexadecimal digits, several at a time.
package enum HexDigits {
    /// The eight digits of four bytes, the highest first: ASCII, to be stored as they stand in memory.
    @inlinable
    package static func of(_ word: UInt32) -> UInt64 { inOrder(word).bigEndian }

    /// The four digits of two bytes.
    @inlinable
    package static func of(_ word: UInt16) -> UInt32 {
        UInt32(truncatingIfNeeded: inOrder(UInt32(word))).bigEndian
    }

    /// The first digit in the highest byte.
    @inlinable
    static func inOrder(_ word: UInt32) -> UInt64 {
        // Each half byte into a byte of its own.
        var digits = UInt64(word)
        digits = (digits | digits << 16) & 0x0000_FFFF_0000_FFFF
        digits = (digits | digits << 8) & 0x00FF_00FF_00FF_00FF
        digits = (digits | digits << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // 1 where it is ten or more: 'a' lies 39 beyond the character after '9'.
        let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits + 0x3030_3030_3030_3030 + letters * 39
    }
}
