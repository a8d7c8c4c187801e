/// What a committed transaction did with a batch.
public struct BatchResult: Sendable, Hashable {
    public var storedCount: Int
    /// Letters buried, by reason.
    public var buriedCounts: [String: Int]
    /// The store's codes of the letters buried; for the log, which must not show their text.
    public var codes: Set<Int>
    /// The breaker after these records.
    public var breaker: BuryBreaker

    public init(storedCount: Int, buriedCounts: [String: Int], codes: Set<Int>, breaker: BuryBreaker) {
        self.storedCount = storedCount
        self.buriedCounts = buriedCounts
        self.codes = codes
        self.breaker = breaker
    }

    public var buriedCount: Int { buriedCounts.values.reduce(0, +) }
}
