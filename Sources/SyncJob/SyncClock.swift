import Glibc

/// The time the sync job goes by, so that a test can hold it in its hand.
public struct SyncClock: Sendable {
    /// The calendar, in Unix milliseconds; may jump.
    public let unixMilliseconds: @Sendable () -> Int64
    /// Time passed since some fixed moment; never goes back.
    public let elapsed: @Sendable () -> Duration
    /// Returns early, throwing or not, when its task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void

    public init(
        unixMilliseconds: @escaping @Sendable () -> Int64,
        elapsed: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.unixMilliseconds = unixMilliseconds
        self.elapsed = elapsed
        self.sleep = sleep
    }

    /// The machine's clocks.
    public static let system: SyncClock = {
        let origin = ContinuousClock.now
        return SyncClock(
            unixMilliseconds: {
                var now = timespec()
                clock_gettime(CLOCK_REALTIME, &now)
                return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
            },
            elapsed: { ContinuousClock.now - origin },
            sleep: { try await Task.sleep(for: $0) }
        )
    }()
}
