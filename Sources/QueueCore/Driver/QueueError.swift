/// What goes wrong between a worker or producer and its queue.
public struct QueueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of error; the list may grow.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The append would pass a limit in records or bytes; nothing was appended.
        public static let full = Code("full")
        /// The queue's server cannot be reached or refuses to serve; nothing was done.
        public static let unavailable = Code("unavailable")
        /// The command went out and no answer came back; it may or may not have been done.
        public static let outcomeUnknown = Code("outcomeUnknown")
        /// A job without records, with too many, or with bytes that are no job.
        public static let malformedJob = Code("malformedJob")
        /// The server answered in a way this driver does not understand.
        public static let unexpectedAnswer = Code("unexpectedAnswer")
        /// The driver or its server cannot do what was asked.
        public static let unsupported = Code("unsupported")
    }

    public var code: Code
    /// Says what happened; never holds a payload or a password.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Preallocated: floods are when it fires.
    public static let full = QueueError(.full, "the queue is full")

    public var description: String { "\(code): \(message)" }
}
