import NIOCore

/// Callers that wait for a link to become ready, each with its own limit.
struct ReadyWaits {
    struct Wait {
        let number: UInt64
        let timer: Scheduled<Void>
        let completion: (Result<Void, RedisClientError>) -> Void
    }

    private var waits: [Wait] = []
    private var lastNumber: UInt64 = 0

    mutating func nextNumber() -> UInt64 {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(
        _ number: UInt64,
        timer: Scheduled<Void>,
        completion: @escaping (Result<Void, RedisClientError>) -> Void
    ) {
        waits.append(Wait(number: number, timer: timer, completion: completion))
    }

    mutating func take(_ number: UInt64) -> Wait? {
        waits.firstIndex { $0.number == number }.map { waits.remove(at: $0) }
    }

    mutating func takeAll() -> [Wait] {
        defer { waits = [] }
        return waits
    }
}
