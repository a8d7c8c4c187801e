/// One page of the list of dead letters.
public struct DeadLetterQuery: Sendable, Hashable {
    public static let defaultLimit = 50
    public static let maxLimit = 500

    public var filter: DeadLetterFilter
    /// Letters on the page, 1…``maxLimit``.
    public var limit: Int
    /// The page begins after it; nil begins with the newest failure.
    public var cursor: DeadLetterCursor?

    public init(
        filter: DeadLetterFilter = DeadLetterFilter(),
        limit: Int = DeadLetterQuery.defaultLimit,
        cursor: DeadLetterCursor? = nil
    ) {
        self.filter = filter
        self.limit = limit
        self.cursor = cursor
    }
}
