internal import FoundationEssentials

/// One occurrence of an error.
///
/// Its event id and its time are fixed when it is made, so that sending it again never counts it twice. Texts over their limit
/// are cut when it is reported: message 8 KiB, stack trace 64 KiB, the others 255 characters, context 16 KiB of JSON.
public struct ErrorReport: Sendable {
    /// How bad it is.
    public enum Level: String, Sendable, Hashable, CaseIterable {
        case fatal, error, warning, info, debug
    }

    /// What happened, for people. An empty message is sent as `(no message)`: the service refuses empty ones.
    public var message: String
    /// The class of the error, such as `Shop.PaymentError`. Part of what makes two errors the same.
    public var type: String?
    /// One frame a line, innermost first, `at function (file:line)`. Part of what makes two errors the same, without its line
    /// numbers.
    public var stackTrace: String?
    public var level: Level
    /// When it happened, Unix milliseconds. Times over 30 days old or 5 minutes ahead are replaced by the time of receipt.
    public var occurredAtMilliseconds: Int64
    /// Tells this occurrence from all others: a UUID of version 7.
    public let eventID: String
    /// Replaces the service's grouping by type, stack trace and message. The element `{{ default }}` stands for what it
    /// replaces. Empty: the service decides. At most 32 elements.
    public var fingerprint: [String]
    /// Whatever helps to understand it. Members that do not fit are left out whole, the last keys (in alphabetical order) first.
    public var context: [String: ContextValue]

    public init(
        message: String,
        type: String? = nil,
        stackTrace: String? = nil,
        level: Level = .error,
        fingerprint: [String] = [],
        context: [String: ContextValue] = [:]
    ) {
        self.message = message
        self.type = type
        self.stackTrace = stackTrace
        self.level = level
        self.fingerprint = fingerprint
        self.context = context
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        self.occurredAtMilliseconds = now
        self.eventID = EventID.make(atMilliseconds: now)
    }
}
