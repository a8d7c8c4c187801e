import CoreMetrics
import PrometheusExposition
import Testing

@Suite struct GoldenExpositionTests {
    @Test func everyKindOfMetric() {
        let registry = RenderedText.registry([
            "requests_total": .init(help: "Requests answered."),
            "depth": .init(help: "Records waiting."),
            "duration_seconds": .init(help: "Time taken.", buckets: [1, 0.005, 0.5]),
            "batch_size": .init(help: "Records in a batch.", buckets: [1, 10]),
            "never_used": .init(help: "Described and never made."),
        ])
        Counter(label: "requests_total", dimensions: [("route", "/b"), ("code", "200")], factory: registry).increment(
            by: 3
        )
        Counter(label: "requests_total", dimensions: [("code", "200"), ("route", "/a")], factory: registry).increment()
        Counter(label: "requests_total", dimensions: [("route", "/b"), ("code", "200")], factory: registry).increment()
        FloatingPointCounter(label: "cpu_seconds_total", factory: registry).increment(by: 0.25)
        Gauge(label: "depth", dimensions: [("queue", "errors")], factory: registry).record(7)
        let meter = Meter(label: "ratio", factory: registry)
        meter.increment(by: 2.0)
        meter.decrement(by: 0.5)
        let timer = Timer(label: "duration_seconds", dimensions: [("operation", "seal")], factory: registry)
        timer.recordNanoseconds(5_000_000)
        timer.recordNanoseconds(5_000_001)
        timer.recordSeconds(2)
        let recorder = Recorder(label: "batch_size", factory: registry)
        for size in [1, 2, 10, 11] { recorder.record(size) }

        #expect(
            RenderedText.of(registry) == """
                # HELP batch_size Records in a batch.
                # TYPE batch_size histogram
                batch_size_bucket{le="1"} 1
                batch_size_bucket{le="10"} 3
                batch_size_bucket{le="+Inf"} 4
                batch_size_sum 24
                batch_size_count 4
                # TYPE cpu_seconds_total counter
                cpu_seconds_total 0.25
                # HELP depth Records waiting.
                # TYPE depth gauge
                depth{queue="errors"} 7
                # HELP duration_seconds Time taken.
                # TYPE duration_seconds histogram
                duration_seconds_bucket{operation="seal",le="0.005"} 1
                duration_seconds_bucket{operation="seal",le="0.5"} 2
                duration_seconds_bucket{operation="seal",le="1"} 2
                duration_seconds_bucket{operation="seal",le="+Inf"} 3
                duration_seconds_sum{operation="seal"} 2.010000001
                duration_seconds_count{operation="seal"} 3
                # HELP metrics_refused_total Metrics asked for that are not exposed, by reason.
                # TYPE metrics_refused_total counter
                metrics_refused_total{reason="invalid_name"} 0
                metrics_refused_total{reason="kind_conflict"} 0
                metrics_refused_total{reason="too_many_metrics"} 0
                # TYPE ratio gauge
                ratio 1.5
                # HELP requests_total Requests answered.
                # TYPE requests_total counter
                requests_total{code="200",route="/a"} 1
                requests_total{code="200",route="/b"} 4

                """
        )
    }

    @Test func appendsToWhatIsThere() {
        var bytes = Array("before\n".utf8)
        RenderedText.registry().render(into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("before\n# HELP metrics_refused_total"))
    }

    @Test(
        arguments: [
            ("plain", "plain"), ("", nil), ("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("a\nb", #"a\nb"#), ("é€😀", "é€😀"),
            ("\\\"\n", #"\\\"\n"#), (String(repeating: "x", count: 300), String(repeating: "x", count: 256)),
            (String(repeating: "é", count: 200), String(repeating: "é", count: 128)),
            (String(repeating: "x", count: 255) + "é", String(repeating: "x", count: 255)),
        ] as [(String, String?)]
    )
    func labelValuesAreEscapedAndCut(value: String, expected: String?) {
        let registry = RenderedText.registry()
        Counter(label: "c", dimensions: [("l", value)], factory: registry).increment()
        let line = expected.map { "c{l=\"\($0)\"} 1" } ?? "c 1"
        #expect(RenderedText.samples("c", in: RenderedText.of(registry)) == [line])
    }

    @Test func helpIsEscaped() {
        let registry = RenderedText.registry(["c": .init(help: "one\ntwo \\ \"three\"")])
        Counter(label: "c", factory: registry).increment()
        #expect(RenderedText.of(registry).hasPrefix("# HELP c one\\ntwo \\\\ \"three\"\n# TYPE c counter\n"))
    }

    @Test(arguments: [
        ("a.b-c", "a_b_c"), ("1st", "_1st"), ("ok:colon", "ok:colon"), ("é", "__"),
        (String(repeating: "n", count: 200), String(repeating: "n", count: 128)),
    ])
    func metricNamesAreMadeLegal(raw: String, legal: String) {
        let registry = RenderedText.registry()
        Counter(label: raw, factory: registry).increment()
        #expect(RenderedText.of(registry).contains("# TYPE \(legal) counter\n\(legal) 1\n"))
    }

    @Test(arguments: [
        ("le", "exported_le"), ("__name__", "_name__"), ("a:b", "a_b"), ("9", "_9"),
    ])
    func labelNamesAreMadeLegal(raw: String, legal: String) {
        let registry = RenderedText.registry()
        Counter(label: "c", dimensions: [(raw, "v"), (raw, "second")], factory: registry).increment()
        #expect(RenderedText.samples("c", in: RenderedText.of(registry)) == ["c{\(legal)=\"v\"} 1"])
    }

    @Test(
        arguments: [
            (0, "0"), (-3, "-3"), (0.1, "0.1"), (1e-9, "1e-09"), (1e15, "1000000000000000"), (1e300, "1e+300"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.5, "-0.5"), (9_007_199_254_740_991, "9007199254740991"),
        ] as [(Double, String)]
    )
    func numbers(value: Double, text: String) {
        let registry = RenderedText.registry()
        Gauge(label: "g", factory: registry).record(value)
        #expect(RenderedText.samples("g", in: RenderedText.of(registry)) == ["g \(text)"])
    }

    @Test func aHistogramLeavesOutWhatIsNotFinite() {
        let registry = RenderedText.registry(["h": .init(help: "", buckets: [1])])
        let recorder = Recorder(label: "h", factory: registry)
        for value in [Double.nan, .infinity, -.infinity, 3, -1] { recorder.record(value) }
        #expect(
            RenderedText.samples("h", in: RenderedText.of(registry))
                == ["h_bucket{le=\"1\"} 1", "h_bucket{le=\"+Inf\"} 2", "h_sum 2", "h_count 2"]
        )
    }

    @Test func countersNeverFall() {
        let registry = RenderedText.registry()
        let counter = Counter(label: "c", factory: registry)
        counter.increment(by: 5)
        counter.increment(by: -3)
        let amount = FloatingPointCounter(label: "f", factory: registry)
        for value in [1.5, -1, .nan, .infinity] { amount.increment(by: value) }
        #expect(RenderedText.samples("c", in: RenderedText.of(registry)) == ["c 5"])
        #expect(RenderedText.samples("f", in: RenderedText.of(registry)) == ["f 1.5"])
    }

    @Test func bucketsAreSortedFiniteAndBounded() {
        #expect(MetricDescription(help: "", buckets: [3, 1, .infinity, 3, .nan, 2]).buckets == [1, 2, 3])
        #expect(MetricDescription(help: "", buckets: (0..<100).map(Double.init)).buckets?.count == 40)
    }

    @Test func theServiceCatalogueDescribesEveryMetricOfTheDesign() {
        for name in [
            "http_request_duration_seconds", "http_requests_total", "http_requests_in_flight",
            "redis_operation_duration_seconds", "mysql_operation_duration_seconds", "ingest_total", "queue_depth",
            "queue_bytes", "queue_oldest_age_seconds", "queue_reclaimed_total", "worker_batch_size",
            "worker_batch_duration_seconds", "worker_retries_total", "dead_letters_total", "dead_letters",
            "sync_duration_seconds", "sync_fingerprints", "sync_windows_total", "sync_windows_waiting",
            "ingest_to_stored_seconds", "event_loop_lag_seconds", "durability_degraded", "process_cpu_seconds_total",
            "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds", "process_threads",
        ] {
            #expect(MetricCatalogue.service[name]?.help.isEmpty == false, "\(name)")
        }
    }
}
