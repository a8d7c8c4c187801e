/// How parts become the input of SHA-256. Frozen: see `docs/fingerprint.md`.
///
///     header = tag length (1 byte), tag, version (1 byte)
///     part   = name (1 byte), length (4 bytes, big endian), bytes
///
/// Each piece says where it ends, so no two lists of parts have the same encoding.
enum PartEncoding {
    static let fingerprintTag: StaticString = "error-ingest.fingerprint"
    static let digestTag: StaticString = "error-ingest.digest16"
    static let digestVersion: UInt8 = 1
    /// The name and the length in front of a part.
    static let prefixBytes = 5

    static func appendHeader(tag: StaticString, version: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: tag.utf8CodeUnitCount))
        bytes.append(contentsOf: UnsafeBufferPointer(start: tag.utf8Start, count: tag.utf8CodeUnitCount))
        bytes.append(version)
    }

    static func appendLength(_ length: Int, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { bytes.append(contentsOf: $0) }
    }
}
