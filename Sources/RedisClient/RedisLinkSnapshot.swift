public import NIOCore

/// The state of a link as other threads may see it: for health answers and metrics, not for building commands.
public struct RedisLinkSnapshot: Sendable {
    public internal(set) var isConnected = false
    /// Why there is no connection, or why the last one ended; nil until something went wrong.
    public internal(set) var lastError: RedisClientError?
    /// nil when not connected.
    public internal(set) var epoch: RedisEpoch?
    /// As last read; stays after the connection is lost (see its `readAt`).
    public internal(set) var serverState: RedisServerState?
    /// As read at the last connect; stays after the connection is lost.
    public internal(set) var durability: RedisDurability?
    /// How long the last INFO took; nil when not connected or not measured yet.
    public internal(set) var healthLatency: TimeAmount?
    /// How many times the link became ready.
    public internal(set) var connectCount = 0
}
