public import Fingerprint

/// Counts that are in the fast store and not yet applied, for reading back.
///
/// Read these *before* the durable store: a window that is applied in between is then found in the ledger and left out, so
/// nothing is shown twice and nothing is missed.
public protocol LiveCounts: Sendable {
    /// The sealed and the open windows with what they hold of the given fingerprints (at most 1,000).
    func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow]

    /// The fingerprints touched last in unapplied windows, newest first, at most `limit`. Looks at a bounded number of
    /// fingerprints, so under a flood of distinct errors it is a sample.
    func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint]
}

/// One window not known to be applied, and the counts asked for.
public struct LiveWindow: Sendable {
    public var id: WindowID
    public var counts: [WindowCount]

    public init(id: WindowID, counts: [WindowCount]) {
        self.id = id
        self.counts = counts
    }
}

/// One part of one window: the unit the ledger knows.
public struct LedgerKey: Sendable, Hashable {
    public var window: WindowID
    public var part: WindowPart

    public init(window: WindowID, part: WindowPart) {
        self.window = window
        self.part = part
    }
}
