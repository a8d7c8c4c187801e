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
}
