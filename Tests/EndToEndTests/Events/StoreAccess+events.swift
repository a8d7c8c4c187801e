import RedisClient
import TestServers

extension StoreAccess {
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
