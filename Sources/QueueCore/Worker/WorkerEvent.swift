/// What has come of an action.
public enum WorkerEvent: Sendable, Hashable {
    /// The first event of all.
    case started
    case claimed([Job])
    case claimFailed
    case putAside
    case putAsideFailed
    /// The transaction is committed.
    case stored(BatchResult)
    /// The transaction is rolled back, or nobody knows.
    case failed(WorkFailure)
    /// The breaker gave the transaction up.
    case refused
    /// The transaction took longer than a shutdown may.
    case abandoned
    case acknowledged
    case acknowledgeFailed
    /// `held` are the jobs the lease keeper still has.
    case rested(held: Set<JobID>)

    var name: String {
        switch self {
        case .started: "started"
        case .claimed: "claimed"
        case .claimFailed: "claimFailed"
        case .putAside: "putAside"
        case .putAsideFailed: "putAsideFailed"
        case .stored: "stored"
        case .failed: "failed"
        case .refused: "refused"
        case .abandoned: "abandoned"
        case .acknowledged: "acknowledged"
        case .acknowledgeFailed: "acknowledgeFailed"
        case .rested: "rested"
        }
    }
}
