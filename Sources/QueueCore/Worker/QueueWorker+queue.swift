import Logging
import Synchronization

// The calls on the queue.
extension QueueWorker {
    /// Every call of the driver goes through here: the gate lives on their outcomes.
    func ask<R: Sendable>(_ call: () async throws(QueueError) -> R) async throws(QueueError) -> R {
        do throws(QueueError) {
            let answer = try await call()
            let now = clock.uptime
            if gate.withLock({ $0.noteSuccess(at: now) }) {
                logger.info("queue is reachable")
            }
            return answer
        } catch {
            if gate.withLock({ $0.noteFailure() }) {
                logger.warning("queue is not reachable, trying again", metadata: ["error": "\(error)"])
            } else {
                logger.debug("queue is still not reachable", metadata: ["error": "\(error)"])
            }
            metrics.noteRetry(.queue)
            throw error
        }
    }

    func claim(maxRecords: Int, maxBytes: Int, wait: Duration, mayReclaim: Bool) async -> WorkerEvent {
        do throws(QueueError) {
            let now = clock.uptime
            if mayReclaim, gate.withLock({ $0.takeTurn(at: now) }) {
                let jobs = held.add(
                    try await ask { () throws(QueueError) in
                        try await driver.reclaim(maxRecords: maxRecords, maxBytes: maxBytes)
                    }
                )
                if !jobs.isEmpty {
                    metrics.noteReclaimed(jobs.count)
                    logger.notice("took over jobs whose lease ran out", metadata: ["jobs": "\(jobs.count)"])
                    return .claimed(jobs)
                }
            }
            let jobs = try await ask { () throws(QueueError) in
                try await driver.claim(maxRecords: maxRecords, maxBytes: maxBytes, wait: wait)
            }
            return .claimed(held.add(jobs))
        } catch {
            return .claimFailed
        }
    }

    func putAside(_ aside: PutAside) async -> WorkerEvent {
        do throws(QueueError) {
            if !aside.postpone.isEmpty {
                logger.notice(
                    "jobs of an unknown version left for a newer worker", metadata: ["jobs": "\(aside.postpone.count)"])
                _ = try await ask { () throws(QueueError) in
                    try await driver.retryLater(aside.postpone, after: aside.delay)
                }
                held.remove(aside.postpone)
            }
            if !aside.release.isEmpty {
                try await ask { () throws(QueueError) in
                    try await driver.release(aside.release)
                }
                held.remove(aside.release)
            }
            return .putAside
        } catch {
            return .putAsideFailed
        }
    }

    /// Only what the lease keeper still has: the work on a lost job is done all the same, and whoever has it now will
    /// find it done.
    func acknowledge(_ jobs: [Job]) async -> WorkerEvent {
        let ours = held.stillHeld(jobs)
        guard !ours.isEmpty else { return .acknowledged }
        do throws(QueueError) {
            let removed = try await ask { () throws(QueueError) in
                try await driver.acknowledge(ours)
            }
            held.remove(ours)
            if removed.count < ours.count {
                logger.info("stored jobs were no longer ours", metadata: ["jobs": "\(ours.count - removed.count)"])
            }
            return .acknowledged
        } catch {
            return .acknowledgeFailed
        }
    }

    /// Extends everything in hand each third of a lease, until cancelled, and brings due retries back. It also keeps
    /// the gate informed while the worker itself asks nothing of the queue.
    func keepLeases() async {
        var pause = configuration.extendInterval
        while (try? await clock.sleep(for: pause)) != nil {
            do throws(QueueError) {
                let asked = held.snapshot()
                if !asked.isEmpty {
                    let owned = try await ask { () throws(QueueError) in
                        try await driver.extend(asked.map(\.job))
                    }
                    let lost = held.dropLost(asked: asked, owned: owned)
                    if lost > 0 {
                        logger.warning("jobs in hand are no longer ours", metadata: ["jobs": "\(lost)"])
                    }
                }
                _ = try await ask { () throws(QueueError) in
                    try await driver.promoteDue()
                }
                pause = configuration.extendInterval
            } catch {
                pause = configuration.extendInterval / 4
            }
        }
    }
}
