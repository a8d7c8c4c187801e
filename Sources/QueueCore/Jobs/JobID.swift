/// The name a driver gives a job. It means nothing outside the driver that gave it, and a job that goes back to the
/// queue (retry, release, reclaim) may come back under another one.
public struct JobID: Sendable, Hashable, CustomStringConvertible {
    /// ASCII; a Redis stream id (`milliseconds-sequence`) fits into a small string, without an allocation.
    public var text: String

    public init(_ text: String) {
        self.text = text
    }

    public var description: String { text }
}
