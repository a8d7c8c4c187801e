import QueueCore
import Synchronization

/// The in-memory driver behind a connection that can be cut.
struct FaultyDriver: QueueDriver {
    final class Line: Sendable {
        struct State {
            var isDown = false
            /// The next acknowledges are done and their answers lost.
            var lostAcknowledges = 0
            var calls: [String] = []
            var claims: [Int] = []
            var releasedCount = 0
        }

        private let state = Mutex(State())

        func withState<R: Sendable>(_ body: (inout State) -> R) -> R {
            state.withLock { body(&$0) }
        }

        var isDown: Bool {
            get { state.withLock { $0.isDown } }
            set { state.withLock { $0.isDown = newValue } }
        }

        func count(of call: String) -> Int {
            state.withLock { state in state.calls.count { $0 == call } }
        }
    }

    let base: InMemoryQueueDriver
    let line = Line()

    func append(_ jobs: [NewJob]) async throws(QueueError) {
        try check("append")
        try await base.append(jobs)
    }

    func claim(maxRecords: Int, maxBytes: Int, wait: Duration) async throws(QueueError) -> [Job] {
        try check("claim")
        line.withState { $0.claims.append(maxRecords) }
        return try await base.claim(maxRecords: maxRecords, maxBytes: maxBytes, wait: wait)
    }

    func extend(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        try check("extend")
        return try await base.extend(jobs)
    }

    func acknowledge(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        try check("acknowledge")
        let removed = try await base.acknowledge(jobs)
        let isLost = line.withState { state in
            state.lostAcknowledges -= 1
            return state.lostAcknowledges >= 0
        }
        if isLost {
            throw QueueError(.outcomeUnknown, "the answer was lost")
        }
        return removed
    }

    func retryLater(_ jobs: [Job], after delay: Duration) async throws(QueueError) -> Set<JobID> {
        try check("retryLater")
        return try await base.retryLater(jobs, after: delay)
    }

    func release(_ jobs: [Job]) async throws(QueueError) {
        try check("release")
        line.withState { $0.releasedCount += jobs.count }
        try await base.release(jobs)
    }

    func reclaim(maxRecords: Int, maxBytes: Int) async throws(QueueError) -> [Job] {
        try check("reclaim")
        return try await base.reclaim(maxRecords: maxRecords, maxBytes: maxBytes)
    }

    func promoteDue() async throws(QueueError) -> Int {
        try check("promoteDue")
        return try await base.promoteDue()
    }

    func depth() async throws(QueueError) -> QueueDepth {
        try check("depth")
        return try await base.depth()
    }

    func leave() async {
        await base.leave()
    }

    private func check(_ call: String) throws(QueueError) {
        let isDown = line.withState { state in
            state.calls.append(call)
            return state.isDown
        }
        if isDown {
            throw QueueError(.unavailable, "the line is cut")
        }
    }
}
