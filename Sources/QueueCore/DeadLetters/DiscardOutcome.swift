/// What one call discarded.
public struct DiscardOutcome: Sendable, Hashable {
    public var discarded: Int
    /// Whether the filter matches more than the call took.
    public var hasMore: Bool

    public init(discarded: Int, hasMore: Bool) {
        self.discarded = discarded
        self.hasMore = hasMore
    }
}
