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
        let count = Self.fixedByteCount + texts.encodedByteCount + grouping.encodedParts.count
        return RecordWriter.bytes(count: count) { writer in
            writer.put(Self.version)
            fingerprint.withUnsafeBytes { writer.put($0) }
            writer.put(eventMilliseconds)
            writer.put(receivedMilliseconds)
            writer.put(texts.presentBits)
            writer.put(texts)
            writer.put(grouping.version)
            writer.put(grouping.partCount)
            grouping.encodedParts.withUnsafeBytes { writer.put($0) }
        }
    }

    /// Version, fingerprint, two times, the bits, grouping version and number of parts.
    private static let fixedByteCount = 1 + Fingerprint.byteCount + 8 + 8 + 2 + 1 + 1

    /// Reads a wire form. The texts stay where they are: the record holds `bytes`.
    public init(decoding bytes: [UInt8]) throws(RecordError) {
        var reader = try RecordReader(bytes, kind: "error record", version: Self.version)
        guard let fingerprint = Fingerprint(bytes: try reader.slice(of: Fingerprint.byteCount)) else {
            throw reader.malformed("fingerprint")
        }
        let event = try reader.integer(Int64.self)
        let received = try reader.integer(Int64.self)
        let present = try reader.integer(UInt16.self)
        guard present >> UInt16(ErrorField.textCount) == 0 else { throw reader.malformed("unknown fields") }
        let texts = try reader.texts(ErrorField.self, present: present)
        guard let message = texts[.message], !message.isEmpty, texts[.eventId] != nil else {
            throw reader.malformed("no message or no event id")
        }
        let groupingVersion = try reader.integer(UInt8.self)
        let partCount = try reader.integer(UInt8.self)
        let firstPart = reader.position
        var partBytes = 0
        for _ in 0..<partCount {
            let tag = try reader.integer(UInt8.self)
            // A newer service may know more kinds of parts.
            guard FingerprintPart.Name(rawValue: tag) != nil else {
                throw reader.newer("with a grouping part of unknown kind \(tag)")
            }
            partBytes += try reader.range(of: Int(try reader.integer(UInt16.self))).count
        }
        guard reader.isAtEnd else { throw reader.malformed("bytes after the end") }
        guard partBytes <= ErrorLimits.groupingBytes else { throw reader.malformed("too many bytes of grouping") }
        self.init(
            fingerprint: fingerprint,
            grouping: ErrorGrouping(
                version: groupingVersion, partCount: partCount, encodedParts: Array(bytes[firstPart...])
            ),
            eventMilliseconds: event,
            receivedMilliseconds: received,
            texts: texts
        )
    }
}
