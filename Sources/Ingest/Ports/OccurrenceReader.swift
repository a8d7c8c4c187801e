public import Fingerprint

/// Reads the kept occurrences of errors back from the durable store.
public protocol OccurrenceReader: Sendable {
    /// At most `limit`, newest first, older than `cursor`; fewer when they would have more than `OccurrencePage.maxTextBytes`, but one at
    /// the least. Nil when no error has the fingerprint.
    func occurrences(
        of fingerprint: Fingerprint, limit: Int, after cursor: TimeOrderedKey?
    ) async throws(StoreFailure) -> OccurrencePage?
}
