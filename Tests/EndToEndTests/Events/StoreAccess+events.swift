import RedisClient
import TestServers

extension StoreAccess {
    /// Waits until no event waits, is held or postponed; a store that is coming back counts as not empty.
    func waitUntilEventsAreStored(within limit: Duration = .seconds(30)) async throws {
        try await eventually(within: limit, description: "all events are stored") {
            (try? await isEventQueueEmpty()) ?? false
        }
    }

    private func isEventQueueEmpty() async throws -> Bool {
        for shard in 0..<shards {
            guard try await redisNumber("XLEN", [.string(key("queue:events", shard: shard))]) == 0,
                try await redisNumber("ZCARD", [.string(key("retry:events", shard: shard))]) == 0
            else { return false }
        }
        return true
    }

    /// Events waiting in all shards.
    func eventQueueDepth() async throws -> Int {
        var records = 0
        for shard in 0..<shards {
            records += try await redisNumber("HGET", [.string(key("meta", shard: shard)), "records:events"])
        }
        return records
    }

    /// Events stored so far, as they are counted: quick also while a million are.
    func countedEvents() async throws -> Int {
        try await number(
            "SELECT CAST(COALESCE(SUM(events), 0) AS SIGNED) FROM event_stats WHERE width_seconds = 0")
    }
}
