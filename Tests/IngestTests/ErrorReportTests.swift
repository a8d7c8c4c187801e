import Fingerprint
import Ingest
import Testing

/// Which fields are understood, and what is made of them.
struct ErrorReportTests {
    @Test func keepsEveryField() throws {
        let report = try kept(
            """
            {"message":"boom","stackTrace":"at f (a.js:1:2)","type":"TypeError","level":"fatal","service":"web","environment":"prod",
             "release":"1.2.3","project":"shop","timestamp":"2023-11-14T22:13:00Z","eventId":"e-1","context":{"user":{"id":7}}}
            """
        )
        #expect(report.text(.message) == "boom")
        #expect(report.text(.stackTrace) == "at f (a.js:1:2)")
        #expect(report.text(.type) == "TypeError")
        #expect(report.text(.level) == "fatal")
        #expect(report.text(.service) == "web")
        #expect(report.text(.environment) == "prod")
        #expect(report.text(.release) == "1.2.3")
        #expect(report.text(.project) == "shop")
        #expect(report.text(.eventId) == "e-1")
        #expect(report.text(.context) == "{\"user\":{\"id\":7}}")
        #expect(report.record.eventMilliseconds == 1_699_999_980_000)
        #expect(report.record.receivedMilliseconds == receivedMilliseconds)
        #expect(report.record.fingerprint == report.admission.groups[0].fingerprint)
        #expect(!report.record.grouping.parts.isEmpty)
        #expect(report.item.truncated == [] && report.item.repaired == [] && report.item.adjusted == [])
    }

    @Test func needsNothingButAMessage() throws {
        let report = try kept("{\"message\":\"boom\"}")
        for field in ErrorField.allCases where field != .message && field != .eventId {
            #expect(report.text(field) == nil)
        }
        #expect(report.record.eventMilliseconds == receivedMilliseconds)
        #expect(report.text(.eventId)?.utf8.count == 36)
        #expect(report.item.adjusted == [])
    }

    @Test(arguments: [
        ("stack", ErrorField.stackTrace), ("stacktrace", .stackTrace), ("stack_trace", .stackTrace),
        ("stackTrace", .stackTrace), ("name", .type), ("type", .type), ("event_id", .eventId), ("eventId", .eventId),
        ("st\\u0061ck", .stackTrace),
    ])
    func understandsUsualSpellings(_ key: String, field: ErrorField) throws {
        let report = try kept("{\"\(key)\":\"value\",\"message\":\"m\"}")
        #expect(report.text(field) == "value")
        #expect(report.text(.context) == nil)
    }

    @Test(arguments: [
        ("\"stack\":\"b\",\"stackTrace\":\"a\"", ErrorField.stackTrace, "a", "{\"stack\":\"b\"}" as String?),
        (
            "\"stack_trace\":\"c\",\"stacktrace\":\"b\",\"stack\":\"a\"", .stackTrace, "a",
            "{\"stacktrace\":\"b\",\"stack_trace\":\"c\"}"
        ),
        ("\"name\":\"Bob\",\"type\":\"E\"", .type, "E", "{\"name\":\"Bob\"}"),
        ("\"name\":{\"first\":\"Bob\"},\"type\":\"E\"", .type, "E", "{\"name\":{\"first\":\"Bob\"}}"),
        ("\"name\":\"E\",\"type\":null", .type, "E", nil), ("\"name\":null,\"type\":\"E\"", .type, "E", nil),
    ])
    func takesTheFirstSpellingAndKeepsTheOthers(
        _ members: String, field: ErrorField, text: String, context: String?
    ) throws {
        let report = try kept("{\"message\":\"m\",\(members)}")
        #expect(report.text(field) == text)
        #expect(report.text(.context) == context)
    }

    @Test(arguments: [
        "stackTrace", "stack", "type", "name", "level", "service", "environment", "release", "project", "timestamp",
        "eventId", "event_id", "fingerprint", "context",
    ])
    func takesNullForAbsent(_ key: String) throws {
        let report = try kept("{\"message\":\"m\",\"\(key)\":null}")
        for field in ErrorField.allCases where field != .message && field != .eventId {
            #expect(report.text(field) == nil)
        }
        #expect(report.item.adjusted == [])
    }

    @Test(arguments: ["stackTrace", "type", "level", "service", "environment", "release", "project", "eventId"])
    func takesEmptyForAbsent(_ key: String) throws {
        let report = try kept("{\"message\":\"m\",\"\(key)\":\"\"}")
        for field in ErrorField.allCases where field != .message && field != .eventId {
            #expect(report.text(field) == nil)
        }
        #expect(report.admission.identified.isEmpty)
        #expect(report.admission.groups[0].fingerprint == (try kept("{\"message\":\"m\"}").record.fingerprint))
    }

    @Test(arguments: ["{}", "{\"message\":null}", "{\"message\":\"\"}", "{\"Message\":\"m\"}", "{\"msg\":\"m\"}"])
    func wantsAMessage(_ body: String) throws {
        let rejection = try #require(try rejection(body))
        #expect(rejection.statusCode == 400)
        #expect(rejection.code == "invalid_report")
        #expect(rejection.fields == [FieldProblem(field: "message", rule: "required")])
        #expect(rejection.message == "message is required and must not be empty")
    }

    @Test(arguments: [
        ("message", "message", "string", "1 true [] {} 1.5"),
        ("stackTrace", "stackTrace", "string", "1 false [\"a\"] {}"),
        ("stack", "stackTrace", "string", "[\"at\\u0020f\"]"), ("name", "type", "string", "0"),
        ("type", "type", "string", "{} []"), ("level", "level", "string", "50 true"),
        ("service", "service", "string", "1"), ("environment", "environment", "string", "[]"),
        ("release", "release", "string", "1.2"), ("project", "project", "string", "7"),
        ("eventId", "eventId", "string", "1 {}"), ("event_id", "eventId", "string", "1"),
        ("timestamp", "timestamp", "stringOrNumber", "true false [] {}"),
        ("fingerprint", "fingerprint", "stringArray", "\"a\" 1 {} true [1] [\"a\",null] [[\"a\"]] [\"a\",{}]"),
        ("context", "context", "object", "\"a\" 1 [] true"),
    ])
    func rejectsWrongTypes(_ key: String, field: String, rule: String, values: String) throws {
        for value in values.split(separator: " ") {
            let body = "{\"\(key)\":\(value)" + (key == "message" ? "}" : ",\"message\":\"m\"}")
            let rejection = try #require(try rejection(body), "\(body)")
            #expect(rejection.statusCode == 400)
            #expect(rejection.fields == [FieldProblem(field: field, rule: rule)])
            #expect(rejection.message.hasPrefix(field))
        }
    }

    @Test func namesEveryProblem() throws {
        let rejection = try #require(try rejection("{\"level\":1,\"context\":[],\"timestamp\":true}"))
        #expect(Set(rejection.fields.map(\.field)) == ["message", "level", "context", "timestamp"])
        #expect(rejection.fields.first?.field == "message")
    }

    @Test(arguments: [
        ("ERROR", "error"), ("Warning", "warning"), ("info", "info"), ("DeBuG", "debug"), ("Fatal", "fatal"),
        ("WARN", "WARN"), ("Critical", "Critical"), ("notice", "notice"), ("ERR\\u004fR", "error"),
        ("\\u0005RROR", "\u{FFFD}RROR"),
    ])
    func lowercasesTheLevelsItKnows(_ sent: String, stored: String) throws {
        #expect(try kept("{\"message\":\"m\",\"level\":\"\(sent)\"}").text(.level) == stored)
    }

    @Test func limitsTheEventID() throws {
        let longest = String(repeating: "e", count: 255)
        #expect(try kept("{\"message\":\"m\",\"eventId\":\"\(longest)\"}").text(.eventId) == longest)
        #expect(
            try rejection("{\"message\":\"m\",\"eventId\":\"\(longest)f\"}")?.fields
                == [FieldProblem(field: "eventId", rule: "maxBytes", limit: 255)]
        )
        #expect(try rejection("{\"message\":\"m\",\"eventId\":\"\(String(repeating: "\\u00e9", count: 128))\"}") != nil)
        for broken in ["\\ud800", "a<ff>", "a<01>", "\\u0000"] {
            let body = bytes("{\"message\":\"m\",\"eventId\":\"\(broken)\"}")
            #expect(try rejection(body)?.fields == [FieldProblem(field: "eventId", rule: "utf8")])
        }
    }

    @Test func groupsByTheCallersFingerprint() throws {
        let one = try kept("{\"message\":\"one\",\"fingerprint\":[\"pay\",\"é\"]}")
        let two = try kept("{\"message\":\"two\",\"fingerprint\":[\"pay\",\"\\u00e9\"]}")
        let other = try kept("{\"message\":\"one\",\"fingerprint\":[\"pay\",\"e\"]}")
        #expect(one.record.fingerprint == two.record.fingerprint)
        #expect(one.record.fingerprint != other.record.fingerprint)
        #expect(one.record.grouping.parts.map(\.bytes).contains(Array("pay".utf8)))
        let none = try kept("{\"message\":\"one\"}").record.fingerprint
        #expect(try kept("{\"message\":\"one\",\"fingerprint\":[]}").record.fingerprint == none)
    }

    @Test func scopesEventIDsByProject() throws {
        func hash(_ members: String) throws -> [UInt8] {
            try #require(try admitSingle(Array("{\"message\":\"m\",\(members)}".utf8)).identified.first).eventHash.bytes
        }
        let plain = try hash("\"eventId\":\"a\"")
        #expect(plain.count == 16)
        #expect(try hash("\"event_id\":\"\\u0061\"") == plain)
        #expect(try hash("\"eventId\":\"b\"") != plain)
        #expect(try hash("\"eventId\":\"a\",\"project\":\"p\"") != plain)
        #expect(try hash("\"eventId\":\"ab\",\"project\":\"p\"") != hash("\"eventId\":\"b\",\"project\":\"pa\""))
    }

    @Test func usesItsMemoryAgain() throws {
        let path = try ErrorPath(grouping: .standard)
        func admit(_ body: String) throws -> ErrorRecord {
            let admission = try Array(body.utf8).withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: 5) }
            return try ErrorRecord(decoding: admission.groups[0].record)
        }
        let first = try admit(
            "{\"message\":\"first\",\"type\":\"T\",\"fingerprint\":[\"x\"],\"context\":{\"a\":1},\"unknown\":2}")
        #expect(throws: RequestRejection.self) { try admit("{\"message\":\"bad\",\"release\":\"r\",\"level\":7}") }
        #expect(throws: RequestRejection.self) { try admit("{\"service\":\"s\",\"x\":[[[{\"a\":") }
        let second = try admit("{\"message\":\"second\"}")
        #expect(first.texts[.message].map(Array.init) == Array("first".utf8))
        #expect(second.texts[.message].map(Array.init) == Array("second".utf8))
        for field in [ErrorField.type, .context, .release, .service] { #expect(second.texts[field] == nil) }
        #expect(second.fingerprint == (try kept("{\"message\":\"second\"}").record.fingerprint))
    }

    @Test func groupsByTheMessageAloneWhenToldTo() throws {
        let path = try ErrorPath(grouping: .message)
        func fingerprint(_ body: String) throws -> String {
            try Array(body.utf8).withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: 5) }.groups[0]
                .fingerprint.hex
        }
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try fingerprint("{\"message\":\"abc\",\"type\":\"T\"}") == abc)
        #expect(try fingerprint("{\"message\":\"\\u0061bc\",\"project\":\"p\"}") == abc)
    }
}
