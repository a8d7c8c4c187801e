/// Reads the wire form of a record, whoever made it: nothing in it is trusted.
struct RecordReader {
    private let bytes: [UInt8]
    /// As in "error record".
    private let kind: StaticString
    private(set) var position = 0

    /// Reads the version, the first byte. There is one: 1.
    init(_ bytes: [UInt8], kind: StaticString, version known: UInt8) throws(RecordError) {
        self.bytes = bytes
        self.kind = kind
        guard !bytes.isEmpty else { throw malformed("no bytes") }
        let version = try integer(UInt8.self)
        guard version > 0 else { throw malformed("version 0") }
        guard version <= known else { throw newer("of unknown version \(version)") }
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func range(of count: Int) throws(RecordError) -> Range<Int> {
        guard bytes.count - position >= count else { throw malformed("it ends too early") }
        defer { position += count }
        return position..<position + count
    }

    mutating func slice(of count: Int) throws(RecordError) -> ArraySlice<UInt8> {
        bytes[try range(of: count)]
    }

    mutating func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
        _: Integer.Type
    ) throws(RecordError) -> Integer {
        let start = try range(of: MemoryLayout<Integer>.size).lowerBound
        return bytes.withUnsafeBytes {
            Integer(bigEndian: $0.loadUnaligned(fromByteOffset: start, as: Integer.self))
        }
    }

    /// The texts `RecordWriter.put(_:)` wrote; they stay where they are, and hold all of the record's bytes.
    /// - Parameter present: bit n = the field with raw value n is there.
    mutating func texts<Field: TextField>(_: Field.Type, present: UInt16) throws(RecordError) -> FieldTexts<Field> {
        var texts = FieldTexts<Field>(bytes: bytes)
        for field in Field.texts where present & 1 << UInt16(field.rawValue) != 0 {
            let count = Int(try integer(UInt32.self))
            guard let limit = Field.limit(of: field), count <= limit.maxBytes else {
                throw malformed("a text is too long")
            }
            let range = try range(of: count)
            let isText = bytes.withUnsafeBytes { UTF8Sequence.isText(UnsafeRawBufferPointer(rebasing: $0[range])) }
            guard isText else { throw malformed("a text is not UTF-8") }
            texts.setExtent(TextExtent(range), of: field)
        }
        return texts
    }

    func malformed(_ what: StaticString) -> RecordError {
        RecordError(code: .malformed, message: "malformed \(kind): \(what)")
    }

    func newer(_ what: String) -> RecordError {
        RecordError(code: .unknownVersion, message: "\(kind) \(what)")
    }
}
