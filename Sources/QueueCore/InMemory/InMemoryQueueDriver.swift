/// One consumer of an ``InMemoryQueue``.
public struct InMemoryQueueDriver: QueueDriver {
    public let queue: InMemoryQueue
    public let consumer: String

    public func append(_ jobs: [NewJob]) async throws(QueueError) {
        try queue.withStorage { storage, now throws(QueueError) in
            try storage.append(jobs, at: now)
        }
        queue.arrivals.raise()
    }

    public func claim(maxRecords: Int, maxBytes: Int, wait: Duration) async throws(QueueError) -> [Job] {
        let deadline = queue.clock.uptime + wait
        while true {
            // Read before looking: an append from here on ends the wait below at once.
            let generation = queue.arrivals.generation
            let jobs = queue.withStorage { storage, now in
                storage.claim(maxRecords: maxRecords, maxBytes: maxBytes, by: consumer, at: now)
            }
            let rest = deadline - queue.clock.uptime
            if !jobs.isEmpty || rest <= .zero || Task.isCancelled {
                return jobs
            }
            await waitForArrival(after: generation, atMost: rest)
        }
    }

    public func extend(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        queue.withStorage { storage, now in
            storage.extend(jobs.map(\.id), by: consumer, at: now)
        }
    }

    public func acknowledge(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        queue.withStorage { storage, _ in
            storage.acknowledge(jobs.map(\.id), by: consumer)
        }
    }

    public func retryLater(_ jobs: [Job], after delay: Duration) async throws(QueueError) -> Set<JobID> {
        queue.withStorage { storage, now in
            storage.retryLater(jobs.map(\.id), after: delay, by: consumer, at: now)
        }
    }

    public func release(_ jobs: [Job]) async throws(QueueError) {
        let released = queue.withStorage { storage, _ in
            storage.release(jobs.map(\.id), by: consumer)
        }
        if released > 0 {
            queue.arrivals.raise()
        }
    }

    public func reclaim(maxRecords: Int, maxBytes: Int) async throws(QueueError) -> [Job] {
        queue.withStorage { storage, now in
            storage.reclaim(maxRecords: maxRecords, maxBytes: maxBytes, by: consumer, at: now)
        }
    }

    public func promoteDue() async throws(QueueError) -> Int {
        let promoted = queue.withStorage { storage, now in
            storage.promote(at: now)
        }
        if promoted > 0 {
            queue.arrivals.raise()
        }
        return promoted
    }

    public func depth() async throws(QueueError) -> QueueDepth {
        queue.withStorage { storage, now in
            storage.depth(at: now)
        }
    }

    public func leave() async {
        queue.withStorage { storage, _ in
            storage.leave(consumer)
        }
    }

    private func waitForArrival(after generation: UInt64, atMost duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [queue] in
                await queue.arrivals.wait(after: generation)
            }
            group.addTask { [queue] in
                try? await queue.clock.sleep(for: duration)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
