public import Logging
import Synchronization

/// Moves the jobs of one queue into a store: a thin shell that does what ``WorkerStateMachine`` decides.
///
/// Two tasks: one claims, runs and acknowledges, a batch at a time; the lease keeper extends everything in hand and
/// brings due retries back, whatever the first one is waiting for. Several workers may serve one queue, each with its
/// own driver.
public final class QueueWorker<Driver: QueueDriver, Store: BatchStore>: Sendable {
    let queue: String
    let driver: Driver
    let store: Store
    let configuration: WorkerConfiguration
    let clock: any QueueClock
    let executor: (any TaskExecutor)?
    let logger: Logger
    let metrics: WorkerMetrics
    let held = HeldJobs()
    let shutdown = WakeSignal()
    let gate: Mutex<ReclaimGate>
    private let seed: UInt64
    private let currentCondition = Mutex(WorkerCondition.working)

    /// - Parameters:
    ///   - queue: name of the queue in dead letters, metrics and log.
    ///   - executor: where the worker's tasks run; nil is the global pool.
    ///   - seed: of the jitter.
    public init(
        queue: String,
        driver: Driver,
        store: Store,
        configuration: WorkerConfiguration = WorkerConfiguration(),
        clock: any QueueClock = SystemQueueClock(),
        executor: (any TaskExecutor)? = nil,
        seed: UInt64 = .random(in: 0 ... .max),
        logger: Logger
    ) {
        self.queue = queue
        self.driver = driver
        self.store = store
        self.configuration = configuration
        self.clock = clock
        self.executor = executor
        self.seed = seed
        var logger = logger
        logger[metadataKey: "queue"] = "\(queue)"
        self.logger = logger
        metrics = WorkerMetrics(queue: queue)
        gate = Mutex(ReclaimGate(lease: configuration.lease, interval: configuration.reclaimInterval))
    }

    /// How the worker is doing at this moment.
    public var condition: WorkerCondition { currentCondition.withLock { $0 } }

    /// Works until ``beginShutdown()`` or until the task is cancelled; both end in the same orderly way, within
    /// ``WorkerConfiguration/shutdownLimit`` and the time-outs of the driver. No error ends it. Call it once.
    public func run() async {
        // A task of its own: the cancellation of the caller starts the shutdown, it must not cut the work in hand.
        let work = Task(executorPreference: executor) {
            // Holds nothing yet; this lets the driver sweep what crashed workers left behind.
            await self.driver.leave()
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.keepLeases() }
                await self.workUntilStopped()
                group.cancelAll()
            }
            await self.driver.leave()
        }
        await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            beginShutdown()
        }
    }

    /// Finishes the batch in hand within the limit, gives back everything else, and lets ``run()`` return. Returns at
    /// once.
    public func beginShutdown() {
        shutdown.raise()
    }

    var isShuttingDown: Bool { shutdown.generation > 0 }

    private func workUntilStopped() async {
        var random = SeededRandom(seed: seed)
        var machine = WorkerStateMachine(configuration: configuration)
        var event = WorkerEvent.started
        while true {
            if isShuttingDown {
                machine.beginShutdown()
            }
            do throws(IllegalTransition) {
                let action = try machine.handle(event, at: clock.uptime, using: &random)
                report(machine.condition)
                if action == .stop {
                    return
                }
                event = await perform(action, breaker: machine.breaker)
            } catch {
                // A mistake in this file. Jobs are worth more than the state: give them back and start afresh.
                logger.critical("worker lost its thread, starting afresh", metadata: ["transition": "\(error)"])
                let open = held.snapshot().map(\.job)
                _ = await putAside(PutAside(release: open))
                await rest(.seconds(1))
                machine = WorkerStateMachine(configuration: configuration)
                event = .started
            }
        }
    }

    private func perform(_ action: WorkerAction, breaker: BuryBreaker) async -> WorkerEvent {
        switch action {
        case .claim(let maxRecords, let maxBytes, let wait, let mayReclaim):
            return await claim(maxRecords: maxRecords, maxBytes: maxBytes, wait: wait, mayReclaim: mayReclaim)
        case .putAside(let aside):
            return await putAside(aside)
        case .run(let batch):
            return await run(batch, breaker: breaker)
        case .acknowledge(let jobs):
            return await acknowledge(jobs)
        case .rest(let rest):
            await self.rest(rest.duration)
            return .rested(held: Set(held.snapshot().map(\.job.id)))
        case .stop:
            preconditionFailure("stop is no action to perform")
        }
    }

    /// Until the time is over or the shutdown begins.
    private func rest(_ duration: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await self.clock.sleep(for: duration) }
            group.addTask { await self.shutdown.wait(after: 0) }
            await group.next()
            group.cancelAll()
        }
    }

    private func report(_ condition: WorkerCondition) {
        let former = currentCondition.withLock { current in
            defer { current = condition }
            return current
        }
        guard former != condition else { return }
        switch condition {
        case .working where former != .stopped:
            logger.notice("worker is working again")
        case .refusingToBury:
            metrics.noteRetry(.breaker)
            logger.error("too many records would be buried: worker stopped, probing with one small batch at a time")
        case .misconfigured:
            logger.error("the store is not set up for this service: worker stopped, nothing is buried, probing")
        case .working, .queueUnavailable, .storeUnavailable, .stopped:
            logger.debug("worker condition", metadata: ["condition": "\(condition)"])
        }
    }
}
