public import Fingerprint
public import Ingest
public import RedisClient

/// Reads what is counted and not yet applied, over all shards.
public struct RedisLiveCounts: LiveCounts {
    /// Fingerprints looked at for one first page; keeps the script under a millisecond or two.
    static let touchedBudget: Int64 = 2_000

    private let client: RedisClient
    private let shards: [RedisKeys]

    public init(client: RedisClient, shards: [RedisKeys]) {
        self.client = client
        self.shards = shards
    }

    public func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow] {
        var windows: [LiveWindow] = []
        for (shard, keys) in shards.enumerated() {
            let wanted = fingerprints.filter { ShardMap.shard(of: $0, count: shards.count) == shard }
            guard !wanted.isEmpty else { continue }
            let answer = try await run(RedisScripts.live, keys, wanted.map { .bytes($0.bytes) })
            guard let rows = answer.elements else { throw RedisValue.unexpected(RedisScripts.live) }
            for row in rows {
                guard let values = row.elements, let text = values.first?.text, let id = WindowID(text: text) else {
                    throw RedisValue.unexpected(RedisScripts.live)
                }
                let counts = zip(wanted, values.dropFirst()).compactMap { fingerprint, value in
                    value.bytes.flatMap { PackedTally.decode(field: fingerprint.bytes, value: $0) }
                }
                windows.append(LiveWindow(id: id, counts: counts))
            }
        }
        return windows
    }

    public func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint] {
        var last: [Fingerprint: Int64] = [:]
        for keys in shards {
            let answer = try await run(RedisScripts.touched, keys, [.integer(Self.touchedBudget)])
            guard let values = answer.elements else { throw RedisValue.unexpected(RedisScripts.touched) }
            var index = 0
            while index + 1 < values.count {
                if let field = values[index].bytes, let value = values[index + 1].bytes,
                    let count = PackedTally.decode(field: field, value: value)
                {
                    last[count.fingerprint] = max(last[count.fingerprint] ?? .min, count.lastSeenMilliseconds)
                }
                index += 2
            }
        }
        return last.sorted { $0.value > $1.value }.prefix(limit).map(\.key)
    }

    private func run(
        _ script: RedisScript, _ keys: RedisKeys, _ arguments: [RedisArgument]
    ) async throws(StoreFailure) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.run(script, keys: [keys.meta, keys.sealed, keys.countPrefix], arguments: arguments)
        } catch {
            throw error.asStoreFailure
        }
    }
}
