import CoreMetrics
import PrometheusExposition
import Synchronization
import Testing

@Suite struct CollectorTests {
    private struct Broken: Error {}

    private final class Switch: Sendable {
        let broken = Atomic<Bool>(false)
        let runs = Atomic<Int>(0)
    }

    @Test func readingsAreExposedWithTheOtherMetrics() async {
        let registry = RenderedText.registry(["queue_depth": .init(help: "Waiting.")])
        Gauge(label: "queue_depth", dimensions: [("queue", "events")], factory: registry).record(1)
        Gauge(label: "queue_depth", dimensions: [("queue", "errors")], factory: registry).record(1)
        registry.add(
            MetricCollector(name: "depth") {
                [
                    .gauge("queue_depth", labels: [("queue", "errors")], 42), .gauge("not_there", .nan),
                    .counter("accepted_total", 5),
                ]
            }
        )
        let text = await RenderedText.scrape(registry)
        #expect(
            text.contains(
                "# HELP queue_depth Waiting.\n# TYPE queue_depth gauge\n"
                    + "queue_depth{queue=\"errors\"} 42\nqueue_depth{queue=\"events\"} 1\n"
            )
        )
        #expect(text.contains("# TYPE accepted_total counter\naccepted_total 5\n"))
        #expect(!text.contains("not_there"))
        // Without a scrape there is no reading, only what was set.
        #expect(RenderedText.of(registry).contains("queue_depth{queue=\"errors\"} 1\n"))
    }

    @Test func aFailedReadingIsAbsentAndComesBack() async {
        let registry = RenderedText.registry()
        let store = Switch()
        registry.add(
            MetricCollector(name: "store") {
                if store.broken.load(ordering: .relaxed) { throw Broken() }
                return [.gauge("queue_depth", 3)]
            }
        )
        registry.add(MetricCollector(name: "other") { [.gauge("dead_letters", 1)] })
        #expect(await RenderedText.scrape(registry).contains("queue_depth 3\n"))
        store.broken.store(true, ordering: .relaxed)
        let broken = await RenderedText.scrape(registry)
        #expect(!broken.contains("queue_depth"))
        #expect(broken.contains("dead_letters 1\n"))
        #expect(broken.contains(#"metrics_collector_failures_total{collector="store"} 1"#))
        #expect(broken.contains(#"metrics_collector_failures_total{collector="other"} 0"#))
        store.broken.store(false, ordering: .relaxed)
        #expect(await RenderedText.scrape(registry).contains("queue_depth 3\n"))
    }

    /// The collector ignores its cancellation and ends when it is told to: a scrape neither waits for it nor starts a
    /// second one.
    @Test(.timeLimit(.minutes(1))) func aReadingThatHangsIsAbsent() async {
        let registry = RenderedText.registry()
        let store = Switch()
        let (release, releaser) = AsyncStream<Void>.makeStream()
        registry.add(
            MetricCollector(name: "store", timeLimit: .milliseconds(20)) {
                if store.runs.wrappingAdd(1, ordering: .relaxed).oldValue == 0 {
                    await Task.detached { for await _ in release { return } }.value
                }
                return [.gauge("queue_depth", 3)]
            }
        )
        for _ in 0..<3 {
            let text = await RenderedText.scrape(registry)
            #expect(!text.contains("queue_depth"))
        }
        #expect(store.runs.load(ordering: .relaxed) == 1)
        #expect(RenderedText.of(registry).contains(#"metrics_collector_failures_total{collector="store"} 3"#))
        releaser.finish()
        // Until the hanging run has noticed that it may end; the time limit above ends a failure.
        while await !RenderedText.scrape(registry).contains("queue_depth 3\n") { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(1))) func scrapesThatMeetShareARun() async {
        let registry = RenderedText.registry()
        let store = Switch()
        let (release, releaser) = AsyncStream<Void>.makeStream()
        let (started, starter) = AsyncStream<Void>.makeStream()
        registry.add(
            MetricCollector(name: "store", timeLimit: .seconds(30)) {
                store.runs.wrappingAdd(1, ordering: .relaxed)
                starter.finish()
                for await _ in release { break }
                return [.gauge("queue_depth", 3)]
            }
        )
        let first = Task { await RenderedText.scrape(registry) }
        for await _ in started {}
        let second = Task { await RenderedText.scrape(registry) }
        // The second one joins or, when it comes late, runs the released collector once more; both have the reading.
        await Task.yield()
        releaser.finish()
        #expect(await first.value.contains("queue_depth 3\n"))
        #expect(await second.value.contains("queue_depth 3\n"))
        #expect(store.runs.load(ordering: .relaxed) <= 2)
    }

    @Test func aGaugeNobodySetIsAbsent() {
        let registry = RenderedText.registry()
        let gauge = Gauge(label: "g", factory: registry)
        #expect(!RenderedText.of(registry).contains("# TYPE g gauge"))
        gauge.record(0)
        #expect(RenderedText.of(registry).contains("# TYPE g gauge\ng 0\n"))
        gauge.record(Double.nan)
        #expect(!RenderedText.of(registry).contains("# TYPE g gauge"))
        gauge.record(1)
        gauge.destroy()
        #expect(!RenderedText.of(registry).contains("# TYPE g gauge"))
    }

    @Test func aReadingOfAnotherKindIsRefused() {
        let registry = RenderedText.registry()
        Counter(label: "x", factory: registry).increment()
        let text = RenderedText.of(registry, readings: [.gauge("x", 5)])
        #expect(RenderedText.samples("x", in: text) == ["x 1"])
        #expect(RenderedText.of(registry).contains(#"metrics_refused_total{reason="kind_conflict"} 1"#))
    }

    @Test func readingsAreBoundedToo() {
        let registry = RenderedText.registry(seriesLimit: 2)
        let readings = (0..<5).map { MetricReading.gauge("x", labels: [("l", "\($0)")], 1) }
        #expect(RenderedText.samples("x{", in: RenderedText.of(registry, readings: readings)).count == 2)
    }
}
