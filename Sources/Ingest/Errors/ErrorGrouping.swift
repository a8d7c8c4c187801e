public import Fingerprint

/// What a fingerprint was made of: the version of the rules and the parts they hashed, kept so that a group can be explained and
/// the rules can change later.
public struct ErrorGrouping: Sendable, Equatable {
    public let version: UInt8
    public let parts: [FingerprintPart]

    /// Keeps at most `ErrorLimits.groupingParts` parts and `ErrorLimits.groupingBytes` bytes: the part that goes over is cut, and
    /// the ones after it are left out.
    public init(version: UInt8, parts: [FingerprintPart]) {
        self.version = version
        var room = ErrorLimits.groupingBytes
        for (index, part) in parts.enumerated() {
            if part.bytes.count <= room && index < ErrorLimits.groupingParts {
                room -= part.bytes.count
                continue
            }
            self.parts = parts[..<index] + Self.start(of: part, room: index < ErrorLimits.groupingParts ? room : 0)
            return
        }
        self.parts = parts
    }

    /// The parts as a JSON array of `{"name","value"}` objects, UTF-8. Bytes of a part that are no UTF-8 become U+FFFD.
    public var partsJSON: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(parts.reduce(2) { $0 + $1.bytes.count + 36 })
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

    private static func start(of part: FingerprintPart, room: Int) -> [FingerprintPart] {
        let kept = part.bytes.withUnsafeBytes { TextLimit.bytes(room).keptCount(of: $0) }
        return kept > 0 ? [FingerprintPart(name: part.name, bytes: Array(part.bytes.prefix(kept)))] : []
    }
}
