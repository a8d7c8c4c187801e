/// What became of one item of a request, in the words of the answer.
public enum ItemOutcome: String, Sendable, CaseIterable {
    /// Kept, durably.
    case accepted
    /// Its event id has been seen before.
    case duplicate
    /// It breaks a rule; sending it again will not help.
    case rejected
    /// The queue is full or the store away: nothing was done, and it may be sent again.
    case refused
    /// Sent to the store, and no answer came: it may have been kept or not.
    case unknown

    /// The status of the answer to a batch: 503 when something was refused or is unknown and nothing at all was accepted; else 200.
    static func batchStatusCode(of outcomes: some Sequence<ItemOutcome>) -> Int {
        var isLost = false
        for outcome in outcomes {
            switch outcome {
            case .accepted, .duplicate: return 200
            case .refused, .unknown: isLost = true
            case .rejected: break
            }
        }
        return isLost ? 503 : 200
    }

    /// Appends the start of the answer to a batch, `{"accepted":n,"duplicate":n,…`: how many items had which outcome.
    static func appendCounts(of outcomes: some Sequence<ItemOutcome>, to output: inout [UInt8]) {
        var counts = [ItemOutcome: Int]()
        for outcome in outcomes { counts[outcome, default: 0] += 1 }
        output.append(UInt8(ascii: "{"))
        for (index, outcome) in allCases.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.appendJSON(string: outcome.rawValue.utf8)
            output.append(UInt8(ascii: ":"))
            output.append(decimal: counts[outcome] ?? 0)
        }
    }
}
