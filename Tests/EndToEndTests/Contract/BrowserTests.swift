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
}
