/// A record that was taken out of its queue without being stored, with all that is needed to replay it.
public struct DeadLetter: Sendable, Hashable {
    /// The values of ``reason``; each is also the value of a metric's label, so the list is short.
    public enum Reason {
        /// The store refused the record on its own; ``DeadLetter/code`` and ``DeadLetter/detail`` are the store's.
        public static let refused = "refused by the store"
        /// The record's job took its worker down again and again, the last times alone.
        public static let crashed = "crashed the worker"
        /// The bytes of the job are no job.
        public static let undecodable = "undecodable"

        static let all = [refused, crashed, undecodable]
    }

    public var queue: String
    public var record: QueueRecord
    /// One of ``Reason``.
    public var reason: String
    /// The store's words or the decoder's, empty if there are none. May quote values of the record.
    public var detail: String
    /// The store's code, 0 if there is none.
    public var code: Int
    /// How often the record was tried, this time and deaths included.
    public var attempts: Int
    /// Key of the dead letter that was being replayed when this happened.
    public var replayKey: [UInt8]?

    public init(
        queue: String,
        record: QueueRecord,
        reason: String,
        detail: String = "",
        code: Int = 0,
        attempts: Int,
        replayKey: [UInt8]? = nil
    ) {
        self.queue = queue
        self.record = record
        self.reason = reason
        self.detail = detail
        self.code = code
        self.attempts = attempts
        self.replayKey = replayKey
    }
}
