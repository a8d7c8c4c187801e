public import CoreMetrics
public import Ingest
public import Logging
public import ServiceLifecycle

/// Deletes what has outlived its time, a little at a time, so that nobody who writes has to wait for it.
///
/// Any number of these jobs may run; the store lets one at a time work. Being killed at any moment leaves whole rows: each delete is
/// a transaction of its own, and what was not deleted is found again.
public struct RetentionJob: Service {
    /// The clocks of this machine and of the store may differ by this much before somebody should look.
    private static let clockTolerance_ms: Int64 = 60_000

    private let store: any RetentionStore
    private let rules: RetentionRules
    private let configuration: RetentionConfiguration
    private let clock: SyncClock
    private let metrics: RetentionMetrics
    private let logger: Logger
    private let random: @Sendable () -> Double

    /// - Parameter random: evenly from 0 up to 1, for the waits after failures.
    public init(
        store: any RetentionStore,
        rules: RetentionRules,
        configuration: RetentionConfiguration = RetentionConfiguration(),
        clock: SyncClock = .system,
        metricsFactory: any MetricsFactory = MetricsSystem.factory,
        logger: Logger,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.store = store
        self.rules = rules
        self.configuration = configuration
        self.clock = clock
        self.metrics = RetentionMetrics(factory: metricsFactory)
        self.logger = logger
        self.random = random
    }

    /// Works until its task is cancelled or shut down gracefully; the delete in hand is finished, which takes a fraction of a second.
    public func run() async throws {
        // Cancelled is how it ends.
        try? await cancelWhenGracefulShutdown { try await self.work() }
    }

    /// One pass over all chores, now. For commands and tests; safe beside a running job.
    public func runOnce() async -> RetentionPassResult {
        await pass(RetentionChore.allCases, [:])
    }

    private func work() async throws {
        var schedule = RetentionSchedule(configuration: configuration)
        while !Task.isCancelled {
            let result = await pass(schedule.chores(now: clock.elapsed()), schedule.positions)
            try await clock.sleep(schedule.passEnded(result, now: clock.elapsed(), random: random()))
        }
    }

    private func pass(
        _ chores: [RetentionChore], _ positions: [RetentionChore: RetentionPosition]
    ) async -> RetentionPassResult {
        let began = clock.elapsed()
        var result = RetentionPassResult(.elsewhere)
        do throws(StoreFailure) {
            if let turn = try await store.begin() {
                result = await pass(chores, positions, turn, began)
                await turn.end()
            }
        } catch {
            logger.warning("retention could not begin; it is tried again", metadata: ["error": "\(error)"])
            result = RetentionPassResult(.failed(error))
        }
        metrics.record(result, took: clock.elapsed() - began)
        report(result)
        return result
    }

    private func pass(
        _ chores: [RetentionChore], _ positions: [RetentionChore: RetentionPosition], _ turn: any RetentionTurn,
        _ began: Duration
    ) async -> RetentionPassResult {
        let own = clock.unixMilliseconds()
        if abs(own - turn.storeMilliseconds) > Self.clockTolerance_ms {
            logger.warning(
                "the clocks of this machine and of MySQL differ; retention goes by the earlier one",
                metadata: ["difference_ms": "\(own - turn.storeMilliseconds)"])
        }
        var plan = RetentionPlan(
            rules: rules, chores: chores, positions: positions, configuration: configuration,
            now: min(own, turn.storeMilliseconds))
        var action = plan.begin()
        while true {
            if case .finish(let result) = action { return result }
            let event = await perform(action, turn)
            action = plan.next(after: event, sinceBegin: clock.elapsed() - began, isStopping: Task.isCancelled)
        }
    }

    private func perform(_ action: RetentionPlan.Action, _ turn: any RetentionTurn) async -> RetentionPlan.Event {
        switch action {
        case .pause(let time):
            // Cancelled: the plan is told that it is to stop.
            try? await clock.sleep(time)
            return .paused
        case .delete(let chore, let cutoff, let limit, let position):
            let began = clock.elapsed()
            do throws(StoreFailure) {
                let step = try await turn.delete(chore, before: cutoff, limit: limit, after: position)
                return .deleted(step, took: clock.elapsed() - began)
            } catch {
                logger.warning(
                    "a step of retention failed; it is tried again",
                    metadata: ["chore": "\(chore.rawValue)", "error": "\(error)"])
                return .failed(error)
            }
        case .finish:
            // The loop has ended by then.
            return .paused
        }
    }

    private func report(_ result: RetentionPassResult) {
        let deleted = result.deleted.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        guard !deleted.isEmpty else { return }
        let text = deleted.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        logger.info(
            "old rows deleted",
            metadata: ["rows": "\(text)", "done": result.ending == .complete ? "yes" : "no, goes on"])
    }
}
