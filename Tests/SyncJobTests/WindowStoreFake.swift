import Ingest
import Synchronization

/// One sync's connection to the fast store in memory. Every call stops at the turnstile.
final class WindowStoreFake: WindowStore {
    private let id: Int
    private let store: FastStoreFake
    private let turnstile: Turnstile
    private let handedOut: HandedOut
    /// The epoch this connection met.
    private let token: Mutex<Int>
    /// What each call was, in order.
    private let log = Mutex<[String]>([])
    private let unreadable: Mutex<Set<String>> = Mutex([])

    init(
        id: Int,
        store: FastStoreFake,
        turnstile: Turnstile = Turnstile(isOpen: true),
        handedOut: HandedOut = HandedOut()
    ) {
        self.id = id
        self.store = store
        self.turnstile = turnstile
        self.handedOut = handedOut
        token = Mutex(store.run)
    }

    var calls: [String] { log.withLock { $0 } }

    func setUnreadable(_ window: String) { unreadable.withLock { _ = $0.insert(window) } }

    func seal(maxWaiting: Int) async throws(StoreFailure) -> SealOutcome {
        try await call("seal", carriesEpoch: true) { token throws(StoreFailure) in
            guard let outcome = store.seal(maxWaiting: maxWaiting, token: token) else {
                throw StoreFailure(.epochChanged, "fake")
            }
            return outcome
        }
    }

    func recover() async throws(StoreFailure) {
        try await call("recover") { _ throws(StoreFailure) in store.recover() }
    }

    func sealedWindows(limit: Int) async throws(StoreFailure) -> [WindowID] {
        try await call("list") { _ throws(StoreFailure) in store.sealed(limit: limit).compactMap(WindowID.init(text:)) }
    }

    func counts(of window: WindowID, part: WindowPart) async throws(StoreFailure) -> [WindowCount] {
        try await call("read \(window) \(part.index)") { _ throws(StoreFailure) in
            if unreadable.withLock({ $0.contains(window.text) }) { throw StoreFailure(.corrupt, "fake") }
            let occurrences = store.occurrences(window.text, part)
            handedOut.set(occurrences, LedgerKey(window: window, part: part))
            return Occurrence.counts(occurrences)
        }
    }

    func drop(_ window: WindowID) async throws(StoreFailure) {
        try await call("drop \(window)") { _ throws(StoreFailure) in store.drop(window.text) }
    }

    func quarantine(_ window: WindowID) async throws(StoreFailure) {
        try await call("quarantine \(window)") { _ throws(StoreFailure) in store.quarantine(window.text) }
    }

    /// A command that carries the epoch is built for one connection and sent on no other.
    private func call<Answer>(
        _ name: String,
        carriesEpoch: Bool = false,
        _ body: (Int) throws(StoreFailure) -> Answer
    ) async throws(StoreFailure) -> Answer {
        log.withLock { $0.append(name) }
        let built = token.withLock { token in
            token = store.run
            return token
        }
        let permit = await turnstile.pass(id)
        let isBroken = store.run != built
        switch permit {
        case .failBefore: throw StoreFailure(.unavailable, "fake")
        case .misconfigured: throw StoreFailure(.configuration, "fake")
        case .proceed, .failAfter: break
        }
        if isBroken, carriesEpoch { throw StoreFailure(.unavailable, "fake: the connection broke") }
        let answer = try body(built)
        if permit == .failAfter { throw StoreFailure(.outcomeUnknown, "fake") }
        return answer
    }
}
