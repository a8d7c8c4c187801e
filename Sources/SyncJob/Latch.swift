import Synchronization

/// Opens once and stays open.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var nextAction: UInt64 = 0
    }

    private let state = Mutex(State())

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Opens it and runs what was waiting for that.
    func open() {
        let actions = state.withLock { state in
            state.isOpen = true
            defer { state.actions = [:] }
            return state.actions
        }
        for action in actions.values { action() }
    }

    /// Runs `action` when it opens, at once if it is open. The answer takes it back.
    @discardableResult
    func whenOpen(_ action: @escaping @Sendable () -> Void) -> UInt64 {
        let id: UInt64? = state.withLock { state in
            guard !state.isOpen else { return nil }
            state.nextAction += 1
            state.actions[state.nextAction] = action
            return state.nextAction
        }
        guard let id else {
            action()
            return 0
        }
        return id
    }

    func forget(_ id: UInt64) { state.withLock { _ = $0.actions.removeValue(forKey: id) } }

    func wait() async {
        await withCheckedContinuation { continuation in
            whenOpen { continuation.resume() }
        }
    }
}
