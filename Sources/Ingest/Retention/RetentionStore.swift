/// The durable store's side of retention.
public protocol RetentionStore: Sendable {
    /// Takes the one right to delete in this store, until `end` or the loss of its connection.
    /// - Returns: nil when another process has it.
    func begin() async throws(StoreFailure) -> (any RetentionTurn)?
}

/// The right to delete, held by one process at a time.
public protocol RetentionTurn: Sendable {
    /// The store's clock when the turn began, Unix milliseconds.
    var storeMilliseconds: Int64 { get }

    /// Looks at the oldest rows of a chore, at most `limit`, and deletes those that are due, in one short transaction.
    ///
    /// - Parameters:
    ///   - cutoff: rows from before this time are due; Unix milliseconds.
    ///   - position: where the step before came to; nil at the start.
    func delete(
        _ chore: RetentionChore, before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) async throws(StoreFailure) -> RetentionStep

    func end() async
}

/// Where a walk over a chore's rows has come to; only the store knows what is in it.
public struct RetentionPosition: Sendable, Hashable {
    /// The age of the row it stands at, Unix milliseconds.
    public var milliseconds: Int64
    /// The rest of the row's key.
    public var key: [UInt8]

    public init(milliseconds: Int64, key: [UInt8]) {
        self.milliseconds = milliseconds
        self.key = key
    }
}

/// What one `delete` did.
public struct RetentionStep: Sendable, Hashable {
    /// Rows that went, by table.
    public var deleted: [String: Int]
    /// Where to go on; nil when no due row is left.
    public var next: RetentionPosition?

    public init(deleted: [String: Int], next: RetentionPosition?) {
        self.deleted = deleted
        self.next = next
    }

    public var rows: Int { deleted.values.reduce(0, +) }
}
