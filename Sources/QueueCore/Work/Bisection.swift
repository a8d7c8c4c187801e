/// Finds the records that a store refuses, inside one transaction, by halving.
public enum Bisection {
    /// Stores `records`; after a data failure stores the halves on their own, and so on down to single records.
    ///
    /// Iterative; at most `2n − 1` calls of the store for `n` records, and one when none is bad.
    ///
    /// - Parameter onSettled: called in the order of the records, each record in exactly one call: with a range that is
    ///   stored and nil, or with a single record and why it is refused. May throw to give the transaction up.
    /// - Throws: any failure that is not of class data; the transaction is then lost.
    public static func settle(
        _ records: [QueueRecord],
        in transaction: inout some BatchTransaction,
        onSettled: (Range<Int>, WorkFailure?) throws(WorkFailure) -> Void
    ) throws(WorkFailure) {
        // The next range is last. Never deeper than log₂ n + 1.
        var pending = [records.indices]
        while let range = pending.popLast(), !range.isEmpty {
            if let failure = try refusal(of: records[range], by: &transaction) {
                if range.count == 1 {
                    try onSettled(range, failure)
                } else {
                    let middle = range.lowerBound + range.count / 2
                    pending.append(middle..<range.upperBound)
                    pending.append(range.lowerBound..<middle)
                }
            } else {
                try onSettled(range, nil)
            }
        }
    }

    /// Nil when the records are stored, the failure when they were refused as data.
    private static func refusal(
        of records: ArraySlice<QueueRecord>,
        by transaction: inout some BatchTransaction
    ) throws(WorkFailure) -> WorkFailure? {
        do throws(WorkFailure) {
            try transaction.store(records)
            return nil
        } catch  where error.class == .data {
            return error
        }
    }
}
