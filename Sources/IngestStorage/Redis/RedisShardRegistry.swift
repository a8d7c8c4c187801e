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

    /// `REDIS_SHARDS` at most.
    public static let maxShards = 48

    /// Records `count`, or compares it with what is recorded.
    /// - Parameter elsewhere: what MySQL has recorded, for a Redis that lost its own record.
    /// - Throws: `.configuration` when a shard that nobody would read still holds counts or jobs, or when the number changes while
    ///   any does.
    public func agree(on count: Int, recordedElsewhere elsewhere: Int?) async throws(StoreFailure) {
        let meta = RedisKeys(namespace: namespace, shard: 0).meta
        let recorded = try await send("HGET", [.bytes(meta), "shards"]).integerValue.map { Int($0) }
        let before = recorded ?? elsewhere ?? count
        // At every start: a process with another number may have gone on accepting after the number was changed.
        for shard in count..<max(Self.maxShards, count) { try await refuseIfHolding(shard, of: before, wanted: count) }
        if before != count {
            for shard in 0..<count { try await refuseIfHolding(shard, of: before, wanted: count) }
        }
        // Written only when it has to be: a full Redis refuses it, and must be able to drain after a restart.
        if recorded != count { _ = try await send("HSET", [.bytes(meta), "shards", .integer(Int64(count))]) }
    }

    /// Of a shard's `meta`: not 0 when it holds something (a window may be sealed besides).
    package static let heldFields: [RedisArgument] =
        ["size"] + [ErrorQueue.name, EventQueue.name].map { .string("records:\($0)") }

    private func refuseIfHolding(_ shard: Int, of before: Int, wanted count: Int) async throws(StoreFailure) {
        let keys = RedisKeys(namespace: namespace, shard: shard)
        let sealed = try await send("LLEN", [.bytes(keys.sealed)]).integerValue ?? 0
        let held =
            try await send("HMGET", [.bytes(keys.meta)] + Self.heldFields).elements?.reduce(0) {
                $0 + ($1.integerValue ?? 0)
            } ?? 0
        guard sealed > 0 || held > 0 else { return }
        let needed = max(before, shard + 1)
        throw StoreFailure(
            .configuration,
            """
            REDIS_SHARDS is \(count), but shard \(shard) still holds counts or jobs. Run with REDIS_SHARDS=\(needed) and without \
            reporters until everything is stored, then change it
            """
        )
    }

    private func send(_ name: String, _ arguments: [RedisArgument]) async throws(StoreFailure) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.send(RedisCommand(name, arguments))
        } catch {
            throw error.asStoreFailure
        }
    }
}
