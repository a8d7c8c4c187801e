import CoreMetrics
import PrometheusExposition
import Testing

@Suite struct SeriesBoundTests {
    @Test func beyondTheBoundEverythingGoesToOther() {
        let registry = RenderedText.registry(seriesLimit: 3)
        for index in 0..<10 {
            Counter(label: "c", dimensions: [("route", "r\(index)"), ("method", "GET")], factory: registry).increment()
        }
        // A series made before the bound was reached is still its own.
        Counter(label: "c", dimensions: [("method", "GET"), ("route", "r1")], factory: registry).increment()
        let text = RenderedText.of(registry)
        #expect(
            RenderedText.samples("c{", in: text) == [
                #"c{method="GET",route="r0"} 1"#, #"c{method="GET",route="r1"} 2"#, #"c{method="GET",route="r2"} 1"#,
                #"c{method="other",route="other"} 7"#,
            ]
        )
        #expect(
            RenderedText.samples("metrics_series_overflow_total", in: text)
                == [#"metrics_series_overflow_total{metric="c"} 7"#]
        )
    }

    @Test func aMetricWithinItsBoundSaysNothing() {
        let registry = RenderedText.registry(seriesLimit: 3)
        for index in 0..<3 { Counter(label: "c", dimensions: [("l", "\(index)")], factory: registry).increment() }
        #expect(!RenderedText.of(registry).contains("metrics_series_overflow_total"))
    }

    @Test func metricsBeyondTheBoundWorkAndAreCounted() {
        let registry = RenderedText.registry(metricLimit: 2)
        for name in ["a", "b", "c", "d"] { Counter(label: name, factory: registry).increment() }
        let text = RenderedText.of(registry)
        #expect(RenderedText.samples("a", in: text) == ["a 1"])
        #expect(RenderedText.samples("c", in: text).isEmpty)
        #expect(text.contains(#"metrics_refused_total{reason="too_many_metrics"} 2"#))
    }

    @Test func aNameInUseByAnotherKindIsRefused() {
        let registry = RenderedText.registry()
        Counter(label: "x", factory: registry).increment()
        Gauge(label: "x", factory: registry).record(9)
        Timer(label: "x", factory: registry).recordSeconds(1)
        FloatingPointCounter(label: "x", factory: registry).increment(by: 0.5)
        Counter(label: "", factory: registry).increment()
        let text = RenderedText.of(registry)
        #expect(RenderedText.samples("x", in: text) == ["x 1"])
        #expect(text.contains(#"metrics_refused_total{reason="kind_conflict"} 3"#))
        #expect(text.contains(#"metrics_refused_total{reason="invalid_name"} 1"#))
    }

    @Test func concurrentRecordsAreExact() async {
        let registry = RenderedText.registry(["h": .init(help: "", buckets: [1, 2])])
        let tasks = 8
        let rounds = 20_000
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    let counter = Counter(label: "c", factory: registry)
                    let amount = FloatingPointCounter(label: "f", factory: registry)
                    let recorder = Recorder(label: "h", factory: registry)
                    let meter = Meter(label: "m", factory: registry)
                    for round in 0..<rounds {
                        counter.increment()
                        amount.increment(by: 0.5)
                        recorder.record(round % 4)
                        meter.increment(by: task % 2 == 0 ? 1.0 : -1.0)
                        if round % 1_000 == 0 {
                            Counter(label: "many", dimensions: [("l", "\(round)")], factory: registry).increment()
                            _ = RenderedText.of(registry)
                        }
                    }
                }
            }
        }
        let total = tasks * rounds
        let text = RenderedText.of(registry)
        #expect(RenderedText.samples("c ", in: text) == ["c \(total)"])
        #expect(RenderedText.samples("f ", in: text) == ["f \(total / 2)"])
        #expect(RenderedText.samples("m ", in: text) == ["m 0"])
        #expect(
            RenderedText.samples("h", in: text) == [
                "h_bucket{le=\"1\"} \(total / 2)", "h_bucket{le=\"2\"} \(total * 3 / 4)",
                "h_bucket{le=\"+Inf\"} \(total)", "h_sum \(total * 3 / 2)", "h_count \(total)",
            ]
        )
        #expect(RenderedText.samples("many{", in: text).allSatisfy { $0.hasSuffix(" \(tasks)") })
        #expect(RenderedText.samples("many{", in: text).count == rounds / 1_000)
    }
}
