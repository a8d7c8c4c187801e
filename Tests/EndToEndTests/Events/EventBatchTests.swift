import MySQLClient
import TestServers
import Testing

/// `POST /events`: one object, an array or lines, with a result per item; and events that come twice.
@Suite struct EventBatchTests {
    static func event(_ more: String = "") -> String {
        #"{"site_id":"batch","event_type":"page_view","timestamp":"2026-01-02T03:04:05Z"\#(more)}"#
    }

    @Test func oneObject() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/events", Self.event(#","event_id":"one-object""#))
        #expect(answer.status == 200)
        #expect(
            answer.text
                == #"{"accepted":1,"duplicate":0,"rejected":0,"refused":0,"unknown":0,"results":[{"status":"accepted","event_id":"one-object"}]}"#
        )
        // Also over several lines.
        let spread = Self.event().replacing(",", with: ",\n  ")
        #expect(try await service.post("/events", spread).json["accepted"]?.int == 1)
    }

    /// The same items as an array and as lines; each answer tells what became of each, in the order of the request.
    @Test(arguments: ["array", "lines"])
    func goodAndBadItems(form: String) async throws {
        let service = try await ContractService.service()
        let items = [
            Self.event(), #"{"site_id":"batch","timestamp":"yesterday"}"#, Self.event(#","event_id":"same-\#(form)""#),
            Self.event(#","event_id":"same-\#(form)""#), "7", Self.event(#","value":2.5"#),
        ]
        let body = form == "array" ? "[\(items.joined(separator: ","))]" : items.joined(separator: "\n\n") + "\n"
        let answer = try await service.post("/events", body, headers: [("content-type", "application/x-ndjson")])
        #expect(answer.status == 200)
        let json = try answer.json
        #expect(json.keys == ["accepted", "duplicate", "rejected", "refused", "unknown", "results"])
        #expect(json["accepted"]?.int == 3)
        #expect(json["duplicate"]?.int == 1)
        #expect(json["rejected"]?.int == 2)
        let results = try #require(json["results"]?.elements)
        #expect(
            results.map { $0["status"]?.string } == [
                "accepted", "rejected", "accepted", "duplicate", "rejected", "accepted",
            ])
        #expect(results[0].keys == ["status", "event_id"])
        // A UUIDv7 was made for it.
        #expect(results[0]["event_id"]?.string?.utf8.count == 36)
        #expect(results[0]["event_id"] != results[5]["event_id"])
        #expect(results[2]["event_id"]?.string == "same-\(form)")
        #expect(results[3]["event_id"]?.string == "same-\(form)")
        #expect(results[1].keys == ["status", "error"])
        #expect(results[1]["error"]?["code"]?.string == "invalid_event")
        let fields = results[1]["error"]?["fields"]?.elements?.map { $0["field"]?.string }
        #expect(fields == ["event_type", "timestamp"])
    }

    @Test func thousandItemsAreTakenAndNoMore() async throws {
        let service = try await ContractService.service()
        let items = (0..<1_000).map { Self.event(",\"value\":\($0)") }
        let full = try await service.post("/events", "[\(items.joined(separator: ","))]")
        #expect(full.status == 200)
        #expect(try full.json["accepted"]?.int == 1_000)
        for body in [
            "[\((items + items.prefix(1)).joined(separator: ","))]", (items + items.prefix(1)).joined(separator: "\n"),
        ] {
            let over = try await service.post("/events", body)
            #expect(over.status == 413)
            #expect(try over.json["error"]?["code"]?.string == "too_many_items")
            #expect(try over.json["error"]?["fields"]?[0]?["limit"]?.int == 1_000)
        }
    }

    @Test(arguments: ["", "[]", "[{\"site_id\":\"cut off\"}", "[1,"])
    func badBatch(body: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/events", body)
        #expect(answer.status == 400)
        #expect(try answer.json["error"]?["code"]?.string != nil)
    }

    @Test func batchOfNothingGoodIsAnsweredItemByItem() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/events", "[{},{}]")
        #expect(answer.status == 200)
        #expect(try answer.json["rejected"]?.int == 2)
        #expect(try answer.json["accepted"]?.int == 0)
    }

    /// Through every door, at once and after the id has been forgotten: stored and counted once.
    @Test func repeatedEventIDIsStoredOnce() async throws {
        try await Deployment.run(.external, ["EVENT_ID_WINDOW_SECONDS": "1"]) { deployment in
            let service = try deployment.front
            let stores = deployment.stores
            let body = Self.event(#","event_id":"again-1","path":"/again","user_id":"u""#)
            #expect(try await Self.state(of: service.post("/events", body)) == "accepted")
            #expect(try await Self.state(of: service.post("/events", body)) == "duplicate")
            #expect(try await service.post("/event", body).text == EventDialectTests.plainAnswer)
            #expect(try await service.post("/api/event", body).text == EventDialectTests.envelopeAnswer)
            try await eventually(within: .seconds(20), description: "the id is forgotten") {
                try await Self.state(of: service.post("/events", body)) == "accepted"
            }
            // The same id of another site is another event.
            let other = body.replacing("\"batch\"", with: "\"other\"")
            #expect(try await Self.state(of: service.post("/events", other)) == "accepted")
            try await stores.waitUntilQueueIsEmpty(.events)
            #expect(try await stores.number("SELECT COUNT(*) FROM events WHERE site_id = 'batch'") == 1)
            #expect(try await stores.number("SELECT COUNT(*) FROM events") == 2)
            let stats = try await service.get("/stats?site_id=batch").json
            #expect(stats["total_views"]?.int == 1)
            #expect(stats["unique_users"]?.int == 1)
            #expect(stats["top_paths"]?[0]?["views"]?.int == 1)
        }
    }

    private static func state(of answer: HTTPAnswer) throws -> String? {
        try answer.json["results"]?[0]?["status"]?.string
    }

    /// Nothing is cut or changed on its way.
    @Test func whatIsSentIsStored() async throws {
        try await Deployment.run(.external) { deployment in
            let body = """
                {"site_id":"müsli","event_type":"purchase","timestamp":"2026-01-02T03:04:05.678+01:00","path":"/a b/日","user_id":"u 1",\
                "session_id":"s","url":"https://x.example/?q=1","referrer":"https://y.example/","event_id":"e-1","value":-0.5,\
                "properties":{"a":[1,{"b":null}]},"extra":"kept"}
                """
            #expect(try await deployment.front.post("/event", body).status == 200)
            try await deployment.stores.waitUntilQueueIsEmpty(.events)
            let row = try #require(
                try await deployment.stores.sql(
                    """
                    SELECT site_id, event_type, occurred_at, path, user_id, session_id, url, referrer, event_id, value, properties, \
                    received_on = DATE(received_at) FROM events
                    """
                ).first)
            #expect(row[0].string == "müsli")
            #expect(row[1].string == "purchase")
            #expect(row[2].dateTimeMilliseconds == milliseconds("2026-01-02T02:04:05.678Z"))
            #expect(
                row[3...8].map(\.string) == [
                    "/a b/日", "u 1", "s", "https://x.example/?q=1", "https://y.example/", "e-1",
                ])
            #expect(row[9] == .double(-0.5))
            let properties = try JSON(row[10].byteArray ?? [])
            #expect(properties == (try JSON(Array(#"{"a":[1,{"b":null}],"extra":"kept"}"#.utf8))))
            #expect(row[11].int64 == 1)
        }
    }
}
