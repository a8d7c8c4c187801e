internal import Fingerprint

// Version 1, integers big-endian:
//
//     UInt8   version = 1
//     16      event key
//     Int64   time of the event, Unix ms
//     Int64   time of receipt, Unix ms
//     UInt16  what is present: bit n = EventField with raw value n (the texts and the value)
//     per present text, in the order of the raw values: UInt32 count, then the bytes
//     when the value is present: its 8 bytes as a binary64
//
// Nothing follows. Another layout gets another version.
extension EventRecord {
    public static let version: UInt8 = 1

    /// Version, event key, two times and the bits.
    private static let fixedByteCount = 1 + Digest16.byteCount + 8 + 8 + 2
    private static let valueBit: UInt16 = 1 << UInt16(EventField.value.rawValue)
    private static let knownBits = valueBit | (1 << UInt16(EventField.textCount) - 1)

    /// The wire form.
    public func encoded() -> [UInt8] {
        let count = Self.fixedByteCount + texts.encodedByteCount + (value == nil ? 0 : 8)
        return RecordWriter.bytes(count: count) { writer in
            writer.put(Self.version)
            eventKey.withUnsafeBytes { writer.put($0) }
            writer.put(occurredMilliseconds)
            writer.put(receivedMilliseconds)
            writer.put(texts.presentBits | (value == nil ? 0 : Self.valueBit))
            writer.put(texts)
            if let value { writer.put(value.bitPattern) }
        }
    }

    /// Reads a wire form. The texts stay where they are: the record holds `bytes`.
    public init(decoding bytes: [UInt8]) throws(RecordError) {
        var reader = try RecordReader(bytes, kind: "event record", version: Self.version)
        guard let eventKey = Digest16(bytes: try reader.slice(of: Digest16.byteCount)) else {
            throw reader.malformed("event key")
        }
        let occurred = try reader.integer(Int64.self)
        let received = try reader.integer(Int64.self)
        let times = EventLimits.oldestMilliseconds...EventLimits.newestMilliseconds
        guard times.contains(occurred), times.contains(received) else {
            throw reader.malformed("a time is out of range")
        }
        let present = try reader.integer(UInt16.self)
        guard present & ~Self.knownBits == 0 else { throw reader.malformed("unknown fields") }
        let texts = try reader.texts(EventField.self, present: present)
        for field in EventField.texts {
            let extent = texts.extent(of: field)
            guard extent.isPresent else {
                if field.isRequired || field == .eventID { throw reader.malformed("a required text is missing") }
                continue
            }
            guard extent.count > 0 else { throw reader.malformed("a text is empty") }
            let kept = bytes.withUnsafeBytes { bytes in
                EventLimits.text(field)?.keptCount(of: UnsafeRawBufferPointer(rebasing: bytes[extent.range]))
            }
            guard kept == Int(extent.count) else { throw reader.malformed("a text is too long") }
        }
        var value: Double?
        if present & Self.valueBit != 0 {
            let sent = Double(bitPattern: try reader.integer(UInt64.self))
            guard sent.isFinite else { throw reader.malformed("the value is no number") }
            value = sent
        }
        guard reader.isAtEnd else { throw reader.malformed("bytes after the end") }
        self.init(
            eventKey: eventKey,
            occurredMilliseconds: occurred,
            receivedMilliseconds: received,
            texts: texts,
            value: value
        )
    }
}
