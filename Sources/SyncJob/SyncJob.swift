public import CoreMetrics
public import Ingest
public import Logging
public import ServiceLifecycle

/// Moves counts and times from the fast store to the durable one, every count exactly once.
///
/// Every ``SyncConfiguration/interval`` it seals each shard's open window, applies all sealed windows oldest first, one
/// durable transaction a part, and drops a window once all its parts are applied. Any number of these jobs may run at
/// once and any of them may be killed at any moment: the ledger beside the totals keeps a part from being applied
/// twice. A failure leaves the rest for a later pass, after a wait with full jitter; the other shards have their turn
/// meanwhile.
///
/// A window older than its ledger row is kept is never applied but quarantined, which is logged at level `critical` and counted in
/// `sync_windows_total{outcome="quarantined"}`.
public struct SyncJob: Service {
    private let shards: [ShardSync]
    private let counts: any CountStore
    private let configuration: SyncConfiguration
    private let clock: SyncClock
    private let metrics: SyncMetrics
    private let logger: Logger
    private let random: @Sendable () -> Double

    /// - Parameters:
    ///   - shards: the fast store's side, one for each shard, in their order.
    ///   - counts: the durable store's side, shared by all shards.
    ///   - random: evenly from 0 up to 1, for the waits after failures.
    public init(
        shards: [any WindowStore],
        counts: any CountStore,
        configuration: SyncConfiguration = SyncConfiguration(),
        clock: SyncClock = .system,
        metricsFactory: any MetricsFactory = MetricsSystem.factory,
        logger: Logger,
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.shards = shards.enumerated().map { index, windows in
            ShardSync(
                shard: index,
                windows: windows,
                counts: counts,
                configuration: configuration,
                clock: clock,
                logger: logger
            )
        }
        self.counts = counts
        self.configuration = configuration
        self.clock = clock
        self.metrics = SyncMetrics(shardCount: shards.count, factory: metricsFactory)
        self.logger = logger
        self.random = random
    }

    /// Works until its task is cancelled or shut down gracefully. Then it finishes the part in hand and returns, within
    /// ``SyncConfiguration/shutdownGrace`` in any case: a part abandoned in its transaction is applied by a later pass
    /// or was applied, once. What is left in the fast store stays there for the next start.
    public func run() async throws {
        let stop = Latch()
        let ended = Latch()
        let worker = Task {
            await work(until: stop)
            ended.open()
        }
        await withTaskCancellationOrGracefulShutdownHandler {
            await ended.wait()
        } onCancelOrGracefulShutdown: {
            stop.open()
            let timer = Task {
                do { try await clock.sleep(configuration.shutdownGrace) } catch { return }
                guard !ended.isOpen else { return }
                logger.warning(
                    "sync stopped waiting for the part in hand; it is applied once, now or after the next start"
                )
                worker.cancel()
                ended.open()
            }
            ended.whenOpen { timer.cancel() }
        }
    }

    /// One pass over every shard, now, each beginning with a seal. For commands and tests; safe beside a running job.
    public func runOnce() async -> [SyncPassResult] {
        let stop = Latch()
        var results: [SyncPassResult] = []
        for shard in shards { results.append(await pass(shard, seals: true, stop: stop).result) }
        return results
    }

    private func work(until stop: Latch) async {
        var schedule = SyncSchedule(shardCount: shards.count, configuration: configuration, now: clock.elapsed())
        while !stop.isOpen, !Task.isCancelled {
            switch schedule.next(now: clock.elapsed()) {
            case .pass(let shard, let seals):
                let (result, began) = await pass(shards[shard], seals: seals, stop: stop)
                schedule.passEnded(shard: shard, result, began: began, now: clock.elapsed(), random: random())
            case .rest(let time):
                await rest(time, stop: stop)
            }
        }
    }

    private func pass(_ shard: ShardSync, seals: Bool, stop: Latch) async -> (result: SyncPassResult, began: Duration) {
        let began = clock.elapsed()
        let result = await shard.run(seals: seals, stop: stop)
        metrics.record(result, shard: shard.shard, took: clock.elapsed() - began)
        return (result, began)
    }

    private func rest(_ time: Duration, stop: Latch) async {
        let sleeper = Task { try? await clock.sleep(time) }
        let id = stop.whenOpen { sleeper.cancel() }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        stop.forget(id)
    }
}
