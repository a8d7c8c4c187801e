import Ingest
import QueueCore
import RedisClient

extension RedisClientError {
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
