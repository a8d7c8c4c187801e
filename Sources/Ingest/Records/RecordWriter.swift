/// Writes the wire form of a record, integers big-endian, into memory that is large enough; every write is checked against its end.
struct RecordWriter {
    private let buffer: UnsafeMutableRawBufferPointer
    private(set) var position = 0

    /// - Parameter byteCount: exactly the bytes that `write` puts.
    static func bytes(count byteCount: Int, _ write: (inout RecordWriter) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, written in
            var writer = RecordWriter(buffer: UnsafeMutableRawBufferPointer(buffer))
            write(&writer)
            written = writer.position
        }
    }

    private init(buffer: UnsafeMutableRawBufferPointer) {
        self.buffer = buffer
    }

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { put($0) }
    }

    mutating func put(_ bytes: UnsafeRawBufferPointer) {
        UnsafeMutableRawBufferPointer(rebasing: buffer[position..<position + bytes.count]).copyMemory(from: bytes)
        position += bytes.count
    }

    /// Per present text, in the order of the raw values: UInt32 count, then the bytes.
    mutating func put<Field>(_ texts: FieldTexts<Field>) {
        texts.bytes.withUnsafeBytes { bytes in
            for field in Field.texts {
                let extent = texts.extent(of: field)
                guard extent.isPresent else { continue }
                put(extent.count)
                put(UnsafeRawBufferPointer(rebasing: bytes[extent.range]))
            }
        }
    }
}

extension FieldTexts {
    /// Bit n = the field with raw value n is there.
    var presentBits: UInt16 {
        Field.texts.reduce(0) { extent(of: $1).isPresent ? $0 | 1 << UInt16($1.rawValue) : $0 }
    }

    /// What `RecordWriter.put(_:)` writes of them.
    var encodedByteCount: Int {
        Field.texts.reduce(0) { extent(of: $1).isPresent ? $0 + 4 + Int(extent(of: $1).count) : $0 }
    }
}
