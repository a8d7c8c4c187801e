import Ingest
public import QueueCore
public import RedisClient

/// Reads how much waits in one queue of one shard, without taking part in it.
public struct RedisQueueReader: Sendable {
    private let client: RedisClient
    private let keys: [[UInt8]]
    private let name: String

    public init(client: RedisClient, keys: RedisKeys, queue: String) {
        self.client = client
        self.keys = [keys.meta, keys.queue(queue), keys.retry(queue)]
        self.name = queue
    }

    public func read() async throws(QueueError) -> RedisQueueReading {
        let answer: RedisValue
        do throws(RedisClientError) {
            answer = try await client.run(RedisScripts.queueDepth, keys: keys, arguments: [.string(name)])
        } catch {
            throw error.asQueueError
        }
        guard let values = answer.elements, values.count >= 6, let records = values[0].integerValue,
            let bytes = values[1].integerValue, let age = values[2].integerValue,
            let acknowledged = values[4].integerValue, let forgotten = values[5].integerValue
        else {
            throw QueueError(.unexpectedAnswer, "Redis answered \(RedisScripts.queueDepth.name) in an unknown shape")
        }
        return RedisQueueReading(
            depth: QueueDepth(records: Int(records), bytes: Int(bytes), oldestAgeMilliseconds: age < 0 ? nil : age),
            acknowledged: acknowledged,
            forgottenEarly: forgotten
        )
    }
}

/// A queue's depth, and how many records were ever acknowledged: two readings tell how fast it drains.
public struct RedisQueueReading: Sendable {
    public var depth: QueueDepth
    public var acknowledged: Int64
    /// How often half of the remembered event ids were forgotten before their time, for want of room.
    public var forgottenEarly: Int64

    public init(depth: QueueDepth, acknowledged: Int64, forgottenEarly: Int64 = 0) {
        self.depth = depth
        self.acknowledged = acknowledged
        self.forgottenEarly = forgottenEarly
    }

    /// Adds another shard's.
    public mutating func add(_ other: RedisQueueReading) {
        depth.records += other.depth.records
        depth.bytes += other.depth.bytes
        depth.oldestAgeMilliseconds = [depth.oldestAgeMilliseconds, other.depth.oldestAgeMilliseconds].compactMap(
            \.self
        ).max()
        acknowledged += other.acknowledged
    }
}
