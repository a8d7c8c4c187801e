import IngestStorage

/// A way from the socket to MySQL: a queue in each shard, with workers of its own.
enum Pipeline: CaseIterable, Sendable {
    case errors
    case events

    /// Names it in Redis, in dead letters and in metrics.
    var queue: String {
        switch self {
        case .errors: ErrorQueue.name
        case .events: EventQueue.name
        }
    }

    /// Most records of one transaction. Events share most of the rows they are counted in: the more of them, the fewer of those are
    /// written.
    var maxBatchRecords: Int {
        switch self {
        case .errors: 500
        case .events: 1_000
        }
    }
}
