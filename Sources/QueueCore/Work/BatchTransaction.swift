/// One open transaction of a store. Used on the store's own thread, synchronously.
public protocol BatchTransaction {
    /// Stores records; storing a record that is already there changes nothing.
    ///
    /// - Throws: after a failure of class data the transaction is as it was before the call (a savepoint), and may go
    ///   on; after any other it is lost.
    mutating func store(_ records: ArraySlice<QueueRecord>) throws(WorkFailure)

    /// Keeps dead letters beside the good rows; the same letter again updates the one that is there.
    mutating func bury(_ letters: [DeadLetter]) throws(WorkFailure)

    /// Marks dead letters as replayed: their records are stored in this very transaction.
    mutating func markReplayed(_ keys: [[UInt8]]) throws(WorkFailure)
}
