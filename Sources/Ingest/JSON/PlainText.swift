/// Text that stands for itself in JSON: printable ASCII without quotes and backslashes.
enum PlainText {
    /// Where the run of plain text that begins at `start` ends; looks at eight bytes at a time.
    @inline(__always)
    static func end(in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int {
        var position = start
        while position + 8 <= end {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            // The lowest bit set marks the first byte that is not plain (bits above it may be carries).
            let special =
                marks(of: word, equalTo: UInt8(ascii: "\"")) | marks(of: word, equalTo: UInt8(ascii: "\\"))
                | marks(of: word, equalTo: 0x7F) | ((word &- 0x2020_2020_2020_2020) & ~word & highBits)
                | (word & highBits)
            if special != 0 { return position + special.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < end, isPlain(bytes[position]) { position += 1 }
        return position
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private static var highBits: UInt64 { 0x8080_8080_8080_8080 }

    @inline(__always)
    private static func marks(of word: UInt64, equalTo byte: UInt8) -> UInt64 {
        let difference = word ^ (UInt64(byte) &* 0x0101_0101_0101_0101)
        return (difference &- 0x0101_0101_0101_0101) & ~difference & highBits
    }
}
