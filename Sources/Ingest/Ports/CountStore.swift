/// The durable store's side of counting.
public protocol CountStore: Sendable {
    /// Adds one part of a window to the stored totals, exactly once: the window's ledger row and the totals are written in one
    /// transaction, and any error rolls both back.
    /// - Throws: `.outcomeUnknown` when the commit's answer was lost: applying again is safe, the ledger knows.
    func apply(window: WindowID, part: WindowPart, counts: [WindowCount]) async throws(StoreFailure) -> AppliedPart
}

/// What `CountStore.apply` did.
public enum AppliedPart: Sendable, Equatable {
    case applied(fingerprints: Int)
    /// The ledger has the part already; nothing was changed.
    case alreadyApplied
}

/// How long a window's ledger row is kept. A window opened longer ago is never applied: its row may be gone, and applying it
/// could count it twice.
public enum LedgerRetention {
    public static let milliseconds: Int64 = 90 * 24 * 60 * 60 * 1000
}
