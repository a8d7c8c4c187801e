public import QueueCore

/// What every queue driver must do; run each case on a fresh queue.
///
/// Nothing here needs a clock that can be moved. Where time is real the lease must be long enough for the machine: two
/// cases say that a lease still holds 60 % of its length after a call.
public enum QueueConformance<Driver: QueueDriver> {
    typealias Case = QueueConformanceCase<Driver>

    public static var cases: [QueueConformanceCase<Driver>] {
        appendCases + claimCases + ownershipCases + returnCases + reclaimCases + crowdCases
    }

    static var plenty: Int { 1_000_000_000 }
}

extension QueueDriver {
    /// Everything that waits, without waiting.
    func claimAll() async throws -> [Job] {
        try await claim(maxRecords: 1_000_000_000, maxBytes: 1_000_000_000, wait: .zero)
    }

    func reclaimAll() async throws -> [Job] {
        try await reclaim(maxRecords: 1_000_000_000, maxBytes: 1_000_000_000)
    }
}

/// A job of `count` records whose payloads begin with `name`.
func job(_ name: String, records count: Int = 1) -> NewJob {
    NewJob(records: (0..<count).map { QueueRecord(payload: Array("\(name)-\($0)".utf8)) })
}

func ids(_ jobs: [Job]) -> Set<JobID> {
    Set(jobs.map(\.id))
}

func records(_ jobs: [Job]) -> [QueueRecord] {
    jobs.flatMap(\.records)
}

/// The code of the error that `body` throws, nil if it throws none.
func errorCode(_ body: () async throws(QueueError) -> Void) async -> QueueError.Code? {
    do throws(QueueError) {
        try await body()
        return nil
    } catch {
        return error.code
    }
}

/// Runs `body` while time flows, for calls that wait. The steps are small, so that a call returns close to its time.
func whileTimeFlows<Driver: QueueDriver, R: Sendable>(
    in fixture: QueueFixture<Driver>,
    _ body: @escaping @Sendable () async throws -> R
) async throws -> R {
    try await withThrowingTaskGroup(of: R?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            while !Task.isCancelled {
                try? await fixture.advance(.milliseconds(5))
                await Task.yield()
            }
            return nil
        }
        defer { group.cancelAll() }
        while let result = try await group.next() {
            if let result {
                return result
            }
        }
        throw ConformanceFailure(message: "the call never returned", line: #line)
    }
}
