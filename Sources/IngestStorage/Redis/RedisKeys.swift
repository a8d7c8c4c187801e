public import Ingest

/// Every key this service uses in Redis, for one shard. The tag `{<namespace>:<shard>}` puts a shard's keys in one Cluster slot,
/// so that one script may touch them all.
///
/// | key after the tag | type | bound |
/// |---|---|---|
/// | `meta` | hash | about 20 fields |
/// | `count:<window>:<part>` | hash | fingerprint → count, first, last; 80,000 fingerprints a window, 1,000,000 waiting |
/// | `sealed` | list | as many windows as wait |
/// | `quarantined` | list | windows an operator has to look at |
/// | `queue:<name>` | stream | `QUEUE_MAX_DEPTH` records, `QUEUE_MAX_BYTES` |
/// | `retry:<name>` | zset | counted in the queue's depth |
/// | `seen:<name>:<bucket>` | set | `EVENT_ID_MAX` ids in two buckets, each with an expiry |
public struct RedisKeys: Sendable {
    public let shard: Int
    private let tag: [UInt8]

    public let meta: [UInt8]
    public let sealed: [UInt8]
    public let quarantined: [UInt8]
    /// `count:` — scripts append `<window>:<part>`.
    public let countPrefix: [UInt8]

    /// - Parameters:
    ///   - namespace: `REDIS_NAMESPACE`, without braces or colons.
    ///   - shard: 0 … `REDIS_SHARDS` − 1.
    public init(namespace: String, shard: Int) {
        self.shard = shard
        self.tag = Array("{\(namespace):\(shard)}:".utf8)
        self.meta = tag + Array("meta".utf8)
        self.sealed = tag + Array("sealed".utf8)
        self.quarantined = tag + Array("quarantined".utf8)
        self.countPrefix = tag + Array("count:".utf8)
    }

    public func counts(of window: WindowID, part: WindowPart) -> [UInt8] {
        countPrefix + Array("\(window.text):\(part.index)".utf8)
    }

    public func queue(_ name: String) -> [UInt8] {
        tag + Array("queue:\(name)".utf8)
    }

    public func retry(_ name: String) -> [UInt8] {
        tag + Array("retry:\(name)".utf8)
    }

    /// `seen:<queue>:` — scripts append `<bucket>`.
    public func seenPrefix(_ queue: String) -> [UInt8] {
        tag + Array("seen:\(queue):".utf8)
    }
}
