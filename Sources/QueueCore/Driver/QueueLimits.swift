/// How much a queue may hold; an append that would pass either limit is refused whole.
public struct QueueLimits: Sendable, Hashable {
    /// `QUEUE_MAX_DEPTH`
    public var maxRecords: Int
    /// `QUEUE_MAX_BYTES`, counted in ``JobFormat``.
    public var maxBytes: Int

    public init(maxRecords: Int = 100_000, maxBytes: Int = 256 * 1_024 * 1_024) {
        self.maxRecords = maxRecords
        self.maxBytes = maxBytes
    }
}
