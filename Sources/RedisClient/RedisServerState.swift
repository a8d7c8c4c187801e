public import NIOCore

/// What a server said about itself in INFO. A figure it did not give is nil, never 0.
public struct RedisServerState: Sendable, Hashable {
    public enum Role: Sendable, Hashable {
        case primary
        case replica
        /// The server did not say, or said something else.
        case other
    }

    public let version: String?
    public let uptimeSeconds: Int64?
    public let usedMemoryBytes: Int64?
    /// nil when there is no limit (`maxmemory 0`) or the server did not say.
    public let maxMemoryBytes: Int64?
    /// The server reads its data from disk and refuses commands.
    public let loading: Bool
    public let role: Role
    /// The last write to the append-only file failed; nil when the server did not say.
    public let lastAppendFailed: Bool?
    /// When the reply was read.
    public let readAt: NIODeadline

    init(_ info: RedisInfo, readAt: NIODeadline) {
        version = info["redis_version"]
        uptimeSeconds = info["uptime_in_seconds"].flatMap { Int64($0) }
        usedMemoryBytes = info["used_memory"].flatMap { Int64($0) }
        maxMemoryBytes = info["maxmemory"].flatMap { Int64($0) }.flatMap { $0 > 0 ? $0 : nil }
        loading = info["loading"].map { $0 != "0" } ?? false
        role =
            switch info["role"] {
            case "master": .primary
            case "slave", "replica": .replica
            default: .other
            }
        lastAppendFailed = info["aof_last_write_status"].map { $0 != "ok" }
        self.readAt = readAt
    }
}
