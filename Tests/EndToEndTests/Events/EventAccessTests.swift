import TestServers
import Testing

/// Who may send events, and which pages may read the answers.
@Suite struct EventAccessTests {
    private static let routes = [("/event", 200), ("/api/event", 202), ("/events", 200)]
    private static let event =
        #"{"site_id":"access","event_type":"page_view","timestamp":"2026-01-02T03:04:05Z"}"#
    private static let origin = "https://shop.example"

    @Test func theIngestTokenIsAskedFor() async throws {
        let settings = ["INGEST_TOKEN": "in-secret", "ADMIN_TOKEN": "admin-secret"]
        try await Deployment.run(.external, settings) { deployment in
            let service = try deployment.front
            for (route, status) in Self.routes {
                for header in ["Bearer wrong-secr", "Bearer admin-secret", "Basic in-secret", ""] {
                    let answer = try await service.post(route, Self.event, headers: [("authorization", header)])
                    #expect(answer.status == 401, "\(route) \(header)")
                    #expect(answer.header("www-authenticate") == "Bearer")
                    if route == "/api/event" {
                        #expect(
                            answer.text
                                == #"{"success":false,"error":"send the ingest token as a Bearer token","details":[]}"#)
                    } else {
                        #expect(try answer.json["error"]?["code"]?.string == "unauthorized")
                    }
                }
                let token = [("authorization", "Bearer in-secret")]
                #expect(try await service.post(route, Self.event, headers: token).status == status)
                // Who may report may not read.
                for target in ["/stats?site_id=access", "/api/stats?site_id=access", "/pipelines"] {
                    #expect(try await service.get(target, headers: token).status == 401, "\(target)")
                }
            }
            let admin = [("authorization", "Bearer admin-secret")]
            try await eventually(description: "the events are counted") {
                try await service.get("/stats?site_id=access", headers: admin).json["total_views"]?.int == 3
            }
            #expect(!service.log.contains("in-secret") && !service.log.contains("admin-secret"))
        }
    }

    @Test(arguments: ["/event", "/api/event", "/events"])
    func pagesMaySendAndReadTheAnswer(route: String) async throws {
        let service = try await ContractService.service()
        let preflight = try await service.send(
            HTTPRequest(
                "OPTIONS", route, headers: [("origin", Self.origin), ("access-control-request-method", "POST")]))
        #expect(preflight.status == 204)
        #expect(preflight.body.isEmpty)
        #expect(preflight.header("access-control-allow-origin") == "*")
        #expect(preflight.header("access-control-allow-methods")?.contains("POST") == true)
        #expect(preflight.header("access-control-allow-headers")?.contains("content-type") == true)
        for body in [Self.event, "not JSON"] {
            let answer = try await service.post(route, body, headers: [("origin", Self.origin)])
            #expect(answer.header("access-control-allow-origin") == "*")
            #expect(answer.header("access-control-expose-headers")?.contains("retry-after") == true)
        }
    }

    /// What is stored is not for pages.
    @Test(arguments: ["/stats?site_id=s", "/api/stats?site_id=s", "/stats/timeseries?site_id=s", "/pipelines"])
    func pagesMayNotReadStatistics(target: String) async throws {
        let service = try await ContractService.service()
        for method in ["OPTIONS", "GET"] {
            let headers = [("origin", Self.origin), ("access-control-request-method", "GET")]
            let answer = try await service.send(HTTPRequest(method, target, headers: headers))
            #expect(answer.headers.map(\.name).filter { $0.hasPrefix("access-control-") } == [], "\(method)")
            #expect(answer.status == (method == "GET" ? 403 : 405), "\(method)")
        }
    }

    @Test func listedOrigins() async throws {
        try await Deployment.run(.external, ["CORS_ORIGINS": Self.origin]) { deployment in
            let service = try deployment.front
            for (route, status) in Self.routes {
                for (origin, isListed) in [(Self.origin, true), ("https://evil.test", false)] {
                    let answer = try await service.post(route, Self.event, headers: [("origin", origin)])
                    #expect(answer.status == status)
                    #expect(answer.header("access-control-allow-origin") == (isListed ? origin : nil))
                    #expect(answer.header("vary")?.lowercased() == "origin")
                }
            }
        }
    }
}
