import TestServers
import Testing

/// Reports from pages: preflights and the fields that let a page read the answer.
@Suite struct BrowserTests {
    static let origin = "https://shop.example"

    @Test(arguments: ["/errors/log", "/api/v1/errors/log", "/errors/batch"])
    func preflight(route: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.send(
            HTTPRequest(
                "OPTIONS", route,
                headers: [("origin", Self.origin), ("access-control-request-method", "POST")]
            )
        )
        #expect(answer.status == 204)
        #expect(answer.header("access-control-allow-origin") == "*")
        #expect(answer.header("access-control-allow-methods")?.contains("POST") == true)
        #expect(answer.header("access-control-allow-headers")?.contains("content-type") == true)
    }

    @Test func answersCanBeReadByThePage() async throws {
        let service = try await ContractService.service()
        for body in [#"{"message":"from a page"}"#, "not JSON"] {
            let answer = try await service.post("/errors/log", body, headers: [("origin", Self.origin)])
            #expect(answer.header("access-control-allow-origin") == "*")
        }
        let read = try await service.get("/errors", headers: [("origin", Self.origin)])
        #expect(read.header("access-control-allow-origin") == nil)
    }

    /// A page whose origin is not listed may ask, but is told nothing; and nobody asks a preflight for a token.
    @Test func listedOrigins() async throws {
        let settings = ["CORS_ORIGINS": "https://shop.example", "INGEST_TOKEN": "a-token"]
        try await Deployment.run(.external, settings) { deployment in
            let service = try deployment.front
            for (origin, isListed) in [("https://shop.example", true), ("https://evil.test", false), ("null", false)] {
                let preflight = try await service.send(
                    HTTPRequest(
                        "OPTIONS", "/errors/log",
                        headers: [("origin", origin), ("access-control-request-method", "POST")]))
                #expect(preflight.status == 204)
                #expect(preflight.header("access-control-allow-origin") == (isListed ? origin : nil))
                #expect(preflight.header("vary")?.lowercased() == "origin")
                #expect(preflight.header("access-control-allow-headers")?.contains("authorization") == true)
                // The page may read why it was refused.
                let refused = try await service.post("/errors/log", "{}", headers: [("origin", origin)])
                #expect(refused.status == 401)
                #expect(refused.header("access-control-allow-origin") == (isListed ? origin : nil))
                #expect(refused.header("access-control-allow-credentials") == nil)
            }
        }
    }

    @Test func noOrigins() async throws {
        try await Deployment.run(.external, ["CORS_ORIGINS": ""]) { deployment in
            let headers = [("origin", Self.origin)]
            let answer = try await deployment.front.post("/errors/log", #"{"message":"m"}"#, headers: headers)
            #expect(answer.status == 200)
            #expect(answer.header("access-control-allow-origin") == nil)
        }
    }

    @Test(arguments: ["/errors", "/errors/x", "/health", "/metrics", "/openapi.yaml", "/projects", "/", "/errors/log/"])
    func otherRoutesAreNotForPages(route: String) async throws {
        let service = try await ContractService.service()
        for method in ["OPTIONS", "GET", "POST"] {
            let headers = [("origin", Self.origin), ("access-control-request-method", "GET")]
            let answer = try await service.send(HTTPRequest(method, route, headers: headers))
            let fields = answer.headers.map(\.name).filter { $0.hasPrefix("access-control-") }
            #expect(fields == [], "\(method) \(route)")
            if method == "OPTIONS" { #expect([404, 405].contains(answer.status), "\(route): \(answer.status)") }
        }
    }
}
