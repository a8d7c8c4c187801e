package import Ingest

/// When retention has its next pass and which chores are in it, as a value.
package struct RetentionSchedule: Sendable {
    /// Their walk also meets rows that stay, so that an idle pass costs something.
    private static let walks: [RetentionChore] = [.occurrences, .eventMinutes, .eventStats]

    private let configuration: RetentionConfiguration
    private var backoff: SyncBackoff
    private var walkDue: [RetentionChore: Duration] = [:]
    /// Where unfinished chores go on.
    package private(set) var positions: [RetentionChore: RetentionPosition] = [:]
    /// Whose failure ended a pass last.
    private var brokenOff: RetentionChore?

    package init(configuration: RetentionConfiguration) {
        self.configuration = configuration
        backoff = SyncBackoff(base: configuration.retryBase, limit: configuration.retryLimit)
    }

    /// The chores of a pass that begins now. One that broke a pass off comes last: were it to fail each time, the others would never
    /// have their turn.
    package func chores(now: Duration) -> [RetentionChore] {
        let all = RetentionChore.allCases
        let first = brokenOff.flatMap { all.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        return (all[first...] + all[..<first]).filter { walkDue[$0].map { $0 <= now } ?? true }
    }

    /// - Parameter random: 0 up to 1.
    /// - Returns: how long to wait for the next pass.
    package mutating func passEnded(_ result: RetentionPassResult, now: Duration, random: Double) -> Duration {
        for chore in result.finished {
            positions[chore] = nil
            if Self.walks.contains(chore) { walkDue[chore] = now + configuration.walkInterval }
        }
        positions.merge(result.positions) { _, new in new }
        brokenOff = result.brokenOff ?? brokenOff
        switch result.ending {
        case .complete, .elsewhere:
            backoff.succeeded()
            return configuration.interval
        case .bounded, .stopped:
            backoff.succeeded()
            return configuration.rest
        case .failed:
            return max(configuration.rest, backoff.failed(random: random))
        }
    }
}
