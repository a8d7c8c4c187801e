/// A position in the list of dead letters, which runs from the newest failure to the oldest, then by queue and key, both
/// descending.
///
/// A letter that fails again moves to the front of the list, so somebody who follows the cursor meets each letter once.
public struct DeadLetterCursor: Sendable, Hashable {
    /// Unix milliseconds.
    public var lastFailedMilliseconds: Int64
    public var id: DeadLetterID

    public init(lastFailedMilliseconds: Int64, id: DeadLetterID) {
        self.lastFailedMilliseconds = lastFailedMilliseconds
        self.id = id
    }

    /// `<milliseconds>.<key in hexadecimal>.<queue>`
    public var text: String { "\(lastFailedMilliseconds).\(id.hexKey).\(id.queue)" }

    /// Nil when it is no ``text``.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let milliseconds = Int64(parts[0]), Self.range.contains(milliseconds),
            (1...DeadLetterID.maxQueueCharacters).contains(parts[2].utf8.count),
            parts[2].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let id = DeadLetterID(queue: String(parts[2]), hex: parts[1])
        else { return nil }
        self.init(lastFailedMilliseconds: milliseconds, id: id)
    }

    /// The years 1 to 9999, which is what a time column takes.
    private static let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
}
