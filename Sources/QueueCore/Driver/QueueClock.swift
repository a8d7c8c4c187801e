/// Time as the queue core sees it, so that tests can hold it.
public protocol QueueClock: Sendable {
    /// The wall clock, Unix milliseconds; it may jump either way. Only for ages and time stamps.
    var unixMilliseconds: Int64 { get }

    /// Time since some fixed moment; never goes back. For leases, limits and durations.
    var uptime: Duration { get }

    /// Returns once `duration` has passed.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws(CancellationError)
}
