/// What one call marked as replaying.
public struct ReplayStart: Sendable, Hashable {
    public struct Letter: Sendable, Hashable {
        public var id: DeadLetterID
        public var record: QueueRecord
        /// Where a filter goes on after this letter.
        public var cursor: DeadLetterCursor

        public init(id: DeadLetterID, record: QueueRecord, cursor: DeadLetterCursor) {
            self.id = id
            self.record = record
            self.cursor = cursor
        }
    }

    public var letters: [Letter]
    /// Named letters that are not there.
    public var notFound: Int
    /// Named letters that have been replayed already: left alone.
    public var alreadyReplayed: Int
    /// Whether letters of the selection were left for another call.
    public var hasMore: Bool

    public init(letters: [Letter], notFound: Int = 0, alreadyReplayed: Int = 0, hasMore: Bool = false) {
        self.letters = letters
        self.notFound = notFound
        self.alreadyReplayed = alreadyReplayed
        self.hasMore = hasMore
    }
}
