internal import Fingerprint

// Version 1, integers big-endian:
//
//     UInt8   version = 1
//     32      fingerprint
//     Int64   effective event time, Unix ms
//     Int64   time of receipt, Unix ms
//     UInt16  which texts are present: bit n = ErrorField with raw value n
//     per present text, in the order of the raw values: UInt32 count, then the bytes
//     UInt8   grouping version
//     UInt8   number of grouping parts; per part: UInt8 tag (FingerprintPart.Name), UInt16 count, the bytes
//
// Nothing follows. Another layout gets another version.
extension ErrorRecord {
    public static let version: UInt8 = 1

    /// The wire form.
    public func encoded() -> [UInt8] {
        let texts = self.texts
        var present: UInt16 = 0
        var count = Self.fixedByteCount
        for field in ErrorField.texts where texts.extent(of: field).isPresent {
            present |= 1 << UInt16(field.rawValue)
            count += 4 + Int(texts.extent(of: field).count)
        }
        for part in grouping.parts { count += 3 + part.bytes.count }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var writer = Writer(buffer: UnsafeMutableRawBufferPointer(buffer))
            writer.put(Self.version)
            fingerprint.withUnsafeBytes { writer.put($0) }
            writer.put(eventMilliseconds)
            writer.put(receivedMilliseconds)
            writer.put(present)
            texts.bytes.withUnsafeBytes { bytes in
                for field in ErrorField.texts {
                    let extent = texts.extent(of: field)
                    guard extent.isPresent else { continue }
                    writer.put(extent.count)
                    writer.put(UnsafeRawBufferPointer(rebasing: bytes[extent.range]))
                }
            }
            writer.put(grouping.version)
            writer.put(UInt8(grouping.parts.count))
            for part in grouping.parts {
                writer.put(part.name.rawValue)
                writer.put(UInt16(part.bytes.count))
                part.bytes.withUnsafeBytes { writer.put($0) }
            }
            written = writer.position
        }
    }

    /// Version, fingerprint, two times, the bits, grouping version and number of parts.
    private static let fixedByteCount = 1 + Fingerprint.byteCount + 8 + 8 + 2 + 1 + 1

    /// Fills memory that is large enough; every write is checked against its end.
    private struct Writer {
        let buffer: UnsafeMutableRawBufferPointer
        private(set) var position = 0

        init(buffer: UnsafeMutableRawBufferPointer) {
            self.buffer = buffer
        }

        mutating func put(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.bigEndian) { put($0) }
        }

        mutating func put(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: buffer[position..<position + bytes.count]).copyMemory(from: bytes)
            position += bytes.count
        }
    }

    /// Reads a wire form. The texts stay where they are: the record holds `bytes`.
    public init(decoding bytes: [UInt8]) throws(ErrorRecordError) {
        var reader = Reader(bytes: bytes)
        guard let version = bytes.first else { throw .malformed("no bytes") }
        guard version >= Self.version else { throw .malformed("version 0") }
        guard version == Self.version else { throw .unknownVersion(version) }
        _ = try reader.integer(UInt8.self)
        guard let fingerprint = Fingerprint(bytes: bytes[try reader.range(of: 32)]) else {
            throw .malformed("fingerprint")
        }
        let event = try reader.integer(Int64.self)
        let received = try reader.integer(Int64.self)
        let present = try reader.integer(UInt16.self)
        guard present >> UInt16(ErrorField.textCount) == 0 else { throw .malformed("unknown fields") }
        var texts = ErrorTexts(bytes: bytes)
        for field in ErrorField.texts where present & 1 << UInt16(field.rawValue) != 0 {
            let count = Int(try reader.integer(UInt32.self))
            guard count <= ErrorLimits.text(field)?.maxBytes ?? 0 else { throw .malformed("a text is too long") }
            texts.setExtent(ErrorTexts.Extent(try reader.textRange(of: count)), of: field)
        }
        guard let message = texts[.message], !message.isEmpty, texts[.eventId] != nil else {
            throw .malformed("no message or no event id")
        }
        let groupingVersion = try reader.integer(UInt8.self)
        var parts: [FingerprintPart] = []
        for _ in 0..<(try reader.integer(UInt8.self)) {
            let tag = try reader.integer(UInt8.self)
            // A newer service may know more kinds of parts.
            guard let name = FingerprintPart.Name(rawValue: tag) else { throw .unknownPart(tag) }
            let count = Int(try reader.integer(UInt16.self))
            parts.append(FingerprintPart(name: name, bytes: Array(bytes[try reader.range(of: count)])))
        }
        guard reader.isAtEnd else { throw .malformed("bytes after the end") }
        guard parts.reduce(0, { $0 + $1.bytes.count }) <= ErrorLimits.groupingBytes else {
            throw .malformed("too many bytes of grouping")
        }
        self.init(
            fingerprint: fingerprint,
            grouping: ErrorGrouping(version: groupingVersion, parts: parts),
            eventMilliseconds: event,
            receivedMilliseconds: received,
            texts: texts
        )
    }

    private struct Reader {
        let bytes: [UInt8]
        private var position = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { position == bytes.count }

        mutating func range(of count: Int) throws(ErrorRecordError) -> Range<Int> {
            guard bytes.count - position >= count else { throw .malformed("it ends too early") }
            defer { position += count }
            return position..<position + count
        }

        mutating func textRange(of count: Int) throws(ErrorRecordError) -> Range<Int> {
            let range = try range(of: count)
            let isText = bytes.withUnsafeBytes { UTF8Sequence.isText(UnsafeRawBufferPointer(rebasing: $0[range])) }
            guard isText else { throw .malformed("a text is not UTF-8") }
            return range
        }

        mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type) throws(ErrorRecordError) -> Integer {
            var value: Integer = 0
            for index in try range(of: MemoryLayout<Integer>.size) {
                // `<<` by 8 of an 8-bit integer is 0, as wanted.
                value = value << 8 | Integer(truncatingIfNeeded: bytes[index])
            }
            return value
        }
    }
}
