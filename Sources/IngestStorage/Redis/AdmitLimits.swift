import RedisClient

/// The bounds that the scripts keep which take reports and events, per shard.
public struct AdmitLimits: Sendable {
    /// `QUEUE_MAX_DEPTH`.
    public var maxQueueRecords: Int
    /// `QUEUE_MAX_BYTES`.
    public var maxQueueBytes: Int
    /// Fingerprints in unapplied windows, the open one included; above it new ones are refused.
    public var maxWaitingFingerprints = 1_000_000
    /// Fingerprints in one window; more seal it.
    public var maxWindowFingerprints = 80_000
    /// `EVENT_ID_WINDOW_SECONDS`.
    public var eventIDWindowSeconds: Int
    /// `EVENT_ID_MAX`.
    public var maxEventIDs: Int
    /// Above this share of `maxmemory` nothing new is queued, so that there is always room to drain.
    public var maxMemoryShare = 0.75

    public init(maxQueueRecords: Int, maxQueueBytes: Int, eventIDWindowSeconds: Int, maxEventIDs: Int) {
        self.maxQueueRecords = maxQueueRecords
        self.maxQueueBytes = maxQueueBytes
        self.eventIDWindowSeconds = eventIDWindowSeconds
        self.maxEventIDs = maxEventIDs
    }

    /// As far as the link knows; it asks the server every second.
    func hasMemory(_ link: RedisLink) -> Bool {
        guard let state = link.serverState, let used = state.usedMemoryBytes, let limit = state.maxMemoryBytes else {
            return true
        }
        return Double(used) < Double(limit) * maxMemoryShare
    }
}
