public import Fingerprint

/// Reads errors back from the durable store.
public protocol ErrorReader: Sendable {
    /// One page of the stored rows that match the query, in stored order, at most `query.limit`. Work is bounded: a page may have fewer
    /// rows, or none, and still a position to go on from.
    func page(_ query: ErrorQuery) async throws(StoreFailure) -> StoredPage

    /// Inside one consistent snapshot: the rows of `fingerprints`, and which of `windows` the ledger has. At most 1,000 fingerprints and
    /// 10,000 ledger keys.
    func snapshot(
        of fingerprints: [Fingerprint],
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> ErrorSnapshot

    /// Inside one consistent snapshot: one error with its details, and which of `windows` the ledger has.
    func detail(
        of fingerprint: Fingerprint,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (detail: StoredErrorDetail?, applied: Set<LedgerKey>)
}

/// Stored rows in stored order.
public struct StoredPage: Sendable {
    public var errors: [StoredError]
    /// Where the next page starts; nil when no row is left.
    public var next: ErrorCursor?

    public init(errors: [StoredError], next: ErrorCursor?) {
        self.errors = errors
        self.next = next
    }
}

/// Rows and ledger entries that belong together.
public struct ErrorSnapshot: Sendable {
    public var errors: [StoredError]
    public var applied: Set<LedgerKey>

    public init(errors: [StoredError], applied: Set<LedgerKey>) {
        self.errors = errors
        self.applied = applied
    }
}
