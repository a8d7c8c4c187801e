import Synchronization

/// A value that arrives once; the first one counts, later ones are dropped. One task may wait for it.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case pending
        case awaited(CheckedContinuation<Value, Never>)
        case resolved(Value)
        case taken
    }

    private let state = Mutex(State.pending)

    func resolve(_ value: Value) {
        let waiter: CheckedContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .pending:
                state = .resolved(value)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .resolved, .taken:
                return nil
            }
        }
        waiter?.resume(returning: value)
    }

    /// Waits for the value, also when the task is cancelled. Called once.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLock { state in
                switch state {
                case .pending:
                    state = .awaited(continuation)
                    return nil
                case .resolved(let value):
                    state = .taken
                    return value
                case .awaited, .taken:
                    preconditionFailure("a one-shot value is awaited twice")
                }
            }
            if let value {
                continuation.resume(returning: value)
            }
        }
    }
}
