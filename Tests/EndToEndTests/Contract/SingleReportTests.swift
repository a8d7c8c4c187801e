import TestServers
import Testing

/// `POST /errors/log` and `POST /api/v1/errors/log`: what is accepted, and the shape of the answers.
@Suite struct SingleReportTests {
    @Test func acceptedReportIsAnsweredWithItsIdentity() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/errors/log", #"{"message":"accepted plainly"}"#)
        #expect(answer.status == 200)
        #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
        let json = try answer.json
        #expect(json.keys == ["status", "fingerprint", "eventId"])
        #expect(json["status"]?.string == "queued")
        #expect(json["fingerprint"]?.string?.utf8.count == 64)
        // A UUIDv7 was made for it.
        let eventID = Array(json["eventId"]?.string ?? "")
        #expect(eventID.count == 36)
        #expect(eventID.count > 14 && eventID[14] == "7")
    }

    @Test func envelopeCarriesTheSameAnswer() async throws {
        let service = try await ContractService.service()
        let json = try await service.post("/api/v1/errors/log", #"{"message":"in an envelope"}"#).json
        #expect(json.keys == ["success", "data", "timestamp"])
        #expect(json["success"]?.bool == true)
        #expect(json["data"]?["status"]?.string == "queued")
        #expect(json["data"]?["fingerprint"]?.string?.utf8.count == 64)
        #expect(json["timestamp"]?.string?.hasSuffix("Z") == true)
    }

    @Test func envelopeCarriesErrorsToo() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/api/v1/errors/log", #"{"type":"NoMessage"}"#)
        #expect(answer.status == 400)
        let json = try answer.json
        #expect(json.keys == ["success", "statusCode", "message", "errors", "timestamp"])
        #expect(json["success"]?.bool == false)
        #expect(json["statusCode"]?.int == 400)
        #expect(json["errors"]?[0]?["field"]?.string == "message")
    }

    @Test func repeatedEventIDIsADuplicate() async throws {
        let service = try await ContractService.service()
        let body = #"{"message":"sent twice","eventId":"single-dup-1"}"#
        let first = try await service.post("/errors/log", body).json
        let second = try await service.post("/errors/log", body).json
        #expect(first["status"]?.string == "queued")
        #expect(second["status"]?.string == "duplicate")
        #expect(second["eventId"]?.string == "single-dup-1")
        #expect(second["fingerprint"] == first["fingerprint"])
        let found = try await eventuallyFound(first["fingerprint"]?.string ?? "", at: service)
        #expect(found["count"]?.int == 1)
    }

    @Test func eventIDsOfTwoProjectsAreApart() async throws {
        let service = try await ContractService.service()
        for project in ["shop", "blog"] {
            let json = try await service.post(
                "/errors/log", #"{"message":"same id","eventId":"scoped-1","project":"\#(project)"}"#
            ).json
            #expect(json["status"]?.string == "queued")
        }
    }

    @Test(arguments: [
        ("truncated", #"{"message":"\#(String(repeating: "long ", count: 2000))"}"#, "message"),
        ("truncated", #"{"message":"long service","service":"\#(String(repeating: "s", count: 300))"}"#, "service"),
        ("repaired", #"{"message":"half a pair \uD83D and on"}"#, "message"),
        ("adjusted", #"{"message":"long ago","timestamp":"2001-01-01T00:00:00Z"}"#, "timestamp"),
        ("adjusted", #"{"message":"far ahead","timestamp":4102444800}"#, "timestamp"),
    ])
    func whatCanBeKeptIsKept(list: String, body: String, field: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/errors/log", body)
        #expect(answer.status == 200)
        let json = try answer.json
        #expect(json["status"]?.string == "queued")
        #expect(json[list]?.strings == [field])
        for other in ["truncated", "repaired", "adjusted"] where other != list { #expect(json[other] == nil) }
    }

    @Test func invalidUTF8IsRepaired() async throws {
        let service = try await ContractService.service()
        let body = Array(#"{"message":"broken "#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let json = try await service.send(HTTPRequest("POST", "/errors/log", body: body)).json
        #expect(json["repaired"]?.strings == ["message"])
    }

    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"])
    func bodyIsJSONWhateverItsTypeSays(type: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post(
            "/errors/log", #"{"message":"by beacon"}"#, headers: [("content-type", type)])
        #expect(answer.status == 200)
    }

    @Test func usualSpellingsAreUnderstood() async throws {
        let service = try await ContractService.service()
        let answer = try await service.post(
            "/errors/log",
            #"{"message":"other spellings","name":"SpellingError","stack_trace":"at f (a.js:1:2)","event_id":"spelled-1","extra":7}"#
        ).json
        #expect(answer["eventId"]?.string == "spelled-1")
        let found = try await eventuallyFound(answer["fingerprint"]?.string ?? "", at: service)
        #expect(found["type"]?.string == "SpellingError")
        #expect(found["stackTrace"]?.string == "at f (a.js:1:2)")
        #expect(found["context"]?["extra"]?.int == 7)
    }

    @Test func requestIDIsReturned() async throws {
        let service = try await ContractService.service()
        let id = "req-4f2a/1"
        for request in [
            HTTPRequest("POST", "/errors/log", headers: [("X-Request-Id", id)], body: #"{"message":"with an id"}"#),
            HTTPRequest("POST", "/errors/log", headers: [("X-Request-Id", id)], body: "not JSON"),
            HTTPRequest("GET", "/errors", headers: [("X-Request-Id", id)]),
            HTTPRequest("GET", "/nowhere", headers: [("X-Request-Id", id)]),
        ] {
            let answer = try await service.send(request)
            #expect(answer.header("x-request-id") == id, "\(request.method) \(request.target)")
        }
        let answer = try await service.post("/errors/log", "{}", headers: [("X-Request-Id", "two words")])
        #expect(answer.header("x-request-id") == nil)
    }
}
