/// The wire form of the records in one job, version 1: for each record its length as UInt32, big endian, and its bytes.
///
/// The version travels beside the bytes, not in them. The form is append-only: a producer frames each record on its own
/// and joins the frames.
public enum JobFormat {
    /// The version this code writes and understands.
    public static let version = 1
    /// Records in one job, at most; one request is one job.
    public static let maximumRecords = 1_000
    /// Bytes before each record.
    public static let headerByteCount = 4
    /// Bytes of one record, at most; far above the limit of a request body.
    public static let maximumRecordByteCount = 16 * 1_024 * 1_024

    /// Length of `records` in this form.
    public static func byteCount(of records: [QueueRecord]) -> Int {
        records.reduce(0) { $0 + headerByteCount + $1.payload.count }
    }

    /// Frames one record at the end of `bytes`. A payload is at most ``maximumRecordByteCount`` long.
    @inlinable
    public static func append(_ payload: some Collection<UInt8>, to bytes: inout [UInt8]) {
        let length = UInt32(truncatingIfNeeded: payload.count)
        bytes.append(UInt8(truncatingIfNeeded: length >> 24))
        bytes.append(UInt8(truncatingIfNeeded: length >> 16))
        bytes.append(UInt8(truncatingIfNeeded: length >> 8))
        bytes.append(UInt8(truncatingIfNeeded: length))
        bytes.append(contentsOf: payload)
    }

    /// Frames all of `records`.
    public static func encode(_ records: [QueueRecord]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount(of: records))
        for record in records {
            append(record.payload, to: &bytes)
        }
        return bytes
    }

    /// Decodes strictly: 1…``maximumRecords`` records, each whole, nothing after the last.
    ///
    /// - Throws: ``QueueError`` with code ``QueueError/Code/malformedJob``.
    public static func decode(_ bytes: some RandomAccessCollection<UInt8>) throws(QueueError) -> [QueueRecord] {
        var records: [QueueRecord] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard records.count < maximumRecords else {
                throw QueueError(.malformedJob, "more than \(maximumRecords) records")
            }
            guard rest.count >= headerByteCount else {
                throw QueueError(.malformedJob, "cut off in the length of record \(records.count)")
            }
            var length = 0
            for byte in rest.prefix(headerByteCount) {
                length = length << 8 | Int(byte)
            }
            rest = rest.dropFirst(headerByteCount)
            guard length <= maximumRecordByteCount, length <= rest.count else {
                throw QueueError(.malformedJob, "record \(records.count) claims \(length) bytes of \(rest.count)")
            }
            records.append(QueueRecord(payload: Array(rest.prefix(length))))
            rest = rest.dropFirst(length)
        }
        guard !records.isEmpty else {
            throw QueueError(.malformedJob, "no record")
        }
        return records
    }
}
