/// How often and how much retention works. Values out of range are brought to the nearest bound.
public struct RetentionConfiguration: Sendable {
    /// Time between two passes that had nothing left to do.
    public let interval: Duration
    /// Chores whose walk also meets rows that stay are begun anew no more often than this.
    public let walkInterval: Duration
    /// After this long a pass ends and gives another process its turn.
    public let passTimeLimit: Duration
    /// Time between two passes when the one before had not finished.
    public let rest: Duration
    /// A pause between two deletes lasts as long as the delete took, within these bounds: half of the time nothing is locked.
    public let minPause: Duration
    public let maxPause: Duration
    /// A delete that took longer makes the next one half as large.
    public let slowDelete: Duration
    /// A delete that took less makes the next one twice as large.
    public let quickDelete: Duration
    /// Rows one delete looks at: of errors, each with its details and samples, and of everything else. Never fewer than the least: on a
    /// busy server most of a small delete's time is the commit's, and a smaller one would take as long.
    public let firstLimit: Int
    public let minLimit: Int
    public let maxLimit: Int
    /// First and largest bound of the wait after a failure; the wait is anything between zero and the bound.
    public let retryBase: Duration
    public let retryLimit: Duration

    public init(
        interval: Duration = .seconds(3_600),
        walkInterval: Duration = .seconds(86_400),
        passTimeLimit: Duration = .seconds(60),
        rest: Duration = .seconds(5),
        minPause: Duration = .milliseconds(20),
        maxPause: Duration = .seconds(2),
        slowDelete: Duration = .milliseconds(150),
        quickDelete: Duration = .milliseconds(40),
        firstLimit: Int = 64,
        minLimit: Int = 8,
        maxLimit: Int = 512,
        retryBase: Duration = .seconds(1),
        retryLimit: Duration = .seconds(300)
    ) {
        self.interval = max(.milliseconds(100), interval)
        self.walkInterval = max(.zero, walkInterval)
        self.passTimeLimit = max(.zero, passTimeLimit)
        self.rest = max(.milliseconds(10), rest)
        self.minPause = max(.zero, minPause)
        self.maxPause = max(max(.zero, minPause), maxPause)
        self.slowDelete = max(.milliseconds(1), slowDelete)
        self.quickDelete = min(max(.zero, quickDelete), max(.milliseconds(1), slowDelete))
        self.minLimit = max(1, minLimit)
        self.maxLimit = max(self.minLimit, maxLimit)
        self.firstLimit = min(max(self.minLimit, firstLimit), self.maxLimit)
        self.retryBase = max(.milliseconds(1), retryBase)
        self.retryLimit = max(max(.milliseconds(1), retryBase), retryLimit)
    }
}
