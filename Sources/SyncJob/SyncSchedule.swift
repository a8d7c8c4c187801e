/// What is due when, as a value: the shards' passes, the purge of the ledger, or rest.
///
/// The shard due longest comes first, so one that fails or always has more to do cannot keep the others from their
/// turn.
package struct SyncSchedule: Sendable {
    package enum Duty: Sendable, Equatable {
        case pass(shard: Int, seals: Bool)
        case purge
        case rest(Duration)
    }

    private struct Shard: Sendable {
        var passDue: Duration
        var sealDue: Duration
        var backoff: SyncBackoff
    }

    private let configuration: SyncConfiguration
    private var shards: [Shard]
    private var purgeDue: Duration

    /// Every shard and the purge are due at once: windows may wait from before a restart.
    package init(shardCount: Int, configuration: SyncConfiguration, now: Duration) {
        self.configuration = configuration
        let backoff = SyncBackoff(base: configuration.retryBase, limit: configuration.retryLimit)
        shards = Array(repeating: Shard(passDue: now, sealDue: now, backoff: backoff), count: shardCount)
        purgeDue = now
    }

    package func next(now: Duration) -> Duty {
        let first = shards.indices.min { shards[$0].passDue < shards[$1].passDue }
        if let first, shards[first].passDue <= now, shards[first].passDue <= purgeDue {
            return .pass(shard: first, seals: shards[first].sealDue <= now)
        }
        if purgeDue <= now { return .purge }
        return .rest(min(first.map { shards[$0].passDue } ?? purgeDue, purgeDue) - now)
    }

    /// - Parameter random: 0 up to 1.
    package mutating func passEnded(
        shard: Int,
        _ result: SyncPassResult,
        began: Duration,
        now: Duration,
        random: Double
    ) {
        if result.sealAnswered { shards[shard].sealDue = began + configuration.interval }
        switch result.ending {
        case .complete:
            shards[shard].backoff.succeeded()
            shards[shard].passDue = max(now, shards[shard].sealDue)
        case .bounded, .stopped:
            shards[shard].backoff.succeeded()
            shards[shard].passDue = now
        case .failed:
            shards[shard].passDue = now + shards[shard].backoff.failed(random: random)
        }
    }

    /// - Parameter isComplete: false when rows to delete may be left.
    package mutating func purgeEnded(isComplete: Bool, now: Duration) {
        purgeDue =
            now + (isComplete ? configuration.purgeInterval : min(configuration.purgeInterval, configuration.interval))
    }
}
