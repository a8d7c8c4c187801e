public import Fingerprint

/// Changes the status of errors as they are shown: with what is counted and not yet applied.
///
/// The order makes it exact, as for reading: first the fast store, then, with the rows locked, the ledger. Without it an error that is
/// shown as regressed could be resolved in vain: its row still says resolved, and the next sync would open it again.
public struct StatusChanger<Live: LiveCounts, Store: StatusStore>: Sendable {
    private let live: Live
    private let store: Store

    public init(live: Live, store: Store) {
        self.live = live
        self.store = store
    }

    /// All or nothing.
    /// - Parameters:
    ///   - fingerprints: at most `StatusChange.maxErrors`, each once.
    ///   - caller: who asks for it, for the history.
    ///   - milliseconds: now, Unix.
    public func change(
        _ fingerprints: [Fingerprint], to change: StatusChange, by caller: String, at milliseconds: Int64
    ) async throws(StoreFailure) -> StatusOutcome {
        let windows = await liveWindows(for: fingerprints)
        return try await store.change(fingerprints, ledger: windows.ledgerKeys, at: milliseconds) { rows, applied in
            zip(rows, windows.added(to: rows, leavingOut: applied)).compactMap { stored, live in
                StatusTransition(
                    of: live, storedStatus: stored.status, to: change, by: caller, at: milliseconds)
            }
        }
    }

    /// Without the fast store the rows alone decide: better than to refuse.
    private func liveWindows(for fingerprints: [Fingerprint]) async -> [LiveWindow] {
        do throws(StoreFailure) {
            return try await live.windows(for: fingerprints)
        } catch {
            return []
        }
    }
}
