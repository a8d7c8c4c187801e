/// The machine's clock as the hot path reads it.
package enum WallClock {
    private static let clock = SystemQueueClock()

    /// Unix milliseconds.
    package static var unixMilliseconds: Int64 {
        clock.unixMilliseconds
    }
}
