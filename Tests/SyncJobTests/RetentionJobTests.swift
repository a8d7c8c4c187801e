import Ingest
import Logging
import PrometheusExposition
import SyncJob
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetentionJobTests {
    /// Rows by the number they are deleted in the order of, and whose turn it is.
    private final class Store: RetentionStore {
        struct State {
            var rows: [RetentionChore: Int] = [:]
            var cutoffs: [RetentionChore: Int64] = [:]
            var begun = 0
            var ended = 0
            var isElsewhere = false
            var failure: StoreFailure?
        }

        let state = Mutex(State())
        let milliseconds: Int64

        init(_ rows: [RetentionChore: Int], milliseconds: Int64) {
            self.milliseconds = milliseconds
            state.withLock { $0.rows = rows }
        }

        func begin() async throws(StoreFailure) -> (any RetentionTurn)? {
            let (isElsewhere, failure) = state.withLock { state in
                state.begun += 1
                return (state.isElsewhere, state.failure)
            }
            if let failure { throw failure }
            return isElsewhere ? nil : Turn(store: self)
        }
    }

    private struct Turn: RetentionTurn {
        let store: Store
        var storeMilliseconds: Int64 { store.milliseconds }

        func delete(
            _ chore: RetentionChore, before cutoff: Int64, limit: Int, after position: RetentionPosition?
        ) async throws(StoreFailure) -> RetentionStep {
            store.state.withLock { state in
                state.cutoffs[chore] = cutoff
                let gone = min(limit, state.rows[chore] ?? 0)
                state.rows[chore, default: 0] -= gone
                let next = state.rows[chore] == 0 ? nil : RetentionPosition(milliseconds: cutoff - 1, key: [])
                return RetentionStep(deleted: gone > 0 ? [chore.rawValue: gone] : [:], next: next)
            }
        }

        func end() async { store.state.withLock { $0.ended += 1 } }
    }

    private struct Bench {
        let clock: ManualClock
        let store: Store
        let log = RecordedLog()
        let registry = PrometheusRegistry(processReadings: { [] })
        let job: RetentionJob

        init(_ rows: [RetentionChore: Int] = [:], storeMilliseconds: Int64? = nil, pause: Duration = .zero) {
            let clock = ManualClock()
            self.clock = clock
            store = Store(rows, milliseconds: storeMilliseconds ?? clock.unixMilliseconds)
            job = RetentionJob(
                store: store, rules: RetentionRules(),
                configuration: RetentionConfiguration(minPause: pause, maxPause: pause, firstLimit: 64),
                clock: clock.syncClock,
                metricsFactory: registry, logger: log.logger, random: { 0.5 })
        }

        var metrics: [String] {
            var text: [UInt8] = []
            registry.render(into: &text)
            return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    @Test func deletesAllThatIsDueAndSaysSo() async {
        let bench = Bench([.errors: 1_000, .ledger: 10])
        let result = await bench.job.runOnce()
        #expect(result.ending == .complete)
        #expect(result.deleted == ["errors": 1_000, "sync_ledger": 10])
        #expect(bench.store.state.withLock { $0.ended } == 1)
        #expect(bench.metrics.contains(#"retention_deleted_total{table="errors"} 1000"#))
        #expect(bench.metrics.contains(#"retention_lag_seconds{chore="errors"} 0"#))
        #expect(bench.metrics.contains("retention_duration_seconds_count 1"))
        #expect(bench.log.messages(.info).count == 1)
    }

    @Test(arguments: [Int64(-400), 400]) func goesByTheEarlierOfTwoClocks(days: Int64) async {
        let own = ManualClock().unixMilliseconds
        let bench = Bench(storeMilliseconds: own + days * 86_400_000)
        _ = await bench.job.runOnce()
        let cutoff = bench.store.state.withLock { $0.cutoffs[.errors] }
        #expect(cutoff == RetentionRules().cutoff(of: .errors, now: min(own, own + days * 86_400_000)))
        #expect(bench.log.messages(.warning).count == 1)
    }

    @Test func leavesTheWorkToWhoHasIt() async {
        let bench = Bench([.errors: 10])
        bench.store.state.withLock { $0.isElsewhere = true }
        #expect(await bench.job.runOnce().ending == .elsewhere)
        #expect(bench.store.state.withLock { $0.rows[.errors] } == 10)
        #expect(!bench.metrics.contains { $0.hasPrefix("retention_duration_seconds_count") && !$0.hasSuffix(" 0") })
    }

    @Test func comesBackAfterTheIntervalAndAfterAFailureSooner() async throws {
        let bench = Bench()
        let run = Task { try await bench.job.run() }
        await bench.clock.whenAsleep()
        #expect(bench.clock.remaining == [.seconds(3_600)])
        bench.store.state.withLock { $0.failure = StoreFailure(.unavailable, "away") }
        bench.clock.advance(by: .seconds(3_600))
        await bench.clock.whenAsleep()
        // The rest between two passes at least.
        #expect(bench.clock.remaining == [.seconds(5)])
        #expect(bench.store.state.withLock { $0.begun } == 2)
        #expect(bench.log.messages(.warning).count == 1)
        run.cancel()
        try await run.value
    }

    @Test func pausesBetweenTwoDeletesAndStopsInAPause() async throws {
        let bench = Bench([.errors: 1_000], pause: .milliseconds(20))
        let run = Task { try await bench.job.run() }
        await bench.clock.whenAsleep()
        #expect(bench.clock.remaining == [.milliseconds(20)])
        #expect(bench.store.state.withLock { $0.rows[.errors] } == 936)
        run.cancel()
        try await run.value
        #expect(bench.store.state.withLock { $0.ended } == 1)
    }
}
