/// Tells releases apart in counts: 64-bit FNV-1a of the release's UTF-8. Two releases of one error with the same id are taken for
/// one; among a thousand releases the odds are below 1 in 10^13.
public struct ReleaseID: Sendable, Hashable {
    /// No release was named.
    public static let none = ReleaseID(rawValue: 0)

    public var rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// `release` is UTF-8; nil and the empty text are `none`.
    public init(of release: (some Sequence<UInt8>)?) {
        guard let release else {
            self = .none
            return
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var isEmpty = true
        for byte in release {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            isEmpty = false
        }
        // A release is never taken for none.
        self.rawValue = isEmpty ? 0 : max(hash, 1)
    }
}
