public import Fingerprint

/// Changes the status of errors in the durable store, and keeps who changed what.
public protocol StatusStore: Sendable {
    /// In one transaction: locks the errors that exist, asks `decide` once about all of them, and writes each transition with its steps of
    /// history. At most `StatusChange.maxErrors` fingerprints, each once.
    ///
    /// While the errors are locked no sync can apply a window to them: what `decide` is told is applied is in the rows, and what it is
    /// not told will be judged by what is written here.
    /// - Parameters:
    ///   - keys: parts of windows; those the ledger has are handed to `decide`.
    ///   - milliseconds: the time of the change, Unix.
    ///   - decide: runs inside the transaction. Its rows have no details. Leaves out what stays as it is.
    func change(
        _ fingerprints: [Fingerprint],
        ledger keys: [LedgerKey],
        at milliseconds: Int64,
        decide: @escaping @Sendable (_ rows: [StoredError], _ applied: Set<LedgerKey>) -> [StatusTransition]
    ) async throws(StoreFailure) -> StatusOutcome

    /// At most `limit` changes, newest first, older than `cursor`. Nil when no error has the fingerprint.
    func history(
        of fingerprint: Fingerprint, limit: Int, after cursor: TimeOrderedKey?
    ) async throws(StoreFailure) -> StatusHistoryPage?
}

/// What became of the errors of one request.
public struct StatusOutcome: Sendable, Equatable {
    public var updated: Int
    /// They had the status already.
    public var unchanged: Int
    /// In the order of the request.
    public var notFound: [Fingerprint]

    public init(updated: Int, unchanged: Int, notFound: [Fingerprint]) {
        self.updated = updated
        self.unchanged = unchanged
        self.notFound = notFound
    }
}
