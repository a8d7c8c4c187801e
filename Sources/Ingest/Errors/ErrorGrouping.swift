public import Fingerprint

/// What a fingerprint was made of: the version of the rules and the parts they hashed, kept so that a group can be explained and
/// the rules can change later.
///
/// The parts are kept as they stand in a record, one behind the other in one piece of memory: there are some dozens of them.
public struct ErrorGrouping: Sendable, Equatable {
    public let version: UInt8
    private(set) var partCount: UInt8 = 0
    /// The parts, there are often dozens, in one piece and as they stand in a record: per part UInt8 tag
    /// (`FingerprintPart.Name`), UInt16 count, the bytes.
    private(set) var encodedParts: [UInt8] = []

    /// Keeps at most `ErrorLimits.groupingParts` parts and `ErrorLimits.groupingBytes` bytes: the part that goes over is cut, and
    /// the ones after it are left out.
    public init(version: UInt8, parts: [FingerprintPart]) {
        self.version = version
        var room = ErrorLimits.groupingBytes
        for part in parts {
            guard part.bytes.withUnsafeBytes({ append(part.name, $0, room: &room) }) else { return }
        }
    }

    /// The same with borrowed parts.
    init(_ parts: FingerprintParts) {
        version = parts.version
        var room = ErrorLimits.groupingBytes
        encodedParts.reserveCapacity(min(parts.maxByteCount, room + ErrorLimits.groupingParts * Self.prefixBytes))
        for (name, bytes) in parts {
            guard append(name, bytes, room: &room) else { return }
        }
    }

    /// - Parameter encodedParts: have been checked.
    init(version: UInt8, partCount: UInt8, encodedParts: [UInt8]) {
        self.version = version
        self.partCount = partCount
        self.encodedParts = encodedParts
    }

    public var parts: [FingerprintPart] {
        var parts: [FingerprintPart] = []
        parts.reserveCapacity(Int(partCount))
        var position = 0
        while position < encodedParts.count, let name = FingerprintPart.Name(rawValue: encodedParts[position]) {
            let start = position + Self.prefixBytes
            position = start + (Int(encodedParts[position + 1]) << 8 | Int(encodedParts[position + 2]))
            parts.append(FingerprintPart(name: name, bytes: Array(encodedParts[start..<position])))
        }
        return parts
    }

    /// False when this is the end: there is no room for the whole part.
    private mutating func append(
        _ name: FingerprintPart.Name, _ bytes: UnsafeRawBufferPointer, room: inout Int
    ) -> Bool {
        guard partCount < ErrorLimits.groupingParts else { return false }
        let kept = TextLimit.bytes(room).keptCount(of: bytes)
        guard kept > 0 || bytes.isEmpty else { return false }
        encodedParts.append(name.rawValue)
        encodedParts.append(UInt8(kept >> 8))
        encodedParts.append(UInt8(kept & 0xFF))
        encodedParts.append(bytesOf: bytes, 0..<kept)
        partCount += 1
        room -= kept
        return kept == bytes.count
    }

    /// The tag and the count in front of a part.
    private static let prefixBytes = 3

    /// The parts as a JSON array of `{"name","value"}` objects, UTF-8. Bytes of a part that are no UTF-8 become U+FFFD.
    public var partsJSON: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(2 + encodedParts.count + 36 * Int(partCount))
        output.append(UInt8(ascii: "["))
        for (index, part) in parts.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.append("{\"name\":")
            output.appendJSON(string: part.name.text.utf8)
            output.append(",\"value\":")
            if part.bytes.withUnsafeBytes({ UTF8Sequence.isText($0) }) {
                output.appendJSON(string: part.bytes)
            } else {
                output.appendJSON(string: String(decoding: part.bytes, as: UTF8.self).utf8)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "]"))
        return output
    }
}
