extension JSONScanner {
    /// Reads the string whose opening quote is at the current position.
    mutating func scanString() throws(JSONProblem) -> JSONString {
        try take(UInt8(ascii: "\""))
        let start = position
        var traits: JSONString.Traits = []
        while true {
            advance(by: PlainText.end(in: bytes, from: position, to: bytes.count) - position)
            guard position < bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: position) }
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                let string = JSONString(start: start, end: position, traits: traits)
                advance(by: 1)
                return string
            case UInt8(ascii: "\\"):
                traits.formUnion(try scanEscape())
            case 0x00..<0x20:
                traits.insert(.rawControl)
                advance(by: 1)
            case 0x7F:
                traits.insert(.control)
                advance(by: 1)
            case 0x80...0xFF:
                traits.insert(.nonASCII)
                let sequence = UTF8Sequence.step(bytes, at: position, end: bytes.count)
                if !sequence.isValid { traits.insert(.invalidUTF8) }
                if sequence.isControl { traits.insert(.control) }
                advance(by: sequence.count)
            default:
                advance(by: 1)
            }
        }
    }

    /// Reads the escape whose backslash is at the current position; of a surrogate pair both halves.
    private mutating func scanEscape() throws(JSONProblem) -> JSONString.Traits {
        guard position + 1 < bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: bytes.count) }
        switch bytes[position + 1] {
        case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"),
            UInt8(ascii: "r"):
            advance(by: 2)
            return .escapes
        case UInt8(ascii: "b"), UInt8(ascii: "f"):
            advance(by: 2)
            return [.escapes, .control]
        case UInt8(ascii: "u"):
            break
        default:
            throw JSONProblem(code: .invalidEscape, offset: position)
        }
        guard let unit = JSONText.hexUnit(in: bytes, at: position + 2, end: bytes.count) else {
            guard position + 6 <= bytes.count else { throw JSONProblem(code: .unexpectedEnd, offset: bytes.count) }
            throw JSONProblem(code: .invalidEscape, offset: position)
        }
        advance(by: 6)
        switch unit {
        case 0xD800...0xDBFF:
            guard JSONText.lowSurrogate(in: bytes, at: position, end: bytes.count) != nil else {
                return [.escapes, .loneSurrogate]
            }
            advance(by: 6)
            return .escapes
        case 0xDC00...0xDFFF:
            return [.escapes, .loneSurrogate]
        default:
            return JSONText.isControl(UInt32(unit)) ? [.escapes, .control] : .escapes
        }
    }
}
