/// A fingerprint and how it came about.
public struct FingerprintResult: Sendable, Hashable {
    public let fingerprint: Fingerprint
    /// The version of the rules: ``Fingerprinter/version``, or ``Fingerprinter/rawMessageVersion`` under
    /// ``Grouping/message``.
    public let version: UInt8
    public let basis: FingerprintBasis

    package init(fingerprint: Fingerprint, version: UInt8, basis: FingerprintBasis) {
        self.fingerprint = fingerprint
        self.version = version
        self.basis = basis
    }
}
