/// How much a queue holds: waiting, held by consumers and waiting for a retry together.
public struct QueueDepth: Sendable, Hashable {
    public var records: Int
    /// Length of the records in ``JobFormat``.
    public var bytes: Int
    /// Age of the oldest job, nil when the queue is empty or the driver cannot tell.
    public var oldestAgeMilliseconds: Int64?

    public init(records: Int, bytes: Int, oldestAgeMilliseconds: Int64?) {
        self.records = records
        self.bytes = bytes
        self.oldestAgeMilliseconds = oldestAgeMilliseconds
    }
}
