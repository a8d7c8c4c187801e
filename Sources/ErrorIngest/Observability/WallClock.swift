import QueueCore

/// The machine's clock as the hot path reads it.
enum WallClock {
    private static let clock = SystemQueueClock()

    /// Unix milliseconds.
    static var unixMilliseconds: Int64 {
        clock.unixMilliseconds
    }
}
