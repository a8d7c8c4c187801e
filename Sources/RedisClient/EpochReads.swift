/// Who waits for which reading of INFO: at most one is under way, and later callers share the one after it.
struct EpochReads {
    typealias Waiter = (Result<RedisEpoch, RedisClientError>) -> Void

    private(set) var isUnderWay = false
    private var current: [Waiter] = []
    private var queued: [Waiter] = []

    var count: Int { current.count + queued.count }
    var hasQueued: Bool { !queued.isEmpty }

    mutating func queue(_ waiter: @escaping Waiter) {
        queued.append(waiter)
    }

    mutating func begin() {
        isUnderWay = true
        current = queued
        queued = []
    }

    mutating func end() -> [Waiter] {
        isUnderWay = false
        defer { current = [] }
        return current
    }

    mutating func takeQueued() -> [Waiter] {
        defer { queued = [] }
        return queued
    }
}
