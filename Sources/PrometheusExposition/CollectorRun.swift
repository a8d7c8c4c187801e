import NIOConcurrencyHelpers

/// Runs one collector for whoever scrapes, at most once at a time: scrapes that meet share a run, and a run that hangs
/// is neither waited for nor joined by a second.
final class CollectorRun: Sendable {
    private struct Waiter {
        let continuation: CheckedContinuation<[MetricReading]?, Never>
        let timer: Task<Void, Never>
    }

    private struct State {
        var task: Task<Void, Never>?
        var timedOut = false
        var waiters: [UInt64: Waiter] = [:]
        var nextWaiter: UInt64 = 0
        var failures: UInt64 = 0
    }

    let collector: MetricCollector
    private let state = NIOLockedValueBox(State())

    init(_ collector: MetricCollector) { self.collector = collector }

    /// Runs that threw or passed their time limit, and scrapes that found such a run still going.
    var failures: UInt64 { state.withLockedValue { $0.failures } }

    /// Nil when there is no reading within the time limit.
    func readings() async -> [MetricReading]? {
        await withCheckedContinuation { continuation in
            let joined = state.withLockedValue { state -> Bool in
                guard !state.timedOut else {
                    state.failures += 1
                    return false
                }
                let id = state.nextWaiter
                state.nextWaiter += 1
                let limit = collector.timeLimit
                let timer = Task.detached { [self] in
                    do { try await Task.sleep(for: limit) } catch { return }
                    self.giveUp(id)
                }
                state.waiters[id] = Waiter(continuation: continuation, timer: timer)
                if state.task == nil { state.task = Task.detached { [self] in await self.run() } }
                return true
            }
            if !joined { continuation.resume(returning: nil) }
        }
    }

    private func run() async {
        let readings: [MetricReading]? = try? await collector.collect()
        let waiters = state.withLockedValue { state in
            if readings == nil, !state.timedOut { state.failures += 1 }
            state.task = nil
            state.timedOut = false
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values {
            waiter.timer.cancel()
            waiter.continuation.resume(returning: readings)
        }
    }

    private func giveUp(_ id: UInt64) {
        let abandoned = state.withLockedValue { state -> (Waiter, Task<Void, Never>?)? in
            guard let waiter = state.waiters.removeValue(forKey: id) else { return nil }
            if !state.timedOut { state.failures += 1 }
            state.timedOut = true
            return (waiter, state.task)
        }
        abandoned?.1?.cancel()
        abandoned?.0.continuation.resume(returning: nil)
    }
}
