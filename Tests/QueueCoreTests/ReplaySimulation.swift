import Logging
import QueueConformance
import QueueCore
import Synchronization

/// A real worker, a queue, an archive that is its store, and replays, on one thread and a clock of their own.
final class ReplaySimulation {
    typealias Worker = QueueWorker<InMemoryQueueDriver, InMemoryArchive>

    /// What a replay came to, once it has.
    final class Running: Sendable {
        private let ended = Mutex<Result<ReplayOutcome, WorkFailure>?>(nil)
        var outcome: ReplayOutcome? { try? ended.withLock { $0 }?.get() }
        var failure: WorkFailure? {
            if case .failure(let failure) = ended.withLock({ $0 }) { failure } else { nil }
        }
        var isOver: Bool { ended.withLock { $0 != nil } }
        func end(_ result: Result<ReplayOutcome, WorkFailure>) { ended.withLock { $0 = result } }
    }

    let clock = ManualQueueClock()
    let queue: InMemoryQueue
    let archive: InMemoryArchive
    private let appendFailure = Mutex<(error: QueueError, isDone: Bool)?>(nil)
    private let executor = DeterministicExecutor()

    init(limits: QueueLimits = QueueLimits()) {
        queue = InMemoryQueue(limits: limits, clock: clock)
        archive = InMemoryArchive(clock: clock)
    }

    func startWorker() {
        let worker = Worker(
            queue: "errors", driver: queue.driver(consumer: "worker"), store: archive, clock: clock, executor: executor,
            seed: 1, logger: Logger(label: "worker") { _ in SwiftLogNoOpLogHandler() })
        Task(executorPreference: executor) { await worker.run() }
        executor.runUntilIdle()
    }

    func append(_ payloads: [String]) {
        let driver = queue.driver(consumer: "producer")
        let jobs = payloads.map { NewJob(records: [QueueRecord(payload: Array($0.utf8))]) }
        Task(executorPreference: executor) { try await driver.append(jobs) }
        executor.runUntilIdle()
    }

    /// - Parameter isDone: whether the jobs are appended all the same.
    func failNextAppend(_ error: QueueError, isDone: Bool = false) {
        appendFailure.withLock { $0 = (error, isDone) }
    }

    /// Begins a replay; time has to pass for it to end.
    func startReplay(_ selection: DeadLetterSelection, watch limit: Duration = .seconds(5)) -> Running {
        let queues = ReplayQueues(["errors": [queue.driver(consumer: "replay")]])
        let replayer = DeadLetterReplayer(archive: archive, clock: clock) { [self] jobs, queue throws(QueueError) in
            let failure = appendFailure.withLock { failure in
                defer { failure = nil }
                return failure
            }
            if failure?.isDone != false { try await queues.append(jobs, to: queue) }
            if let failure { throw failure.error }
        }
        let running = Running()
        Task(executorPreference: executor) {
            do throws(WorkFailure) {
                running.end(.success(try await replayer.replay(selection, watch: limit)))
            } catch {
                running.end(.failure(error))
            }
        }
        executor.runUntilIdle()
        return running
    }

    /// Begins a replay and lets time pass until it has ended.
    func replay(_ selection: DeadLetterSelection, watch limit: Duration = .seconds(5)) -> ReplayOutcome? {
        let running = startReplay(selection, watch: limit)
        let end = clock.uptime + limit + .seconds(1)
        while !running.isOver, clock.uptime < end { advance(by: .milliseconds(10)) }
        return running.outcome
    }

    func advance(by duration: Duration) {
        let end = clock.uptime + duration
        executor.runUntilIdle()
        while let next = clock.nextDeadline, next <= end {
            clock.advance(by: max(.zero, next - clock.uptime))
            executor.runUntilIdle()
        }
        clock.advance(by: max(.zero, end - clock.uptime))
        executor.runUntilIdle()
    }
}

// The executor runs everything on the thread of the test.
extension ReplaySimulation: @unchecked Sendable {}
