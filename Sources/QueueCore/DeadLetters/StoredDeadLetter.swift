/// A dead letter as the durable store keeps it.
public struct StoredDeadLetter: Sendable, Hashable {
    public var id: DeadLetterID
    public var state: DeadLetterState
    /// How often the record was tried, all replays included.
    public var attempts: Int
    /// Unix milliseconds.
    public var firstFailedMilliseconds: Int64
    /// Unix milliseconds.
    public var lastFailedMilliseconds: Int64
    /// One of ``DeadLetter/Reason``, or one of a newer version.
    public var reason: String
    /// The store's code, 0 if there is none.
    public var code: Int
    /// Empty if there is none. May quote values of the record.
    public var detail: String
    public var payloadByteCount: Int
    /// The record; nil in lists.
    public var payload: [UInt8]?

    public init(
        id: DeadLetterID,
        state: DeadLetterState,
        attempts: Int,
        firstFailedMilliseconds: Int64,
        lastFailedMilliseconds: Int64,
        reason: String,
        code: Int,
        detail: String,
        payloadByteCount: Int,
        payload: [UInt8]? = nil
    ) {
        self.id = id
        self.state = state
        self.attempts = attempts
        self.firstFailedMilliseconds = firstFailedMilliseconds
        self.lastFailedMilliseconds = lastFailedMilliseconds
        self.reason = reason
        self.code = code
        self.detail = detail
        self.payloadByteCount = payloadByteCount
        self.payload = payload
    }

    /// Where the list goes on after this letter.
    public var cursor: DeadLetterCursor {
        DeadLetterCursor(lastFailedMilliseconds: lastFailedMilliseconds, id: id)
    }
}
