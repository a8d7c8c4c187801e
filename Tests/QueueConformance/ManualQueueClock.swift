public import QueueCore
import Synchronization

/// A clock that stands still until it is moved.
public final class ManualQueueClock: QueueClock {
    private struct Sleeper {
        var deadline: Duration
        var continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var uptime: Duration = .zero
        var unixMilliseconds: Int64
        var lastSleeper = 0
        var sleepers: [Int: Sleeper] = [:]
    }

    private let state: Mutex<State>

    public init(unixMilliseconds: Int64 = 1_800_000_000_000) {
        state = Mutex(State(unixMilliseconds: unixMilliseconds))
    }

    public var unixMilliseconds: Int64 { state.withLock { $0.unixMilliseconds } }

    public var uptime: Duration { state.withLock { $0.uptime } }

    /// When the next sleeper wakes, nil if nobody sleeps.
    public var nextDeadline: Duration? {
        state.withLock { $0.sleepers.values.map(\.deadline).min() }
    }

    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            let before = state.uptime
            state.uptime += duration
            state.unixMilliseconds += Self.milliseconds(state.uptime) - Self.milliseconds(before)
            let due = state.sleepers.filter { $0.value.deadline <= state.uptime }
            for id in due.keys {
                state.sleepers[id] = nil
            }
            return due
        }
        for (_, sleeper) in due.sorted(by: { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }) {
            sleeper.continuation.resume(returning: true)
        }
    }

    /// The wall clock jumps; the uptime does not.
    public func jumpWallClock(byMilliseconds milliseconds: Int64) {
        state.withLock { $0.unixMilliseconds += milliseconds }
    }

    public func sleep(for duration: Duration) async throws(CancellationError) {
        let id = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        let isOver = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled {
                        return false
                    }
                    if duration <= .zero {
                        return true
                    }
                    state.sleepers[id] = Sleeper(deadline: state.uptime + duration, continuation: continuation)
                    return nil
                }
                if let answer {
                    continuation.resume(returning: answer)
                }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(returning: false)
        }
        if !isOver {
            throw CancellationError()
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
    }
}
