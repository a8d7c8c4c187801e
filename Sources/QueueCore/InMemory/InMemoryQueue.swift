import Synchronization

/// The reference queue: everything a queue promises, in one process's memory, on a clock of the caller's choice. Keeps
/// nothing across a restart, so it is for tests.
///
/// Each consumer has a driver of its own; all drivers of a queue share its jobs.
public final class InMemoryQueue: Sendable {
    let clock: any QueueClock
    let arrivals = WakeSignal()
    private let storage: Mutex<InMemoryQueueStorage>

    /// - Parameter lease: how long a job is held without being extended.
    public init(
        limits: QueueLimits = QueueLimits(),
        lease: Duration = .seconds(3),
        clock: any QueueClock = SystemQueueClock()
    ) {
        self.clock = clock
        storage = Mutex(InMemoryQueueStorage(limits: limits, lease: lease))
    }

    /// A consumer of this queue. Two drivers of one name are the same consumer.
    public func driver(consumer: String) -> InMemoryQueueDriver {
        InMemoryQueueDriver(queue: self, consumer: consumer)
    }

    /// The consumers that have claimed or reclaimed and have not left, sorted.
    public var consumers: [String] {
        storage.withLock { $0.consumers.sorted() }
    }

    func withStorage<R: Sendable, E: Error>(
        _ body: (inout InMemoryQueueStorage, _ now: InMemoryQueueStorage.Moment) throws(E) -> R
    ) throws(E) -> R {
        let now = InMemoryQueueStorage.Moment(uptime: clock.uptime, unixMilliseconds: clock.unixMilliseconds)
        return try storage.withLock { storage throws(E) in
            try body(&storage, now)
        }
    }
}
