/// One step through bytes that should be UTF-8 (RFC 3629).
struct UTF8Sequence {
    /// Bytes taken: the sequence, or, when it is not valid, the part of it to be replaced by one U+FFFD (the longest start of a
    /// valid sequence, at least 1: the practice Unicode recommends in chapter 3, "U+FFFD Substitution of Maximal Subparts").
    var count: Int
    var isValid: Bool
    /// A C1 control character, U+0080 … U+009F.
    var isControl: Bool

    /// U+FFFD in UTF-8.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Looks at the sequence at `offset`, whose first byte is over 0x7F. `end` is the end of the text.
    static func step(_ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int) -> UTF8Sequence {
        let first = bytes[offset]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return UTF8Sequence(count: 1, isValid: false, isControl: false)
        }
        var taken = 1
        while taken < length {
            guard offset + taken < end, bytes[offset + taken] >= low, bytes[offset + taken] <= high else {
                return UTF8Sequence(count: taken, isValid: false, isControl: false)
            }
            (low, high) = (0x80, 0xBF)
            taken += 1
        }
        return UTF8Sequence(count: length, isValid: true, isControl: first == 0xC2 && bytes[offset + 1] < 0xA0)
    }

    static func append(scalar: UInt32, to output: inout [UInt8]) {
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(scalar))
        case 0x80..<0x800:
            output.append(0xC0 | UInt8(scalar >> 6))
            output.append(0x80 | UInt8(scalar & 0x3F))
        case 0x800..<0x1_0000:
            output.append(0xE0 | UInt8(scalar >> 12))
            output.append(0x80 | UInt8((scalar >> 6) & 0x3F))
            output.append(0x80 | UInt8(scalar & 0x3F))
        default:
            output.append(0xF0 | UInt8((scalar >> 18) & 0x07))
            output.append(0x80 | UInt8((scalar >> 12) & 0x3F))
            output.append(0x80 | UInt8((scalar >> 6) & 0x3F))
            output.append(0x80 | UInt8(scalar & 0x3F))
        }
    }
}

extension UTF8Sequence {
    /// Whether all of the bytes are UTF-8.
    static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var offset = 0
        while offset < bytes.count {
            if offset + 8 <= bytes.count,
                bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                offset += 8
            } else if bytes[offset] < 0x80 {
                offset += 1
            } else {
                let sequence = step(bytes, at: offset, end: bytes.count)
                guard sequence.isValid else { return false }
                offset += sequence.count
            }
        }
        return true
    }
}
