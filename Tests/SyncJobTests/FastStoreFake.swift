import Ingest
import Synchronization

/// The fast store in memory, by the rules of the counting protocol, with roll-backs to any earlier moment.
final class FastStoreFake: Sendable {
    /// What a store may do wrong; the tests have to notice.
    enum Defect: Sendable { case fenceIsOpen }

    struct Content: Sendable {
        var epoch = 0
        var incarnation = 0
        var sequence = 0
        var open = ""
        var windows: [String: [Occurrence]] = [:]
        var sealed: [String] = []
        var quarantined: [String] = []
    }

    struct State: Sendable {
        var content = Content()
        /// The server's epoch; a connection made now learns this one.
        var run = 0
        var incarnations = 0
        /// Every state it was in, for roll-backs, with how many had been accepted.
        var history: [(content: Content, accepted: Int)] = []
        var accepted: [Occurrence] = []
        var erased: Set<Int> = []
        var openedMilliseconds: Int64
    }

    private let state: Mutex<State>
    private let defect: Defect?

    init(openedMilliseconds: Int64 = 1_750_000_000_000, defect: Defect? = nil) {
        self.defect = defect
        state = Mutex(State(openedMilliseconds: openedMilliseconds))
        change { Self.open(&$0) }
    }

    var run: Int { state.withLock { $0.run } }
    var content: Content { state.withLock { $0.content } }
    var accepted: [Occurrence] { state.withLock { $0.accepted } }
    var erased: Set<Int> { state.withLock { $0.erased } }
    var moments: Int { state.withLock { $0.history.count } }
    /// When windows opened from now on are opened.
    func setOpened(_ milliseconds: Int64) { state.withLock { $0.openedMilliseconds = milliseconds } }

    /// Counts one, with the epoch of a connection; false when refused.
    func admit(_ occurrence: Occurrence, token: Int) -> Bool {
        change { state in
            guard self.passes(state, token) else { return false }
            state.content.windows[state.content.open, default: []].append(occurrence)
            state.accepted.append(occurrence)
            return true
        }
    }

    /// Nil when refused.
    func seal(maxWaiting: Int, token: Int) -> SealOutcome? {
        change { state in
            guard self.passes(state, token) else { return nil }
            guard state.content.windows[state.content.open]?.isEmpty == false else { return .nothingToSeal }
            guard state.content.sealed.count < maxWaiting else { return .tooManyWaiting(state.content.sealed.count) }
            let sealed = state.content.open
            Self.sealOpen(&state)
            return WindowID(text: sealed).map(SealOutcome.sealed)
        }
    }

    func recover() {
        change { state in
            guard state.content.epoch != state.run, self.defect != .fenceIsOpen else { return }
            state.content.epoch = state.run
            if state.content.windows[state.content.open]?.isEmpty == false {
                state.content.sealed.append(state.content.open)
            }
            state.incarnations += 1
            state.content.incarnation = state.incarnations
            state.content.sequence = 0
            Self.open(&state)
        }
    }

    func sealed(limit: Int) -> [String] { state.withLock { Array($0.content.sealed.prefix(limit)) } }

    func occurrences(_ window: String, _ part: WindowPart) -> [Occurrence] {
        state.withLock { ($0.content.windows[window] ?? []).filter { WindowPart(of: $0.fingerprint) == part } }
    }

    func drop(_ window: String) {
        change { state in
            guard state.content.sealed.contains(window) else { return }
            state.content.sealed.removeAll { $0 == window }
            state.content.windows[window] = nil
        }
    }

    func quarantine(_ window: String) {
        change { state in
            guard state.content.sealed.contains(window) else { return }
            state.content.sealed.removeAll { $0 == window }
            state.content.quarantined.append(window)
        }
    }

    /// Brings back the content of an earlier moment under a new epoch.
    func rollBack(to moment: Int) {
        state.withLock { state in
            let past = state.history[moment]
            state.erased.formUnion(state.accepted[past.accepted...].map(\.id))
            state.accepted.removeSubrange(past.accepted...)
            state.content = past.content
            state.history.removeSubrange((moment + 1)...)
            state.run += 1
        }
    }

    private func passes(_ state: State, _ token: Int) -> Bool { defect == .fenceIsOpen || state.content.epoch == token }

    @discardableResult
    private func change<Answer: Sendable>(_ body: (inout State) -> Answer) -> Answer {
        state.withLock { state in
            let answer = body(&state)
            state.history.append((state.content, state.accepted.count))
            return answer
        }
    }

    private static func sealOpen(_ state: inout State) {
        state.content.sealed.append(state.content.open)
        open(&state)
    }

    private static func open(_ state: inout State) {
        state.content.sequence += 1
        state.content.open = "i\(state.content.incarnation):\(state.content.sequence):\(state.openedMilliseconds)"
    }
}
