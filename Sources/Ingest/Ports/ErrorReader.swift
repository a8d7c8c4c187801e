public import Fingerprint

/// Reads errors back from the durable store.
public protocol ErrorReader: Sendable {
    /// One page of stored rows, in stored order, at most `query.limit`.
    func page(_ query: ErrorQuery) async throws(StoreFailure) -> [StoredError]

    /// Inside one consistent snapshot: the rows of `fingerprints` that match the query's filters (`since`, cursor, sort and limit are not
    /// looked at), and which of `windows` the ledger has. At most 1,000 fingerprints and 10,000 ledger keys.
    func snapshot(
        of fingerprints: [Fingerprint],
        matching query: ErrorQuery,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> ErrorSnapshot

    /// Inside one consistent snapshot: one error with its details, and which of `windows` the ledger has.
    func detail(
        of fingerprint: Fingerprint,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (detail: StoredErrorDetail?, applied: Set<LedgerKey>)

    /// How many dead letters wait in the durable store.
    func deadLetterCount() async throws(StoreFailure) -> Int
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
