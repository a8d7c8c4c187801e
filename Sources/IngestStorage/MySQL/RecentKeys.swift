import MySQLClient
import Synchronization

/// Rows this process has committed lately, by what is written of them: a value in use is written once and not with every batch.
///
/// Never knows more than the server. One that was restored, or has lost what it committed last, has also ended its connections: with the
/// first transaction on a connection that was not seen before, everything is forgotten.
///
/// Bounded: when it is full it starts anew, and some are written again.
final class RecentKeys<Key: Hashable & Sendable>: Sendable {
    /// Counts how often everything was forgotten.
    typealias Generation = Int

    private struct State {
        var known: Set<Key> = []
        /// Numbers of connections.
        var sessions: Set<UInt64> = []
        var generation: Generation = 0
    }

    private static var maxSessions: Int { 1_000 }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// Call at the start of each transaction.
    /// - Parameter session: the number of its connection.
    func begin(on session: UInt64) -> Generation {
        state.withLock { state in
            if !state.sessions.contains(session) {
                if state.sessions.count >= Self.maxSessions { state.sessions.removeAll() }
                state.sessions.insert(session)
                state.known.removeAll(keepingCapacity: true)
                state.generation += 1
            }
            return state.generation
        }
    }

    /// The rows whose keys are not known, in their order.
    func unknown<Row: Sendable>(among rows: some Sequence<Row>, by key: (Row) -> Key) -> [Row] {
        state.withLock { state in rows.filter { !state.known.contains(key($0)) } }
    }

    /// Call only after the commit.
    /// - Parameter generation: of the start of the transaction. What was committed before everything was forgotten may be lost.
    func insert(_ keys: some Collection<Key>, of generation: Generation) {
        guard !keys.isEmpty else { return }
        state.withLock { state in
            guard state.generation == generation else { return }
            if state.known.count + keys.count > limit { state.known.removeAll(keepingCapacity: true) }
            if keys.count <= limit { state.known.formUnion(keys) }
        }
    }
}
