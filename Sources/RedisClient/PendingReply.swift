import NIOCore

/// A command that was written (or waits for this turn's flush) and whose reply has not come.
struct PendingReply {
    let operation: String
    let startedAt: NIODeadline
    let deadline: NIODeadline
    /// It has more time than usual, and so have those behind it.
    let mayBlock: Bool
    /// Encoded size, counted against the bound on waiting bytes.
    let byteCount: Int
    var call: ScriptCall?
    let completion: (Result<RedisValue, RedisClientError>) -> Void
}
