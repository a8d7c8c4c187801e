import SyncJob
import Synchronization

/// Time that stands still until the test moves it.
final class ManualClock: Sendable {
    private struct Sleeper {
        let deadline: Duration
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var elapsed = Duration.zero
        var unixMilliseconds: Int64
        var sleepers: [UInt64: Sleeper] = [:]
        var cancelled: Set<UInt64> = []
        var nextSleeper: UInt64 = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(unixMilliseconds: Int64 = 1_750_000_000_000) {
        state = Mutex(State(unixMilliseconds: unixMilliseconds))
    }

    var syncClock: SyncClock {
        SyncClock(
            unixMilliseconds: { self.unixMilliseconds },
            elapsed: { self.state.withLock { $0.elapsed } },
            sleep: { await self.sleep($0) }
        )
    }

    var unixMilliseconds: Int64 { state.withLock { $0.unixMilliseconds } }

    /// How long those asleep still have to sleep, shortest first.
    var remaining: [Duration] {
        state.withLock { state in state.sleepers.values.map { $0.deadline - state.elapsed }.sorted() }
    }

    /// Moves both clocks and wakes whose time has come.
    func advance(by time: Duration) {
        let woken = state.withLock { state -> [Sleeper] in
            state.elapsed += time
            let (seconds, attoseconds) = time.components
            state.unixMilliseconds += seconds * 1_000 + attoseconds / 1_000_000_000_000_000
            let due = state.sleepers.filter { $0.value.deadline <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return Array(due.values)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Returns when at least `count` sleep.
    func whenAsleep(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isSo = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isSo { continuation.resume() }
        }
    }

    private func sleep(_ time: Duration) async {
        let id = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in fallAsleep(id, time, continuation) }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume()
        }
    }

    private func fallAsleep(_ id: UInt64, _ time: Duration, _ continuation: CheckedContinuation<Void, Never>) {
        let (wakes, watchers) = state.withLock { state -> (Bool, [CheckedContinuation<Void, Never>]) in
            if time <= .zero || state.cancelled.contains(id) { return (true, []) }
            state.sleepers[id] = Sleeper(deadline: state.elapsed + time, continuation: continuation)
            let count = state.sleepers.count
            let seen = state.watchers.filter { $0.count <= count }.map(\.continuation)
            state.watchers.removeAll { $0.count <= count }
            return (false, seen)
        }
        if wakes { continuation.resume() }
        for watcher in watchers { watcher.resume() }
    }
}
