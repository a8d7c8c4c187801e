/// What is due when, as a value: the shards' passes, or rest.
///
/// The shard due longest comes first, so one that fails or always has more to do cannot keep the others from their
/// turn.
package struct SyncSchedule: Sendable {
    package enum Duty: Sendable, Equatable {
        case pass(shard: Int, seals: Bool)
        case rest(Duration)
    }

    private struct Shard: Sendable {
        var passDue: Duration
        var sealDue: Duration
        var backoff: SyncBackoff
    }

    private let configuration: SyncConfiguration
    private var shards: [Shard]

    /// Every shard is due at once: windows may wait from before a restart.
    package init(shardCount: Int, configuration: SyncConfiguration, now: Duration) {
        self.configuration = configuration
        let backoff = SyncBackoff(base: configuration.retryBase, limit: configuration.retryLimit)
        shards = Array(repeating: Shard(passDue: now, sealDue: now, backoff: backoff), count: shardCount)
    }

    package func next(now: Duration) -> Duty {
        let first = shards.indices.min { shards[$0].passDue < shards[$1].passDue }
        if let first, shards[first].passDue <= now {
            return .pass(shard: first, seals: shards[first].sealDue <= now)
        }
        // A job without shards has nothing to do.
        return .rest(first.map { shards[$0].passDue - now } ?? configuration.interval)
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
}
