public import QueueCore

/// One empty queue for one case.
public struct QueueFixture<Driver: QueueDriver>: Sendable {
    /// How long the queue holds a job; short (200 ms) where time is real.
    public var lease: Duration
    /// The clock the queue goes by, or one that runs as fast.
    public var clock: any QueueClock
    /// A driver for a consumer of this queue.
    public var makeDriver: @Sendable (_ consumer: String) async throws -> Driver
    /// Lets at least this much time pass.
    public var advance: @Sendable (Duration) async throws -> Void
    /// Called after the case, however it ended.
    public var tearDown: @Sendable () async -> Void

    public init(
        lease: Duration,
        clock: any QueueClock,
        makeDriver: @escaping @Sendable (_ consumer: String) async throws -> Driver,
        advance: @escaping @Sendable (Duration) async throws -> Void,
        tearDown: @escaping @Sendable () async -> Void = {}
    ) {
        self.lease = lease
        self.clock = clock
        self.makeDriver = makeDriver
        self.advance = advance
        self.tearDown = tearDown
    }

    /// Past every lease given until now.
    func advancePastLease() async throws {
        try await advance(lease + lease / 4)
    }
}
