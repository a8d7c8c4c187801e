/// How fast a queue drains, from readings of its depth: what a refused producer is told to wait.
///
/// The rate is what left the queue between two readings, smoothed. When the store stands still the rate decays, and the answer grows
/// to its limit.
public struct DrainGauge: Sendable {
    public struct Reading: Sendable {
        public var depth: QueueDepth
        /// Records a second, smoothed; nil until two readings are there.
        public var drainRate: Double?
    }

    /// Bounds of the answer, seconds.
    public static let retryAfterRange = 1...60
    /// The answer while the rate is not known.
    private static let unknownRetryAfter = 10
    /// A refused producer may come back when this share of the limit is free.
    private static let freeShare = 0.1
    /// Weight of the latest reading.
    private static let smoothing = 0.3

    private let limits: QueueLimits
    /// Nil when the last reading failed.
    public private(set) var reading: Reading?
    private var acknowledged: Int64 = 0
    private var readAt: Duration = .zero

    public init(limits: QueueLimits) {
        self.limits = limits
    }

    /// - Parameters:
    ///   - acknowledged: records that ever left the queue.
    ///   - time: of the reading, on a clock that never goes back.
    public mutating func note(_ depth: QueueDepth, acknowledged: Int64, at time: Duration) {
        var rate = reading?.drainRate
        if reading != nil, acknowledged >= self.acknowledged {
            let seconds = max((time - readAt) / .seconds(1), 0.001)
            let latest = Double(acknowledged - self.acknowledged) / seconds
            rate = rate.map { $0 * (1 - Self.smoothing) + latest * Self.smoothing } ?? latest
        }
        reading = Reading(depth: depth, drainRate: rate)
        self.acknowledged = acknowledged
        readAt = time
    }

    public mutating func noteFailure() {
        reading = nil
    }

    /// Seconds until the queue should have room again.
    public var retryAfterSeconds: Int {
        guard let reading, let rate = reading.drainRate, rate > 0.1 else { return Self.unknownRetryAfter }
        let records = Double(reading.depth.records)
        let bytes = Double(reading.depth.bytes)
        let bytesPerRecord = max(bytes / max(records, 1), 1)
        let excess = max(
            records - Double(limits.maxRecords) * (1 - Self.freeShare),
            (bytes - Double(limits.maxBytes) * (1 - Self.freeShare)) / bytesPerRecord,
            0
        )
        let seconds = min((excess / rate).rounded(.up), Double(Self.retryAfterRange.upperBound))
        return max(Int(seconds), Self.retryAfterRange.lowerBound)
    }
}
