import Logging
import Synchronization

// The calls on the store.
extension QueueWorker {
    /// One transaction. In a shutdown it has until the limit; then it is given up between two statements, or, if it
    /// hangs in one, left to itself: whatever it still commits is idempotent.
    func run(_ batch: Batch, breaker: BuryBreaker) async -> WorkerEvent {
        let started = clock.uptime
        let outcome = OneShot<WorkerEvent>()
        let isAbandoned = WakeSignal()
        _ = Task(executorPreference: executor) {
            outcome.resolve(await self.attempt(batch, breaker: breaker, isAbandoned: isAbandoned))
        }
        let watchdog = Task(executorPreference: executor) {
            await self.shutdown.wait(after: 0)
            guard (try? await self.clock.sleep(for: self.configuration.shutdownLimit)) != nil else { return }
            isAbandoned.raise()
            outcome.resolve(.abandoned)
        }
        let event = await outcome.value()
        watchdog.cancel()
        report(event, of: batch, took: clock.uptime - started)
        return event
    }

    private func attempt(_ batch: Batch, breaker: BuryBreaker, isAbandoned: WakeSignal) async -> WorkerEvent {
        let work = BatchWork(queue: queue, batch: batch, breaker: breaker) { isAbandoned.generation > 0 }
        do throws(WorkFailure) {
            return .stored(
                try await store.transaction { transaction throws(WorkFailure) in
                    try work.perform(in: &transaction)
                }
            )
        } catch {
            guard error.class == .aborted else { return .failed(error) }
            return isAbandoned.generation > 0 ? .abandoned : .refused
        }
    }

    private func report(_ event: WorkerEvent, of batch: Batch, took duration: Duration) {
        switch event {
        case .stored(let result):
            metrics.noteStored(batch, result, took: duration, nowMilliseconds: clock.unixMilliseconds)
            if result.buriedCounts[DeadLetter.Reason.refused] != nil {
                metrics.noteRetry(.data)
            }
            if result.buriedCount > 0 {
                logger.warning(
                    "records buried",
                    metadata: [
                        "buried": "\(result.buriedCount)",
                        "stored": "\(result.storedCount)",
                        "reasons": "\(result.buriedCounts.keys.sorted())",
                        "codes": "\(result.codes.sorted())",
                    ]
                )
            }
        case .failed(let failure):
            report(failure, of: batch)
        case .refused:
            logger.error(
                "batch rolled back: it would bury too many records", metadata: ["records": "\(batch.recordCount)"])
        case .abandoned:
            logger.warning("batch given up in shutdown", metadata: ["records": "\(batch.recordCount)"])
        default:
            break
        }
    }

    private func report(_ failure: WorkFailure, of batch: Batch) {
        var metadata: Logger.Metadata = [
            "class": "\(failure.class.rawValue)",
            "code": "\(failure.code)",
            "records": "\(batch.recordCount)",
            "failures": "\(batch.failures + 1)",
        ]
        // The text of a data failure quotes the data.
        if failure.class != .data {
            metadata["message"] = "\(failure.message)"
        }
        if failure.unknownCode || failure.class == .data {
            metrics.noteRetry(.unknown)
            logger.error("the store failed in a way this worker does not know; batch kept", metadata: metadata)
        } else if failure.class == .configuration {
            metrics.noteRetry(.configuration)
            logger.error("the store is not set up for this service; batch kept", metadata: metadata)
        } else {
            metrics.noteRetry(.infrastructure)
            logger.warning("the store is away; batch kept", metadata: metadata)
        }
    }
}
