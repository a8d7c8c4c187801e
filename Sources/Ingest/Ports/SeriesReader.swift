public import Fingerprint

/// Reads from the durable store how often an error happened over time.
public protocol SeriesReader: Sendable {
    /// Inside one consistent snapshot: the stored steps of a range of minutes since 1970, by their start, and which of `windows` the
    /// ledger has. Nil when no error has this fingerprint.
    func steps(
        of fingerprint: Fingerprint,
        by interval: SeriesInterval,
        in minutes: Range<UInt32>,
        ledger windows: [LedgerKey]
    ) async throws(StoreFailure) -> (steps: [UInt32: UInt64], applied: Set<LedgerKey>)?
}
