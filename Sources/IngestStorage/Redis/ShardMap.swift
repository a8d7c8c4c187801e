public import Fingerprint

/// Which shard an error belongs to.
public enum ShardMap {
    /// The first 4 bytes of the fingerprint, big endian, modulo the number of shards. Part of the stored data's meaning: it never changes.
    @inlinable
    public static func shard(of fingerprint: Fingerprint, count: Int) -> Int {
        guard count > 1 else { return 0 }
        return fingerprint.withUnsafeBytes { bytes in
            let prefix = UInt32(bytes[0]) << 24 | UInt32(bytes[1]) << 16 | UInt32(bytes[2]) << 8 | UInt32(bytes[3])
            return Int(prefix) % count
        }
    }
}
