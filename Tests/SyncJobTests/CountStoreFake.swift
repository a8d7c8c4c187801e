import Ingest

/// One sync's way to the totals in memory. Every call stops at the turnstile.
struct CountStoreFake: CountStore {
    var id = 0
    let store: DurableStoreFake
    var turnstile = Turnstile(isOpen: true)
    var handedOut: HandedOut

    func apply(window: WindowID, part: WindowPart, counts: [WindowCount]) async throws(StoreFailure) -> AppliedPart {
        let permit = await turnstile.pass(id)
        switch permit {
        case .failBefore: throw StoreFailure(.unavailable, "fake: rolled back")
        case .misconfigured: throw StoreFailure(.configuration, "fake: no such table")
        case .proceed, .failAfter: break
        }
        let key = LedgerKey(window: window, part: part)
        let outcome = store.apply(key, counts, of: handedOut.get(key))
        if permit == .failAfter { throw StoreFailure(.outcomeUnknown, "fake: committed, and the answer lost") }
        return outcome
    }
}
