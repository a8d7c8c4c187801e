/// Where a worker makes records durable.
public protocol BatchStore: Sendable {
    associatedtype Transaction: BatchTransaction

    /// Runs `body` in a transaction; commits when it returns, rolls back when it throws.
    ///
    /// A call that throws has stored nothing, or, when the answer to its commit was lost, all of it: the worker repeats
    /// the batch, so storing must be idempotent. Does not end early when the task is cancelled.
    func transaction<R: Sendable>(
        _ body: @Sendable (inout Transaction) throws(WorkFailure) -> R
    ) async throws(WorkFailure) -> R
}
