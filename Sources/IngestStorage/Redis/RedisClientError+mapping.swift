import Ingest
import QueueCore
import RedisClient

extension RedisClientError {
    /// Error replies that Redis gives before it runs a script. Any other one may come from the middle of it, and what a script
    /// has written stays written.
    private static let repliesBeforeRunning: Set<String> = [
        "OOM", "READONLY", "LOADING", "MASTERDOWN", "MISCONF", "NOREPLICAS", "BUSY", "NOPERM", "NOAUTH", "CLUSTERDOWN",
        "MOVED",
        "NOSCRIPT",
    ]

    /// Nothing was sent, or the server refused the script before it ran.
    var isKnownToHaveDoneNothing: Bool {
        nothingWasSent || serverErrorCode.map { Self.repliesBeforeRunning.contains($0) } == true
    }

    /// In the words of the ports of Ingest.
    var asStoreFailure: StoreFailure {
        if outcomeIsUnknown { return StoreFailure(.outcomeUnknown, message) }
        switch serverErrorCode {
        case "NOPERM", "WRONGTYPE": return StoreFailure(.configuration, message)
        default: return StoreFailure(.unavailable, message)
        }
    }

    /// In the words of the queue core.
    var asQueueError: QueueError {
        if outcomeIsUnknown { return QueueError(.outcomeUnknown, message) }
        switch serverErrorCode {
        case "NOPERM", "WRONGTYPE": return QueueError(.unsupported, message)
        default: return QueueError(.unavailable, message)
        }
    }
}

extension RedisValue {
    /// An answer of another shape than the script's head promises.
    static func unexpected(_ script: RedisScript) -> StoreFailure {
        StoreFailure(.corrupt, "Redis answered \(script.name) in an unknown shape")
    }
}
