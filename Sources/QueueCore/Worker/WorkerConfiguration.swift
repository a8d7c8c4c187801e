/// The numbers a worker goes by.
public struct WorkerConfiguration: Sendable, Hashable {
    /// How long the driver holds a job without being extended (`LEASE_SECONDS`); the same number as the driver's.
    public var lease: Duration = .seconds(3)
    /// A batch is full with this many records, …
    public var maxBatchRecords = 500
    /// … this many bytes, …
    public var maxBatchBytes = 1_024 * 1_024
    /// … or this long after its first job.
    public var linger: Duration = .milliseconds(50)
    /// A job that took this many workers down runs alone.
    public var aloneAfterDeaths = 3
    /// A job that took this many workers down, the last times alone, is buried.
    public var buryAfterDeaths = 6
    /// Waits between attempts while the store is away.
    public var storeRetry = RetryPolicy()
    /// Waits between attempts while the queue is away; short, as the client behind the driver reconnects on its own.
    public var queueRetry = RetryPolicy(base: .milliseconds(50), cap: .seconds(1))
    /// Wait before each probe of a store that is not set up, or that refuses too much.
    public var probeInterval: Duration = .seconds(30)
    /// Records of a probe that may bury, at most (and at most one job beyond).
    public var probeRecords = 50
    /// Rest of a job whose version this worker does not know.
    public var unknownVersionDelay: Duration = .seconds(60)
    /// How long a batch in hand may take once the shutdown has begun.
    public var shutdownLimit: Duration = .seconds(5)
    /// What trips the breaker.
    public var breaker = BuryBreaker()

    public init() {}

    /// An idle worker looks at the other chores at least this often.
    public var claimWait: Duration { min(.seconds(1), lease / 2) }
    /// How often the leases are extended.
    public var extendInterval: Duration { lease / 3 }
    /// How often jobs of dead workers are looked for.
    public var reclaimInterval: Duration { lease / 2 }
}
