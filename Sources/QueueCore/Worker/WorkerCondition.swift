/// How a worker is doing, for `/health` and the log.
public enum WorkerCondition: Sendable, Hashable {
    /// Claims and stores, or waits for something to claim.
    case working
    /// The queue cannot be reached; tried again with backoff.
    case queueUnavailable
    /// The store is away; the same batch is tried again with backoff, its lease kept.
    case storeUnavailable
    /// The store is not set up for this service. Nothing is claimed and nothing buried until a probe succeeds.
    case misconfigured
    /// Too much would be buried. One small probe batch at a time.
    case refusingToBury
    case stopped
}
