public import Fingerprint

/// Which shard a record belongs to: the first 4 bytes of its digest, big endian, modulo the number of shards. Part of the stored
/// data's meaning: it never changes.
public enum ShardMap {
    @inlinable
    public static func shard(of fingerprint: Fingerprint, count: Int) -> Int {
        count > 1 ? fingerprint.withUnsafeBytes { shard(ofBytes: $0, count: count) } : 0
    }

    /// Of the hash of an event id.
    @inlinable
    public static func shard(of digest: Digest16, count: Int) -> Int {
        count > 1 ? digest.withUnsafeBytes { shard(ofBytes: $0, count: count) } : 0
    }

    @usableFromInline
    static func shard(ofBytes bytes: UnsafeRawBufferPointer, count: Int) -> Int {
        let prefix = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3])
        return Int(prefix) % count
    }
}
