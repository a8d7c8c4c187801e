import Ingest
import Logging
import PrometheusExposition
import ServiceLifecycle
import SyncJob
import Testing

@Suite(.timeLimit(.minutes(1))) struct SyncJobTests {
    /// A job over stores in memory, one shard for each of `fast`.
    private struct Bench {
        let clock = ManualClock()
        let durable = DurableStoreFake()
        let log = RecordedLog()
        let registry = PrometheusRegistry(processReadings: { [] })
        let fast: [FastStoreFake]
        let windows: [WindowStoreFake]
        /// Where the calls of shard n stop.
        let turnstiles: [Turnstile]
        /// Where the calls to the durable store stop.
        let durableTurnstile: Turnstile
        let job: SyncJob

        init(
            shards: Int = 1,
            fastIsOpen: Bool = true,
            durableIsOpen: Bool = true,
            _ configuration: SyncConfiguration = .init()
        ) {
            let handedOut = HandedOut()
            let fast = (0..<shards).map { _ in FastStoreFake() }
            let turnstiles = (0..<shards).map { _ in Turnstile(isOpen: fastIsOpen) }
            let windows = (0..<shards).map {
                WindowStoreFake(id: $0, store: fast[$0], turnstile: turnstiles[$0], handedOut: handedOut)
            }
            let durableTurnstile = Turnstile(isOpen: durableIsOpen)
            (self.fast, self.windows, self.turnstiles, self.durableTurnstile) = (
                fast, windows, turnstiles, durableTurnstile
            )
            job = SyncJob(
                shards: windows,
                counts: CountStoreFake(id: 0, store: durable, turnstile: durableTurnstile, handedOut: handedOut),
                configuration: configuration,
                clock: clock.syncClock,
                metricsFactory: registry,
                logger: log.logger,
                random: { 0.5 }
            )
        }

        func admit(_ ids: Range<Int>, shard: Int = 0, firstByte: UInt8 = 0x20) {
            for id in ids {
                let occurrence = Occurrence(
                    id: id,
                    fingerprint: Occurrence.fingerprint(firstByte),
                    milliseconds: Int64(id) * 10
                )
                #expect(fast[shard].admit(occurrence, token: fast[shard].run))
            }
        }

        var metrics: [String] {
            var text: [UInt8] = []
            registry.render(into: &text)
            return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }

    @Test func movesCountsAndTimesEveryInterval() async throws {
        let bench = Bench()
        bench.admit(0..<3)
        let run = Task { try await bench.job.run() }
        await bench.clock.whenAsleep()
        let fingerprint = Occurrence.fingerprint(0x20)
        #expect(bench.durable.totals[fingerprint] == .init(count: 3, first: 0, last: 20))
        #expect(bench.clock.remaining == [.seconds(30)])

        bench.admit(3..<5)
        bench.clock.advance(by: .seconds(29))
        #expect(bench.durable.totals[fingerprint]?.count == 3)
        bench.clock.advance(by: .seconds(1))
        await bench.clock.whenAsleep()
        #expect(bench.durable.totals[fingerprint] == .init(count: 5, first: 0, last: 40))
        #expect(bench.durable.violations.isEmpty)
        #expect(bench.fast[0].content.sealed.isEmpty)

        // Nothing new: no window, and not one write.
        let ledger = bench.durable.ledger.count
        bench.clock.advance(by: .seconds(30))
        await bench.clock.whenAsleep()
        #expect(bench.durable.ledger.count == ledger)
        run.cancel()
        try await run.value
        #expect(bench.metrics.contains(#"sync_windows_total{outcome="applied"} 2"#))
        #expect(bench.metrics.contains(#"sync_windows_total{outcome="failed"} 0"#))
        #expect(bench.metrics.contains(#"sync_windows_waiting{shard="0"} 0"#))
        #expect(bench.metrics.contains("sync_fingerprints_sum 2"))
        #expect(bench.metrics.contains("sync_duration_seconds_count 3"))
    }

    @Test func aFailureIsTriedAgainAfterAWaitAndTheOtherShardIsServedMeanwhile() async throws {
        let bench = Bench(shards: 2, fastIsOpen: false)
        bench.admit(0..<2, shard: 0)
        bench.admit(2..<5, shard: 1, firstByte: 0x30)
        for turnstile in bench.turnstiles { turnstile.began() }
        let run = Task { try await bench.job.run() }
        await bench.turnstiles[0].quiet()
        bench.turnstiles[0].release(0, .failBefore)
        // The second shard is served to its end: seal, list, 16 readings, drop.
        for _ in 0..<19 {
            await bench.turnstiles[1].quiet()
            bench.turnstiles[1].release(1, .proceed)
        }
        await bench.clock.whenAsleep()
        #expect(bench.durable.totals[Occurrence.fingerprint(0x20)] == nil)
        #expect(bench.durable.totals[Occurrence.fingerprint(0x30)]?.count == 3)
        #expect(bench.log.messages(.warning).count == 1)
        // Half of 100 ms.
        #expect(bench.clock.remaining == [.milliseconds(50)])
        #expect(!bench.metrics.contains { $0.hasPrefix(#"sync_windows_waiting{shard="0"}"#) })
        bench.clock.advance(by: .milliseconds(50))
        for _ in 0..<19 {
            await bench.turnstiles[0].quiet()
            bench.turnstiles[0].release(0, .proceed)
        }
        await bench.clock.whenAsleep()
        #expect(bench.durable.totals[Occurrence.fingerprint(0x20)]?.count == 2)
        run.cancel()
        try await run.value
    }

    @Test func anAnswerThatWasLostIsNotCountedTwice() async throws {
        let bench = Bench(durableIsOpen: false)
        bench.admit(0..<4)
        bench.durableTurnstile.began()
        let run = Task { try await bench.job.run() }
        await bench.durableTurnstile.quiet()
        bench.durableTurnstile.release(0, .failAfter)
        await bench.clock.whenAsleep()
        #expect(bench.metrics.contains(#"sync_windows_total{outcome="failed"} 1"#))
        #expect(bench.metrics.contains(#"sync_windows_waiting{shard="0"} 1"#))
        bench.clock.advance(by: .milliseconds(50))
        await bench.durableTurnstile.quiet()
        bench.durableTurnstile.release(0, .proceed)
        await bench.clock.whenAsleep()
        #expect(bench.durable.totals[Occurrence.fingerprint(0x20)]?.count == 4)
        #expect(bench.metrics.contains(#"sync_windows_total{outcome="already_applied"} 1"#))
        #expect(bench.fast[0].content.windows.values.allSatisfy { $0.isEmpty })
        run.cancel()
        try await run.value
    }

    @Test func aMissingTableIsSaidAndNothingIsPutAside() async throws {
        let bench = Bench(durableIsOpen: false)
        bench.admit(0..<4)
        bench.durableTurnstile.began()
        let run = Task { try await bench.job.run() }
        await bench.durableTurnstile.quiet()
        bench.durableTurnstile.release(0, .misconfigured)
        await bench.clock.whenAsleep()
        #expect(bench.log.messages(.error).count == 1)
        #expect(bench.log.messages(.error).first?.contains("no such table") == true)
        #expect(bench.fast[0].content.sealed.count == 1)
        #expect(bench.fast[0].content.quarantined.isEmpty)
        run.cancel()
        try await run.value
    }

    @Test func finishesThePartInHandAndStops() async throws {
        let bench = Bench(durableIsOpen: false)
        bench.admit(0..<1, firstByte: 0x20)
        bench.admit(1..<2, firstByte: 0x50)
        bench.durableTurnstile.began()
        let run = Task { try await bench.job.run() }
        await bench.durableTurnstile.quiet()
        run.cancel()
        // Told to stop: it waits for the part, at most the grace.
        await bench.clock.whenAsleep()
        #expect(bench.clock.remaining == [.seconds(5)])
        bench.durableTurnstile.release(0, .proceed)
        try await run.value
        #expect(bench.durable.totals[Occurrence.fingerprint(0x20)]?.count == 1)
        #expect(bench.durable.totals[Occurrence.fingerprint(0x50)] == nil)
        #expect(bench.fast[0].content.sealed.count == 1)
        #expect(!bench.windows[0].calls.contains { $0.hasPrefix("drop") })

        // The next start applies the rest, and that part not again.
        let handedOut = HandedOut()
        let next = SyncJob(
            shards: [WindowStoreFake(id: 0, store: bench.fast[0], handedOut: handedOut)],
            counts: CountStoreFake(store: bench.durable, handedOut: handedOut),
            clock: bench.clock.syncClock,
            metricsFactory: bench.registry,
            logger: bench.log.logger
        )
        #expect(await next.runOnce().map(\.applied) == [1])
        #expect(bench.durable.totals.values.map(\.count) == [1, 1])
        #expect(bench.durable.violations.isEmpty)
    }

    @Test func doesNotWaitLongerThanTheGrace() async throws {
        let bench = Bench(durableIsOpen: false)
        bench.admit(0..<1)
        bench.durableTurnstile.began()
        let run = Task { try await bench.job.run() }
        await bench.durableTurnstile.quiet()
        run.cancel()
        await bench.clock.whenAsleep()
        bench.clock.advance(by: .seconds(5))
        try await run.value
        #expect(bench.log.messages(.warning).count == 1)
        // The abandoned call comes to its end, once.
        bench.durableTurnstile.release(0, .proceed)
    }

    @Test func endsOnGracefulShutdownWhileAtRest() async throws {
        let bench = Bench()
        let group = ServiceGroup(services: [bench.job], logger: bench.log.logger)
        let run = Task { try await group.run() }
        await bench.clock.whenAsleep()
        await group.triggerGracefulShutdown()
        try await run.value
    }

    @Test func aWindowOlderThanTheLedgerIsKeptForTheOperator() async throws {
        let bench = Bench()
        let day: Int64 = 86_400_000
        bench.fast[0].setOpened(bench.clock.unixMilliseconds - 91 * day)
        bench.admit(0..<1)
        #expect(bench.fast[0].seal(maxWaiting: 9, token: 0) != nil)
        bench.admit(1..<2, firstByte: 0x50)
        #expect(bench.fast[0].seal(maxWaiting: 9, token: 0) != nil)
        bench.fast[0].setOpened(bench.clock.unixMilliseconds)
        #expect(bench.fast[0].content.sealed.count == 2)
        // The first window of a store is opened with the store.
        let results = await bench.job.runOnce()
        #expect(results.map(\.quarantined) == [1])
        #expect(results.map(\.applied) == [1])
        #expect(bench.fast[0].content.quarantined.count == 1)
        #expect(bench.fast[0].content.windows[bench.fast[0].content.quarantined[0]]?.count == 1)
        #expect(bench.durable.totals[Occurrence.fingerprint(0x50)] == nil)
        #expect(bench.log.messages(.critical).count == 1)
        #expect(bench.metrics.contains(#"sync_windows_total{outcome="quarantined"} 1"#))
    }

    @Test func anUnreadableWindowDoesNotHoldUpTheOthers() async throws {
        let bench = Bench()
        bench.admit(0..<1)
        guard case .sealed(let window) = bench.fast[0].seal(maxWaiting: 9, token: 0) else {
            Issue.record("not sealed")
            return
        }
        bench.windows[0].setUnreadable(window.text)
        bench.admit(1..<3, firstByte: 0x50)
        #expect(await bench.job.runOnce().map(\.applied) == [1])
        #expect(bench.fast[0].content.quarantined == [window.text])
        #expect(bench.durable.totals[Occurrence.fingerprint(0x50)]?.count == 2)
    }

    @Test func timeDoesNotSealWhileThreeWait() async throws {
        let bench = Bench(durableIsOpen: false)
        for id in 0..<3 {
            bench.admit(id..<id + 1)
            #expect(bench.fast[0].seal(maxWaiting: 9, token: 0) != nil)
        }
        bench.admit(3..<4)
        bench.durableTurnstile.began()
        let once = Task { await bench.job.runOnce() }
        await bench.durableTurnstile.quiet()
        #expect(bench.fast[0].content.sealed.count == 3)
        bench.durableTurnstile.release(0, .failBefore)
        #expect(await once.value.map(\.waiting) == [3])
    }
}
