/// Some dead letters, newest failure first, without their payloads.
public struct DeadLetterPage: Sendable, Hashable {
    public var letters: [StoredDeadLetter]
    /// Where the next page starts; nil when there is none.
    public var nextCursor: DeadLetterCursor?

    public init(letters: [StoredDeadLetter], nextCursor: DeadLetterCursor?) {
        self.letters = letters
        self.nextCursor = nextCursor
    }
}
