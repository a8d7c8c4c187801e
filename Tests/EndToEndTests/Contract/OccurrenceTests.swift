import TestServers
import Testing

/// `GET /errors/{fingerprint}/occurrences` over the built program.
@Suite struct OccurrenceTests {
    /// The kept occurrences, once there are as many as expected.
    private static func occurrences(
        _ count: Int, of fingerprint: String, at service: ServiceUnderTest
    ) async throws -> [JSON] {
        var found: [JSON] = []
        try await eventually(within: .seconds(20), description: "\(count) occurrences are kept") {
            let answer = try await service.get("/errors/\(fingerprint)/occurrences?limit=100")
            guard answer.status == 200 else { return false }
            found = try answer.json["occurrences"]?.elements ?? []
            return found.count == count
        }
        return found
    }

    @Test func aReportIsShownWholeAsItWasSent() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await service.report(
            #"""
            {"message":"sampled as it was","type":"TypeError","stackTrace":"TypeError: x\n    at sampled (a.js:1:2)","level":"ERROR",
             "service":"web","environment":"production","release":"1.2.3","project":"occurrences","eventId":"sample-1",
             "timestamp":"\#(isoNow())","context":{"user":{"id":7}}}
            """#
        )
        let found = try await Self.occurrences(1, of: fingerprint, at: service)[0]
        #expect(
            found.keys == [
                "eventId", "occurredAt", "receivedAt", "type", "message", "stackTrace", "level", "service",
                "environment", "release", "context",
            ])
        let expected = [
            ("eventId", "sample-1"), ("type", "TypeError"), ("message", "sampled as it was"), ("level", "error"),
            ("service", "web"), ("environment", "production"), ("release", "1.2.3"),
            ("stackTrace", "TypeError: x\n    at sampled (a.js:1:2)"),
        ]
        for (name, value) in expected { #expect(found[name]?.string == value, "\(name)") }
        #expect(found["context"]?["user"]?["id"]?.int == 7)
        #expect(found["occurredAt"]?.string?.utf8.count == 24)
        #expect(found["receivedAt"]?.string?.utf8.count == 24)
    }

    /// Each window's first report is a sample; the store keeps the first, the latest and as many in between as it is told.
    @Test func everyWindowAddsASampleUntilThereAreEnough() async throws {
        try await Deployment.run(.external, ["OCCURRENCES_PER_ERROR": "2"]) { deployment in
            let service = try deployment.front
            var fingerprint = ""
            for number in 0..<6 {
                fingerprint = try await service.report(#"{"message":"again and again","eventId":"window-\#(number)"}"#)
                // The next one must not fall into the same window.
                try await eventually(within: .seconds(20), description: "window \(number) is applied") {
                    try await deployment.stores.isQuiet()
                }
                let kept = try await Self.occurrences(min(number + 1, 4), of: fingerprint, at: service)
                #expect(kept.first?["eventId"]?.string == "window-\(number)")
                #expect(kept.last?["eventId"]?.string == "window-0")
            }
            let first = try await service.get("/errors/\(fingerprint)/occurrences?limit=3").json
            #expect(first["occurrences"]?.elements?.count == 3)
            let cursor = try #require(first["nextCursor"]?.string)
            let rest = try await service.get("/errors/\(fingerprint)/occurrences?limit=3&cursor=\(cursor)").json
            #expect(rest["occurrences"]?.elements?.map { $0["eventId"]?.string } == ["window-0"])
            #expect(rest["nextCursor"] == .null)
        }
    }

    @Test func unknownErrorsAndBadParameters() async throws {
        let service = try await ContractService.service()
        let unknown = String(repeating: "0", count: 64)
        for route in ["occurrences", "history"] {
            #expect(try await service.get("/errors/\(unknown)/\(route)").status == 404)
            #expect(try await service.get("/errors/abc/\(route)").status == 400)
            for (query, field) in [
                ("limit=0", "limit"), ("limit=101", "limit"), ("cursor=xyz", "cursor"), ("page=2", "page"),
            ] {
                let answer = try await service.get("/errors/\(unknown)/\(route)?\(query)")
                #expect(answer.status == 400, "\(route)?\(query)")
                let error = try answer.json["error"]
                #expect(error?["code"]?.string == "invalid_query")
                #expect(error?["fields"]?[0]?["field"]?.string == field)
            }
            let wrong = try await service.post("/errors/\(unknown)/\(route)", "{}")
            #expect(wrong.status == 405)
            #expect(wrong.header("allow")?.contains("GET") == true)
        }
    }
}
