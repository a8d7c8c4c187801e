public import Fingerprint

/// A window is counted in 16 parts, by the first nibble of the fingerprint, so that one MySQL transaction stays small
/// and a part that is already applied is known by its own ledger row.
public struct WindowPart: Sendable, Hashable {
    public static let count = 16
    public static let all: [WindowPart] = (0..<UInt8(count)).map(WindowPart.init(unchecked:))

    /// 0 … 15.
    public let index: UInt8

    public init?(index: Int) {
        guard index >= 0, index < Self.count else { return nil }
        self.index = UInt8(index)
    }

    public init(of fingerprint: Fingerprint) {
        self.index = fingerprint.withUnsafeBytes { $0[0] >> 4 }
    }

    private init(unchecked index: UInt8) {
        self.index = index
    }
}
