import Synchronization

/// Where every call of a fake store stops until the test lets it go on, so that the test decides what happens in which
/// order.
final class Turnstile: Sendable {
    enum Permit: Sendable, Equatable {
        case proceed
        /// Nothing happens and the caller is told so.
        case failBefore
        /// It happens and the caller does not get to know.
        case failAfter
        /// A table is missing.
        case misconfigured
    }

    private struct State {
        var parked: [Int: CheckedContinuation<Permit, Never>] = [:]
        var moving = 0
        var watcher: CheckedContinuation<Void, Never>?
        var isOpen = false
    }

    private let state = Mutex(State())

    /// An open turnstile stops nobody.
    init(isOpen: Bool = false) { state.withLock { $0.isOpen = isOpen } }

    var parked: [Int] { state.withLock { $0.parked.keys.sorted() } }

    func began() { state.withLock { $0.moving += 1 } }

    func ended() { moved(by: -1) { _ in } }

    /// Called by a store for the sync `id`, which makes one call at a time.
    func pass(_ id: Int) async -> Permit {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { $0.isOpen }
            if isOpen {
                continuation.resume(returning: .proceed)
            } else {
                moved(by: -1) { $0.parked[id] = continuation }
            }
        }
    }

    func release(_ id: Int, _ permit: Permit) {
        let continuation = state.withLock { state in
            state.moving += 1
            return state.parked.removeValue(forKey: id)
        }
        continuation?.resume(returning: permit)
    }

    /// Returns when every sync that has begun is parked or has ended.
    func quiet() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                if state.moving == 0 { return true }
                state.watcher = continuation
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    private func moved(by change: Int, _ body: (inout State) -> Void) {
        let watcher = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.moving += change
            body(&state)
            guard state.moving == 0 else { return nil }
            defer { state.watcher = nil }
            return state.watcher
        }
        watcher?.resume()
    }
}
