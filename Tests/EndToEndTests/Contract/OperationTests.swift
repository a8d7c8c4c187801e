import TestServers
import Testing

/// Health probes and metrics.
@Suite struct OperationTests {
    @Test func healthOfAServiceThatIsWell() async throws {
        let service = try await ContractService.service()
        let live = try await service.get("/health/live")
        #expect(live.status == 200)
        #expect(try live.json["status"]?.string == "ok")
        for route in ["/health", "/health/ready"] {
            let answer = try await service.get(route)
            #expect(answer.status == 200)
            let json = try answer.json
            #expect(json["status"]?.string == "ok")
            #expect(json["roles"]?.strings == ["api", "worker", "sync"])
            for store in ["redis", "mysql"] {
                #expect(json[store]?["connected"]?.bool == true)
                #expect(json[store]?["durability"]?.string == "assured", "\(store): \(answer.text)")
            }
        }
        for route in ["/api/v1/health", "/api/v1/health/db", "/api/v1/health/redis"] {
            let answer = try await service.get(route)
            #expect(answer.status == 200)
            #expect(try answer.json["success"]?.bool == true)
        }
    }

    @Test func metricsAreThereUnderTheirNames() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await service.report(#"{"message":"to be measured"}"#)
        _ = try await eventuallyFound(fingerprint, at: service)
        // Absent until the first pass of the sync, and the first second of an event loop, are over.
        try await eventually(within: .seconds(20), description: "every part has measured something") {
            let metrics = try PrometheusText(try await service.get("/metrics").text)
            return metrics.types["sync_windows_waiting"] != nil && metrics.types["event_loop_lag_seconds"] != nil
        }
        let answer = try await service.get("/metrics")
        #expect(answer.status == 200)
        #expect(answer.header("content-type")?.hasPrefix("text/plain") == true)
        let metrics = try PrometheusText(answer.text)
        for name in [
            "http_request_duration_seconds", "http_requests_total", "http_requests_in_flight",
            "redis_operation_duration_seconds", "mysql_operation_duration_seconds", "ingest_total", "queue_depth",
            "queue_bytes", "queue_oldest_age_seconds", "worker_batch_size", "worker_batch_duration_seconds",
            "worker_retries_total", "queue_reclaimed_total", "dead_letters_total", "event_loop_lag_seconds",
            "event_ids_forgotten_total", "dead_letters", "sync_duration_seconds", "sync_fingerprints",
            "sync_windows_total", "sync_windows_waiting",
            "ingest_to_stored_seconds", "durability_degraded", "process_cpu_seconds_total",
            "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds",
        ] {
            #expect(metrics.types[name] != nil, "\(name)")
        }
        #expect(metrics.value("durability_degraded", ["store": "redis"]) == 0)
        #expect(metrics.value("durability_degraded", ["store": "mysql"]) == 0)
        #expect((metrics.value("ingest_total", ["path": "errors", "outcome": "accepted"]) ?? 0) >= 1)
        let accepted = metrics.value(
            "http_requests_total", ["method": "POST", "route": "/errors/log", "status_code": "200"])
        #expect((accepted ?? 0) >= 1)
    }

    @Test func routesAreTemplatesInMetrics() async throws {
        let service = try await ContractService.service()
        _ = try await service.get("/nowhere/1234")
        _ = try await service.get("/errors/\(String(repeating: "1", count: 64))")
        let metrics = try PrometheusText(try await service.get("/metrics").text)
        let routes = Set(metrics.samples.filter { $0.name == "http_requests_total" }.compactMap { $0.labels["route"] })
        #expect(routes.contains("unmatched"))
        #expect(!routes.contains { $0.contains("1111") || $0.contains("1234") }, "\(routes)")
    }
}
