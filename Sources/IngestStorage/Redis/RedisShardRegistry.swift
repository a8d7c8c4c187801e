public import Ingest
public import RedisClient

/// Keeps the number of shards that the keys were written with. Counting with another number would leave the windows and queues
/// of the old shards behind, so a change is refused until they are drained.
public struct RedisShardRegistry: Sendable {
    private let client: RedisClient
    private let namespace: String

    public init(client: RedisClient, namespace: String) {
        self.client = client
        self.namespace = namespace
    }

    /// Records `count`, or compares it with what is recorded.
    /// - Throws: `.configuration` when it differs and the recorded shards still hold counts or jobs.
    public func agree(on count: Int) async throws(StoreFailure) {
        let meta = RedisKeys(namespace: namespace, shard: 0).meta
        _ = try await send("HSETNX", [.bytes(meta), "shards", .integer(Int64(count))])
        let recorded = Int(try await send("HGET", [.bytes(meta), "shards"]).integerValue ?? 0)
        guard recorded != count else { return }
        for shard in 0..<max(recorded, 1) {
            let keys = RedisKeys(namespace: namespace, shard: shard)
            let sealed = try await send("LLEN", [.bytes(keys.sealed)]).integerValue ?? 0
            let state =
                try await send(
                    "HMGET", [.bytes(keys.meta), "size", .string("records:\(ErrorQueue.name)")]
                ).elements ?? []
            let held = state.reduce(0) { $0 + ($1.integerValue ?? 0) }
            guard sealed == 0, held == 0 else {
                throw StoreFailure(
                    .configuration,
                    """
                    REDIS_SHARDS is \(count), but shard \(shard) of the \(recorded) shards recorded in Redis still holds counts or jobs. \
                    Run with REDIS_SHARDS=\(recorded) and without reporters until everything is stored, then change it
                    """
                )
            }
        }
        _ = try await send("HSET", [.bytes(meta), "shards", .integer(Int64(count))])
    }

    private func send(_ name: String, _ arguments: [RedisArgument]) async throws(StoreFailure) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.send(RedisCommand(name, arguments))
        } catch {
            throw error.asStoreFailure
        }
    }
}
