/// How often and how much the sync job works. Values out of range are brought to the nearest bound.
public struct SyncConfiguration: Sendable {
    /// How often time seals a window; `SYNC_INTERVAL_SECONDS`. 100 ms at least, so that a test may be quick.
    public let interval: Duration
    /// While this many sealed windows wait, time no longer seals.
    public let maximumWaitingWindows: Int
    /// Windows one pass over one shard ends with at most; then the next shard has its turn.
    public let maximumWindowsPerPass: Int
    /// After this long a pass takes up no further window.
    public let passTimeLimit: Duration
    /// First and largest bound of the wait after a failure; the wait is anything between zero and the bound.
    public let retryBase: Duration
    public let retryLimit: Duration
    /// How long `run` waits for the part in hand after it was told to stop.
    public let shutdownGrace: Duration

    public init(
        interval: Duration = .seconds(30),
        maximumWaitingWindows: Int = 3,
        maximumWindowsPerPass: Int = 16,
        passTimeLimit: Duration = .seconds(30),
        retryBase: Duration = .milliseconds(100),
        retryLimit: Duration = .seconds(30),
        shutdownGrace: Duration = .seconds(5)
    ) {
        self.interval = max(.milliseconds(100), interval)
        self.maximumWaitingWindows = max(1, maximumWaitingWindows)
        self.maximumWindowsPerPass = max(1, maximumWindowsPerPass)
        self.passTimeLimit = max(.zero, passTimeLimit)
        self.retryBase = max(.milliseconds(1), retryBase)
        self.retryLimit = max(max(.milliseconds(1), retryBase), retryLimit)
        self.shutdownGrace = max(.zero, shutdownGrace)
    }
}
