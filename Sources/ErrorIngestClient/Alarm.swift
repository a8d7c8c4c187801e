internal import NIOConcurrencyHelpers

/// Wakes the one task that waits for it. Rung while nobody waits, the next wait ends at once.
final class Alarm: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = NIOLockedValueBox(State())

    func ring() {
        let waiter = state.withLockedValue { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }
        waiter?.resume()
    }

    /// Returns when it is rung, when `limit` has passed or when the task is cancelled, whichever comes first.
    func wait(for limit: Duration? = nil) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.waitUntilRung() }
            if let limit { group.addTask { try? await Task.sleep(for: limit) } }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitUntilRung() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLockedValue { state in
                    // A cancellation before this point found no waiter to wake.
                    let isOver = state.isRung || Task.isCancelled
                    if isOver { state.isRung = false } else { state.waiter = continuation }
                    return isOver
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLockedValue { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume()
        }
    }
}
