extension RequestRejection {
    /// What is wrong with the JSON of `document`, in words.
    init(_ problem: JSONProblem, in document: UnsafeRawBufferPointer) {
        self.init(statusCode: 400, code: "invalid_json", message: "")
        let offset = problem.offset
        var field = FieldProblem(field: "body", rule: "json")
        switch problem.code {
        case .unexpectedEnd:
            message = "the JSON text ends too early, at byte \(offset)"
        case .unexpectedByte:
            message = "malformed JSON: unexpected \(Self.name(ofByteAt: offset, in: document)) at byte \(offset)"
        case .invalidLiteral:
            message = "malformed JSON: neither true, false nor null at byte \(offset)"
        case .invalidNumber:
            message = "malformed JSON: no number by the rules of JSON at byte \(offset)"
        case .invalidEscape:
            message = "malformed JSON: unknown escape at byte \(offset)"
        case .trailingBytes:
            message = "malformed JSON: more bytes after the end of the value, at byte \(offset)"
        case .duplicateKey:
            let key = Self.key(at: offset, in: document)
            field = FieldProblem(field: key, rule: "uniqueKeys")
            message = "duplicate key \"\(key)\" at byte \(offset)"
        case .tooDeep:
            field = FieldProblem(field: "body", rule: "maxDepth", limit: ErrorLimits.depth)
            message = "objects and arrays nest deeper than \(ErrorLimits.depth), at byte \(offset)"
        case .numberOutOfRange:
            field = FieldProblem(field: "body", rule: "range")
            message = "number out of range at byte \(offset)"
        case .brokenKey:
            field = FieldProblem(field: "body", rule: "utf8")
            message = "the key at byte \(offset) is not valid UTF-8 text"
        }
        fields = [field]
    }

    private static func name(ofByteAt offset: Int, in document: UnsafeRawBufferPointer) -> String {
        guard offset < document.count else { return "end" }
        let byte = document[offset]
        guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\"") else { return "byte \(byte)" }
        return "'\(Character(UnicodeScalar(byte)))'"
    }

    /// The key whose opening quote is at `offset`, at most 64 bytes of it, for the message.
    private static func key(at offset: Int, in document: UnsafeRawBufferPointer) -> String {
        let rest = document[min(offset + 1, document.count)...].prefix(64)
        return String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }, as: UTF8.self)
    }
}
