public import Fingerprint

/// What one window knows of one error.
public struct WindowCount: Sendable, Hashable {
    public var fingerprint: Fingerprint
    /// Never empty.
    public var tally: Tally

    public init(fingerprint: Fingerprint, tally: Tally) {
        self.fingerprint = fingerprint
        self.tally = tally
    }

    /// Occurrences counted in the window, at least 1.
    public var count: UInt64 { tally.count }
    /// The smallest effective event time, Unix milliseconds.
    public var firstSeenMilliseconds: Int64 { tally.firstMilliseconds }
    /// The largest effective event time, Unix milliseconds.
    public var lastSeenMilliseconds: Int64 { tally.lastMilliseconds }
}
