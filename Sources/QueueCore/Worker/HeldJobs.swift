import Synchronization

/// The jobs a worker holds: what the lease keeper extends and what may still be acknowledged.
final class HeldJobs: Sendable {
    /// A job and which time of holding this is: an answer about an earlier time says nothing about this one.
    struct Holding {
        var job: Job
        var turn: UInt64
    }

    private struct State {
        var holdings: [JobID: Holding] = [:]
        var lastTurn: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Jobs that were not held yet are, from now on. Answers those, in order.
    func add(_ jobs: [Job]) -> [Job] {
        state.withLock { state in
            jobs.filter { job in
                guard state.holdings[job.id] == nil else { return false }
                state.lastTurn += 1
                state.holdings[job.id] = Holding(job: job, turn: state.lastTurn)
                return true
            }
        }
    }

    func remove(_ jobs: [Job]) {
        state.withLock { state in
            for job in jobs {
                state.holdings[job.id] = nil
            }
        }
    }

    func stillHeld(_ jobs: [Job]) -> [Job] {
        state.withLock { state in
            jobs.filter { state.holdings[$0.id] != nil }
        }
    }

    /// All jobs, the ones held longest first.
    func snapshot() -> [Holding] {
        state.withLock { $0.holdings.values.sorted { $0.turn < $1.turn } }
    }

    /// Forgets the holdings of `asked` that are not in `owned`. Answers how many.
    func dropLost(asked: [Holding], owned: Set<JobID>) -> Int {
        state.withLock { state in
            var count = 0
            for holding in asked where !owned.contains(holding.job.id) {
                if state.holdings[holding.job.id]?.turn == holding.turn {
                    state.holdings[holding.job.id] = nil
                    count += 1
                }
            }
            return count
        }
    }
}
