import Fingerprint
import Ingest
import Synchronization

/// Rows of errors and a ledger in memory, as far as changes of status go; and the windows of a fast store.
final class StatusStoreFake: StatusStore, LiveCounts {
    private struct State {
        var rows: [Fingerprint: StoredError] = [:]
        var ledger: Set<LedgerKey> = []
        var windows: [LiveWindow] = []
        var isFastStoreAway = false
        var history: [StatusTransition.Step] = []
    }

    private let state = Mutex(State())

    var changer: StatusChanger<StatusStoreFake, StatusStoreFake> { StatusChanger(live: self, store: self) }
    var history: [StatusTransition.Step] { state.withLock { $0.history } }

    subscript(_ fingerprint: Fingerprint) -> StoredError? {
        state.withLock { $0.rows[fingerprint] }
    }

    func store(_ error: StoredError) {
        state.withLock { $0.rows[error.fingerprint] = error }
    }

    func add(_ window: LiveWindow, isApplied: Bool = false) {
        state.withLock { state in
            state.windows.append(window)
            guard isApplied else { return }
            for count in window.counts {
                state.ledger.insert(LedgerKey(window: window.id, part: WindowPart(of: count.fingerprint)))
            }
        }
    }

    func loseFastStore() {
        state.withLock { $0.isFastStoreAway = true }
    }

    func change(
        _ fingerprints: [Fingerprint],
        ledger keys: [LedgerKey],
        at milliseconds: Int64,
        decide: @escaping @Sendable ([StoredError], Set<LedgerKey>) -> [StatusTransition]
    ) async throws(StoreFailure) -> StatusOutcome {
        let (rows, applied) = state.withLock { state in
            (fingerprints.sorted().compactMap { state.rows[$0] }, state.ledger.intersection(keys))
        }
        let transitions = decide(rows, applied)
        return state.withLock { state in
            for transition in transitions {
                state.rows[transition.fingerprint]?.status = transition.status
                state.rows[transition.fingerprint]?.resolvedMilliseconds = transition.resolvedMilliseconds
                state.rows[transition.fingerprint]?.resolvedInRelease = transition.resolvedInRelease
                state.history += transition.steps
            }
            return StatusOutcome(
                updated: transitions.count, unchanged: rows.count - transitions.count,
                notFound: fingerprints.filter { state.rows[$0] == nil })
        }
    }

    func history(
        of fingerprint: Fingerprint, limit: Int, after cursor: TimeOrderedKey?
    ) async throws(StoreFailure) -> StatusHistoryPage? { nil }

    func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow] {
        try state.withLock { (state) throws(StoreFailure) in
            if state.isFastStoreAway { throw StoreFailure(.unavailable, "away") }
            return state.windows
        }
    }

    func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint] { [] }
}
