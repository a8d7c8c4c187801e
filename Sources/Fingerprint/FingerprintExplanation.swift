/// Why an error has the fingerprint it has: the version of the rules and every part in the order it was hashed.
public struct FingerprintExplanation: Sendable, Hashable {
    public let fingerprint: Fingerprint
    public let version: UInt8
    public let basis: FingerprintBasis
    public let parts: [FingerprintPart]

    package init(result: FingerprintResult, parts: [FingerprintPart]) {
        self.fingerprint = result.fingerprint
        self.version = result.version
        self.basis = result.basis
        self.parts = parts
    }

    /// The input of SHA-256, byte for byte: its digest is ``fingerprint``.
    public var hashedBytes: [UInt8] {
        var bytes: [UInt8] = []
        if basis != .rawMessage {
            PartEncoding.appendHeader(tag: PartEncoding.fingerprintTag, version: version, to: &bytes)
        }
        for part in parts {
            if part.name != .rawMessage {
                bytes.append(part.name.rawValue)
                PartEncoding.appendLength(part.bytes.count, to: &bytes)
            }
            bytes.append(contentsOf: part.bytes)
        }
        return bytes
    }
}
