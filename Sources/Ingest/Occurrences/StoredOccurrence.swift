/// One kept occurrence of an error, as it was reported. Texts are UTF-8.
public struct StoredOccurrence: Sendable {
    /// Its place among those of its error.
    public var key: TimeOrderedKey
    public var eventID: String
    /// When it happened (effective event time), Unix milliseconds.
    public var occurredMilliseconds: Int64
    /// Unix milliseconds.
    public var receivedMilliseconds: Int64
    public var type: String?
    public var message: String
    public var stackTrace: String?
    public var level: String?
    public var service: String?
    public var environment: String?
    public var release: String?
    /// A JSON object as text.
    public var contextJSON: String?

    public init(
        key: TimeOrderedKey,
        eventID: String,
        occurredMilliseconds: Int64,
        receivedMilliseconds: Int64,
        message: String
    ) {
        self.key = key
        self.eventID = eventID
        self.occurredMilliseconds = occurredMilliseconds
        self.receivedMilliseconds = receivedMilliseconds
        self.message = message
    }
}
