import Logging
import QueueConformance
import QueueCore
import Synchronization

/// Workers, queue, store and clock on one thread: nothing happens between two calls of a test, and the same every time.
final class Simulation {
    typealias Worker = QueueWorker<FaultyDriver, ScriptedStore>

    /// A worker and what a test needs to get at it.
    struct Running {
        var worker: Worker
        var line: FaultyDriver.Line
        var executor: DeterministicExecutor
        var task: Task<Void, Never>
        var hasEnded: EndFlag
    }

    final class EndFlag: Sendable {
        private let flag = Mutex(false)
        var isSet: Bool { flag.withLock { $0 } }
        func set() { flag.withLock { $0 = true } }
    }

    let clock = ManualQueueClock()
    let queue: InMemoryQueue
    let store: ScriptedStore
    private let producer: InMemoryQueueDriver
    private var running: [Running] = []
    private(set) var appendedRecords = 0
    private let ownExecutor = DeterministicExecutor()

    init(refusal: @escaping @Sendable (QueueRecord) -> WorkFailure? = { _ in nil }) {
        queue = InMemoryQueue(lease: .seconds(3), clock: clock)
        store = ScriptedStore(clock: clock, refusal: refusal)
        producer = queue.driver(consumer: "producer")
    }

    @discardableResult
    func startWorker(_ name: String = "worker", configuration: WorkerConfiguration = WorkerConfiguration()) -> Running {
        let executor = DeterministicExecutor()
        let driver = FaultyDriver(base: queue.driver(consumer: name))
        let worker = Worker(
            queue: "errors",
            driver: driver,
            store: store,
            configuration: configuration,
            clock: clock,
            executor: executor,
            seed: 1,
            logger: Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        )
        let hasEnded = EndFlag()
        let task = Task(executorPreference: executor) {
            await worker.run()
            hasEnded.set()
        }
        let run = Running(worker: worker, line: driver.line, executor: executor, task: task, hasEnded: hasEnded)
        running.append(run)
        settle()
        return run
    }

    /// The worker stops as a process does that is killed: in the middle of whatever it is doing, for good.
    func kill(_ worker: Running) {
        running.removeAll { $0.executor === worker.executor }
    }

    func append(_ jobs: [NewJob]) {
        let done = EndFlag()
        let producer = producer
        Task(executorPreference: ownExecutor) {
            try await producer.append(jobs)
            done.set()
        }
        ownExecutor.runUntilIdle()
        precondition(done.isSet, "the append failed")
        appendedRecords += jobs.reduce(0) { $0 + $1.records.count }
        settle()
    }

    func append(_ name: String, records: Int = 1) {
        append([Self.job(name, records: records)])
    }

    static func job(_ name: String, records: Int = 1, deaths: Int = 0, version: Int = JobFormat.version) -> NewJob {
        NewJob(
            version: version,
            records: (0..<records).map { QueueRecord(payload: Array("\(name)-\($0)".utf8)) },
            deaths: deaths
        )
    }

    var depth: Int {
        queueDepth.records
    }

    var queueDepth: QueueDepth {
        let producer = producer
        let box = DepthBox()
        Task(executorPreference: ownExecutor) {
            box.set(try await producer.depth())
        }
        ownExecutor.runUntilIdle()
        return box.value
    }

    final class DepthBox: Sendable {
        private let depth = Mutex(QueueDepth(records: -1, bytes: -1, oldestAgeMilliseconds: nil))
        var value: QueueDepth { depth.withLock { $0 } }
        func set(_ value: QueueDepth) { depth.withLock { $0 = value } }
    }

    /// Everybody does what can be done at this moment.
    func settle() {
        // One worker's move may wake another.
        while running.map({ $0.executor.runUntilIdle() }).contains(true) {}
    }

    /// Time passes, one sleeper after the other.
    func advance(by duration: Duration) {
        settle()
        let end = clock.uptime + duration
        while let next = clock.nextDeadline, next <= end {
            clock.advance(by: max(.zero, next - clock.uptime))
            settle()
        }
        clock.advance(by: max(.zero, end - clock.uptime))
        settle()
    }

    /// Time passes until `condition` holds. Answers whether it does.
    func advance(atMost duration: Duration, until condition: () -> Bool) -> Bool {
        settle()
        let end = clock.uptime + duration
        while !condition() {
            guard let next = clock.nextDeadline, next <= end else { return false }
            clock.advance(by: max(.zero, next - clock.uptime))
            settle()
        }
        return true
    }
}
