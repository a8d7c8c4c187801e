extension [UInt8] {
    @inline(__always)
    mutating func append(bytesOf document: UnsafeRawBufferPointer, _ range: Range<Int>) {
        append(contentsOf: UnsafeRawBufferPointer(rebasing: document[range]))
    }

    /// Appends ASCII or UTF-8 as it stands.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a decimal integer.
    mutating func append(decimal value: Int) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let first = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        self[first...].reverse()
    }

    /// Appends a JSON string. `text` is UTF-8.
    mutating func appendJSON(string text: some Sequence<UInt8>) {
        append(UInt8(ascii: "\""))
        let isDone: Void? = text.withContiguousStorageIfAvailable { appendJSON(content: UnsafeRawBufferPointer($0)) }
        if isDone == nil { [UInt8](text).withUnsafeBytes { appendJSON(content: $0) } }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendJSON(content text: UnsafeRawBufferPointer) {
        var position = 0
        while position < text.count {
            let run = PlainText.end(in: text, from: position, to: text.count)
            if run > position { append(bytesOf: text, position..<run) }
            guard run < text.count else { return }
            switch text[run] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(text[run])
            case 0x00..<0x20:
                appendJSON(escaped: text[run])
            default:
                append(text[run])
            }
            position = run + 1
        }
    }

    /// Appends a character under 0x20 inside a JSON string; nil stands for U+FFFD.
    mutating func appendJSON(controlCharacter byte: UInt8?) {
        if let byte { appendJSON(escaped: byte) } else { append(contentsOf: UTF8Sequence.replacement) }
    }

    private mutating func appendJSON(escaped byte: UInt8) {
        switch byte {
        case 0x09: append("\\t")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        default:
            append("\\u00")
            appendHex(byte)
        }
    }

    /// Appends two lower-case hexadecimal digits.
    @inline(__always)
    mutating func appendHex(_ byte: UInt8) {
        append(Self.hexDigit(byte >> 4))
        append(Self.hexDigit(byte & 0x0F))
    }

    @inline(__always)
    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
