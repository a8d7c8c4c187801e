import Synchronization

/// Something happened: wakes everyone who waits for it. Counts, so that a raise between looking and waiting is not
/// missed.
final class WakeSignal: Sendable {
    private struct State {
        var generation: UInt64 = 0
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often the signal has been raised.
    var generation: UInt64 { state.withLock { $0.generation } }

    func raise() {
        let waiters = state.withLock { state in
            state.generation += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        // In the order of their arrival, so that a test on one thread sees the same order each time.
        for (_, waiter) in waiters.sorted(by: { $0.key < $1.key }) {
            waiter.resume()
        }
    }

    /// Returns when the signal has been raised more often than `generation`, or when the task is cancelled.
    func wait(after generation: UInt64) async {
        let waiter = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // Looked at under the lock: a cancellation from here on finds the waiter.
                    if state.generation > generation || Task.isCancelled {
                        return true
                    }
                    state.waiters[waiter] = continuation
                    return false
                }
                if isOver {
                    continuation.resume()
                }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: waiter) }?.resume()
        }
    }
}
