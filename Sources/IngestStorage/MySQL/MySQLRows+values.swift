import Fingerprint
import MySQLClient

extension MySQLRows {
    /// A value for a BINARY(16).
    mutating func append(_ digest: Digest16) {
        digest.withUnsafeBytes { append(bytes: $0) }
    }

    /// A value for a BINARY(32).
    mutating func append(_ fingerprint: Fingerprint) {
        fingerprint.withUnsafeBytes { append(bytes: $0) }
    }

    /// The bytes of a text in UTF-8; NULL where there is none.
    mutating func append(optionalText text: ArraySlice<UInt8>?) {
        if let text { append(text: text) } else { appendNull() }
    }
}
