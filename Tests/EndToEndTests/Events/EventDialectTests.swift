import TestServers
import Testing

/// `POST /event` and `POST /api/event`: what is accepted, and the exact answers.
@Suite struct EventDialectTests {
    static let plainAnswer = #"{"status":"ok"}"#
    static let envelopeAnswer = #"{"success":true,"message":"Event received and queued for processing"}"#

    /// The three events that the dialects' documents show.
    static let examples = [
        #"{"site_id":"dialect-1","event_type":"page_view","path":"/pricing","user_id":"user-xyz-789","timestamp":"2025-11-12T19:30:01Z"}"#,
        #"{ "site_id": "dialect-1", "event_type": "click", "timestamp": "2025-11-12T19:30:01.250+01:00" }"#,
        """
        {"site_id":"dialect-1","event_type":"purchase","path":"/checkout","user_id":"u","session_id":"s","url":"https://shop.example/checkout?a=1",\
        "referrer":"https://search.example/","event_id":null,"value":19.9,"properties":{"currency":"EUR","items":[1,2]},\
        "timestamp":"1970-01-01T00:00:00Z","campaign":"spring"}
        """,
    ]

    @Test(arguments: examples)
    func acceptedEventIsAnsweredInTheWordsOfTheDialect(body: String) async throws {
        let service = try await ContractService.service()
        let plain = try await service.post("/event", body)
        #expect(plain.status == 200)
        #expect(plain.text == Self.plainAnswer)
        let envelope = try await service.post("/api/event", body)
        #expect(envelope.status == 202)
        #expect(envelope.text == Self.envelopeAnswer)
        for answer in [plain, envelope] {
            #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
        }
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"])
    func bodyIsJSONWhateverItsTypeSays(type: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/event", Self.examples[0], headers: [("content-type", type)])
        #expect(answer.status == 200)
    }

    // MARK: - Validation

    /// Everything that is wrong, in the order of the fields.
    @Test(arguments: [
        (
            "{}",
            [
                "site_id is required and must be a string", "event_type is required and must be a string",
                "timestamp must be a valid ISO 8601 date string",
            ]
        ),
        (
            #"{"event_type":"page_view","timestamp":"not a date"}"#,
            ["site_id is required and must be a string", "timestamp must be a valid ISO 8601 date string"]
        ),
        (
            """
            {"properties":[],"value":"x","event_id":9,"referrer":true,"url":1,"session_id":[],"user_id":{},"path":5,\
            "timestamp":1762975801,"event_type":"","site_id":7}
            """,
            [
                "site_id is required and must be a string", "event_type is required and must be a string",
                "timestamp must be a valid ISO 8601 date string", "path must be a string", "user_id must be a string",
                "session_id must be a string", "url must be a string", "referrer must be a string",
                "event_id must be a string", "value must be a number", "properties must be an object",
            ]
        ),
        (
            #"{"site_id":"\#(text(65))","event_type":"\#(text(65))","path":"\#(text(1025))","user_id":"\#(text(129))","timestamp":"2999-01-01T00:00:00Z"}"#,
            [
                "site_id must be at most 64 characters", "event_type must be at most 64 characters",
                "timestamp must be between 1970-01-01 and five minutes from now",
                "path must be at most 1024 characters", "user_id must be at most 128 characters",
            ]
        ),
        (
            #"{"site_id":"s","event_type":"e","timestamp":"1969-12-31T23:59:59Z","session_id":"\#(text(129))","url":"\#(text(2049))","referrer":"\#(text(2049))","event_id":"\#(text(129))"}"#,
            [
                "timestamp must be between 1970-01-01 and five minutes from now",
                "session_id must be at most 128 characters", "url must be at most 2048 characters",
                "referrer must be at most 2048 characters", "event_id must be at most 128 characters",
            ]
        ),
    ])
    func allProblemsAreNamedAtOnce(body: String, details: [String]) async throws {
        let service = try await ContractService.service()
        let envelope = try await service.post("/api/event", body)
        #expect(envelope.status == 400)
        let list = details.map { "\"\($0)\"" }.joined(separator: ",")
        #expect(envelope.text == #"{"success":false,"error":"Validation failed","details":[\#(list)]}"#)

        let plain = try await service.post("/event", body)
        #expect(plain.status == 400)
        let error = try #require(try plain.json["error"])
        #expect(error.keys == ["code", "message", "fields"])
        #expect(error["code"]?.string == "invalid_event")
        #expect(error["message"]?.string == details[0])
        let fields = error["fields"]?.elements?.map { $0["field"]?.string }
        #expect(fields == details.map { $0.split(separator: " ").first.map(String.init) })
    }

    @Test func limitsAreThoseOfTheColumns() async throws {
        let service = try await ContractService.service()
        // Characters, not bytes.
        let body = """
            {"site_id":"\(Self.text(64))","event_type":"\(Self.text(64, "ß"))","path":"\(Self.text(1024, "ü"))",\
            "user_id":"\(Self.text(128, "日"))","session_id":"\(Self.text(128))","url":"\(Self.text(2048))",\
            "referrer":"\(Self.text(2048))","timestamp":"2026-01-01T00:00:00Z"}
            """
        let answer = try await service.post("/api/event", body)
        #expect(answer.status == 202, "\(answer.text)")
    }

    @Test(arguments: ["{", "not JSON", "", "[]", #"{"site_id":"a","site_id":"b"}"#])
    func whatIsNoEventIsNamedInOneSentence(body: String) async throws {
        let service = try await ContractService.service()
        let envelope = try await service.post("/api/event", body)
        #expect(envelope.status == 400)
        let json = try envelope.json
        #expect(json.keys == ["success", "error", "details"])
        #expect(json["success"]?.bool == false)
        #expect(json["error"]?.string == "Validation failed")
        #expect(json["details"]?.strings?.count == 1)
        let plain = try await service.post("/event", body)
        #expect(plain.status == 400)
        #expect(try plain.json["error"]?["message"]?.string == json["details"]?[0]?.string)
    }

    @Test func refusalsKeepTheWordsOfTheDialect() async throws {
        let service = try await ContractService.service()
        for (header, value, status) in [("content-encoding", "br", 415), ("content-length", "1048577", 413)] {
            for route in ["/event", "/api/event", "/events"] {
                let connection = try await HTTPConnection.open(port: service.port)
                // Of what is too long, only the head: the answer must not wait for a body.
                let (length, body) = status == 413 ? ("", "") : ("content-length: 2\r\n", "{}")
                try await connection.send(
                    "POST \(route) HTTP/1.1\r\nhost: t\r\n\(length)\(header): \(value)\r\n\r\n\(body)")
                let answer = try await connection.answer()
                await connection.close()
                #expect(answer.status == status, "\(route)")
                let json = try answer.json
                if route == "/api/event" {
                    #expect(json.keys == ["success", "error", "details"])
                    #expect(json["error"]?.string?.isEmpty == false)
                    #expect(json["details"]?.elements == [])
                } else {
                    #expect(json["error"]?.keys == ["code", "message", "fields"])
                }
            }
        }
        for route in ["/event", "/api/event", "/events"] {
            let answer = try await service.get(route)
            #expect(answer.status == 405)
            #expect(answer.header("allow") == "POST, OPTIONS")
        }
    }

    private static func text(_ count: Int, _ letter: String = "x") -> String {
        String(repeating: letter, count: count)
    }
}
