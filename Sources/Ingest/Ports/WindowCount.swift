public import Fingerprint

/// What one window knows of one error.
public struct WindowCount: Sendable, Hashable {
    public var fingerprint: Fingerprint
    /// Occurrences counted in the window, at least 1.
    public var count: UInt64
    /// The smallest effective event time, Unix milliseconds.
    public var firstSeenMilliseconds: Int64
    /// The largest effective event time, Unix milliseconds.
    public var lastSeenMilliseconds: Int64

    public init(fingerprint: Fingerprint, count: UInt64, firstSeenMilliseconds: Int64, lastSeenMilliseconds: Int64) {
        self.fingerprint = fingerprint
        self.count = count
        self.firstSeenMilliseconds = firstSeenMilliseconds
        self.lastSeenMilliseconds = lastSeenMilliseconds
    }
}
