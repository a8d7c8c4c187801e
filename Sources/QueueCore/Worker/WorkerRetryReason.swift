/// The values of the label `class` of `worker_retries_total`.
enum WorkerRetryReason: String, CaseIterable, Sendable {
    case infrastructure
    case configuration
    /// A batch was halved because a record in it was refused.
    case data
    /// The store met a code it does not know: the alarm.
    case unknown
    /// The breaker refused the batch.
    case breaker
    /// The queue did not answer.
    case queue
}
