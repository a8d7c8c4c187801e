/// Which dead letters are meant; a condition that is nil holds for all.
public struct DeadLetterFilter: Sendable, Hashable {
    /// Characters of a reason.
    public static let maxReasonCharacters = 64

    public var queue: String?
    public var reason: String?
    public var state: DeadLetterState?
    /// The last failure is not before this moment, Unix milliseconds.
    public var sinceMilliseconds: Int64?
    /// The last failure is before this moment, Unix milliseconds.
    public var untilMilliseconds: Int64?

    public init(
        queue: String? = nil,
        reason: String? = nil,
        state: DeadLetterState? = nil,
        sinceMilliseconds: Int64? = nil,
        untilMilliseconds: Int64? = nil
    ) {
        self.queue = queue
        self.reason = reason
        self.state = state
        self.sinceMilliseconds = sinceMilliseconds
        self.untilMilliseconds = untilMilliseconds
    }

    /// Whether it names every letter; the state alone is no choice of letters.
    public var isEmpty: Bool {
        queue == nil && reason == nil && sinceMilliseconds == nil && untilMilliseconds == nil
    }
}
