/// Turns what stands between the quotes of a JSON string into text, and repairs what cannot be kept.
enum JSONText {
    /// Appends the text of a string: escapes decoded, and each invalid byte sequence, lone surrogate and control character other
    /// than tab, line feed and carriage return replaced by U+FFFD.
    /// - Parameters:
    ///   - maxBytes: stops soon after this many bytes.
    ///   - keepsControls: control characters stay as they are: keys are told apart by them.
    /// - Returns: how many bytes were appended before the first repair; nil when nothing had to be repaired. A raw tab or line end is
    ///   kept, and counts as repaired: it should have been escaped.
    @discardableResult
    static func appendDecoded(
        _ string: JSONString,
        from document: UnsafeRawBufferPointer,
        to output: inout [UInt8],
        maxBytes: Int = .max,
        keepsControls: Bool = false
    ) -> Int? {
        let first = output.count
        var firstRepair: Int?
        func noteRepair(_ output: borrowing [UInt8]) {
            firstRepair = firstRepair ?? output.count - first
        }
        var position = string.start
        while position < string.end, output.count - first <= maxBytes {
            let run = PlainText.end(in: document, from: position, to: string.end)
            output.append(bytesOf: document, position..<run)
            position = run
            guard position < string.end else { break }
            let byte = document[position]
            switch byte {
            case UInt8(ascii: "\\"):
                let escape = decodeEscape(in: document, at: position, end: string.end)
                position += escape.count
                if let scalar = escape.scalar, keepsControls || !isControl(scalar) {
                    UTF8Sequence.append(scalar: scalar, to: &output)
                } else {
                    noteRepair(output)
                    output.append(contentsOf: UTF8Sequence.replacement)
                }
            case 0x00..<0x20, 0x7F:
                noteRepair(output)
                let isKept = keepsControls || !isControl(UInt32(byte))
                UTF8Sequence.append(scalar: isKept ? UInt32(byte) : 0xFFFD, to: &output)
                position += 1
            default:
                let sequence = UTF8Sequence.step(document, at: position, end: string.end)
                if sequence.isValid && (keepsControls || !sequence.isControl) {
                    output.append(bytesOf: document, position..<position + sequence.count)
                } else {
                    noteRepair(output)
                    output.append(contentsOf: UTF8Sequence.replacement)
                }
                position += sequence.count
            }
        }
        return firstRepair
    }

    /// Appends a scanned value as JSON, with what no JSON reader takes replaced inside its strings. Everything else stays as sent.
    static func appendRepaired(_ value: JSONValue, from document: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard !value.traits.isDisjoint(with: .brokenJSON) else {
            output.append(bytesOf: document, value.start..<value.end)
            return
        }
        var isInString = false
        var position = value.start
        while position < value.end {
            let byte = document[position]
            var count = 1
            if byte == UInt8(ascii: "\"") {
                isInString.toggle()
                output.append(byte)
            } else if !isInString {
                output.append(byte)
            } else if byte == UInt8(ascii: "\\") {
                let escape = decodeEscape(in: document, at: position, end: value.end)
                count = escape.count
                if escape.scalar == nil {
                    output.append(contentsOf: UTF8Sequence.replacement)
                } else {
                    output.append(bytesOf: document, position..<position + count)
                }
            } else if byte < 0x20 {
                output.appendJSON(controlCharacter: isControl(UInt32(byte)) ? nil : byte)
            } else if byte >= 0x80 {
                let sequence = UTF8Sequence.step(document, at: position, end: value.end)
                count = sequence.count
                if sequence.isValid {
                    output.append(bytesOf: document, position..<position + count)
                } else {
                    output.append(contentsOf: UTF8Sequence.replacement)
                }
            } else {
                output.append(byte)
            }
            position += count
        }
    }

    /// C0, DEL and C1 except tab, line feed and carriage return.
    static func isControl(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D: false
        case 0x00..<0x20, 0x7F..<0xA0: true
        default: false
        }
    }

    /// The four hexadecimal digits at `offset`.
    static func hexUnit(in bytes: UnsafeRawBufferPointer, at offset: Int, end: Int) -> UInt16? {
        guard offset + 4 <= end else { return nil }
        var unit: UInt16 = 0
        for index in offset..<offset + 4 {
            let digit: UInt8
            switch bytes[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[index] - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// The second half of a surrogate pair, when the escape for one is at `offset`.
    static func lowSurrogate(in bytes: UnsafeRawBufferPointer, at offset: Int, end: Int) -> UInt16? {
        guard offset + 6 <= end, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u"),
            let unit = hexUnit(in: bytes, at: offset + 2, end: end), (0xDC00...0xDFFF).contains(unit)
        else { return nil }
        return unit
    }

    /// The escape at `offset`, which the scanner has found to be one. No scalar: a lone surrogate.
    private static func decodeEscape(
        in bytes: UnsafeRawBufferPointer,
        at offset: Int,
        end: Int
    ) -> (scalar: UInt32?, count: Int) {
        switch bytes[offset + 1] {
        case UInt8(ascii: "n"): return (0x0A, 2)
        case UInt8(ascii: "t"): return (0x09, 2)
        case UInt8(ascii: "r"): return (0x0D, 2)
        case UInt8(ascii: "b"): return (0x08, 2)
        case UInt8(ascii: "f"): return (0x0C, 2)
        case UInt8(ascii: "u"):
            guard let unit = hexUnit(in: bytes, at: offset + 2, end: end) else { return (nil, 2) }
            switch unit {
            case 0xD800...0xDBFF:
                guard let low = lowSurrogate(in: bytes, at: offset + 6, end: end) else { return (nil, 6) }
                return (0x1_0000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00), 12)
            case 0xDC00...0xDFFF: return (nil, 6)
            default: return (UInt32(unit), 6)
            }
        case let other: return (UInt32(other), 2)
        }
    }
}
