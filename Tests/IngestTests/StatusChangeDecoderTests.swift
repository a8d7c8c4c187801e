import Fingerprint
import Ingest
import QueueCore
import Testing

/// The bodies of the two PATCH routes: taken exactly, or refused with field, rule and limit.
struct StatusChangeDecoderTests {
    private static let one = String(repeating: "0a", count: 32)
    private static let two = String(repeating: "0b", count: 32)

    private func single(_ body: String) throws(RequestRejection) -> StatusChange {
        try StatusChangeDecoder.single(bytes(body))
    }

    private func bulk(_ body: String) throws(RequestRejection) -> BulkStatusChange {
        try StatusChangeDecoder.bulk(bytes(body))
    }

    @Test(arguments: [
        (#"{"status":"resolved"}"#, StatusChange(status: .resolved)),
        (#" {"status" : "unresolved" } "#, StatusChange(status: .unresolved)),
        (#"{"resolvedInRelease":null,"status":"ignored"}"#, StatusChange(status: .ignored)),
        (
            #"{"resolvedInRelease":"1.2.3","status":"resolved"}"#,
            StatusChange(status: .resolved, resolvedInRelease: "1.2.3")
        ),
        (
            #"{"status":"\u0072esolved","resolvedInRelease":"é\u00e9"}"#,
            StatusChange(status: .resolved, resolvedInRelease: "éé")
        ),
    ])
    func taken(body: String, change: StatusChange) throws {
        #expect(try single(body) == change)
    }

    @Test func longestRelease() throws {
        let release = String(repeating: "💥", count: 255)
        #expect(try single(#"{"status":"resolved","resolvedInRelease":"\#(release)"}"#).resolvedInRelease == release)
    }

    @Test(arguments: [
        ("", "invalid_json", "body", "required", nil as Int?),
        ("  ", "invalid_json", "body", "required", nil),
        ("{", "invalid_json", "body", "json", nil),
        (#"{"status":"resolved"} x"#, "invalid_json", "body", "json", nil),
        (#"{"status":"resolved"}{}"#, "invalid_json", "body", "json", nil),
        (#"{"status":"resolved",}"#, "invalid_json", "body", "json", nil),
        (#"{"status":"resolved","status":"ignored"}"#, "invalid_json", "status", "uniqueKeys", nil),
        (#"{"status":"resolved","x":1,"x":2}"#, "invalid_json", "x", "uniqueKeys", nil),
        (
            #"{"status":"resolved","x":"# + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}",
            "invalid_json", "body", "maxDepth", 32
        ),
        (#"{"status":1e999}"#, "invalid_json", "body", "range", nil),
        (#"{"st<ff>atus":"resolved"}"#, "invalid_json", "body", "utf8", nil),
        ("[]", "invalid_status_change", "body", "object", nil),
        ("null", "invalid_status_change", "body", "object", nil),
        (#""resolved""#, "invalid_status_change", "body", "object", nil),
        ("{}", "invalid_status_change", "status", "required", nil),
        (#"{"status":null}"#, "invalid_status_change", "status", "required", nil),
        (#"{"status":true}"#, "invalid_status_change", "status", "string", nil),
        (#"{"status":"regressed"}"#, "invalid_status_change", "status", "oneOf:unresolved,resolved,ignored", nil),
        (#"{"status":"Resolved"}"#, "invalid_status_change", "status", "oneOf:unresolved,resolved,ignored", nil),
        (#"{"status":""}"#, "invalid_status_change", "status", "oneOf:unresolved,resolved,ignored", nil),
        (#"{"status":"resolved","state":"x"}"#, "invalid_status_change", "state", "unknownField", nil),
        (#"{"status":"resolved","fingerprints":[]}"#, "invalid_status_change", "fingerprints", "unknownField", nil),
        (#"{"status":"resolved","resolvedInRelease":1}"#, "invalid_status_change", "resolvedInRelease", "string", nil),
        (
            #"{"status":"resolved","resolvedInRelease":""}"#, "invalid_status_change", "resolvedInRelease",
            "characters", 255
        ),
        (
            #"{"status":"resolved","resolvedInRelease":"\#(String(repeating: "r", count: 256))"}"#,
            "invalid_status_change",
            "resolvedInRelease", "characters", 255
        ),
        (
            #"{"status":"resolved","resolvedInRelease":"<ff>"}"#, "invalid_status_change", "resolvedInRelease", "utf8",
            nil
        ),
        (
            #"{"status":"resolved","resolvedInRelease":"\ud800"}"#, "invalid_status_change", "resolvedInRelease",
            "utf8", nil
        ),
        (
            #"{"status":"ignored","resolvedInRelease":"1"}"#, "invalid_status_change", "resolvedInRelease",
            "onlyWith:resolved", nil
        ),
    ])
    func refused(body: String, code: String, field: String, rule: String, limit: Int?) {
        let rejection = #expect(throws: RequestRejection.self) { try single(body) }
        #expect(rejection?.statusCode == 400)
        #expect(rejection?.code == code)
        #expect(rejection?.fields.first == FieldProblem(field: field, rule: rule, limit: limit))
        #expect(rejection?.message.isEmpty == false)
    }

    @Test func allProblemsAreNamed() {
        let rejection = #expect(throws: RequestRejection.self) {
            try bulk(#"{"status":7,"extra":1,"resolvedInRelease":""}"#)
        }
        #expect(rejection?.fields.map(\.field) == ["status", "extra", "resolvedInRelease", "fingerprints"])
    }

    @Test func manyAreTakenInTheirOrder() throws {
        let digits = (0..<1_000).map { number in
            let text = String(number * 7 % 1_000, radix: 16)
            return String(repeating: "0", count: 64 - text.utf8.count) + text
        }
        let list = digits.map { "\"\($0)\"" }.joined(separator: " ,\n")
        let body = #"{"fingerprints":[\#(list)],"status":"resolved","resolvedInRelease":"2.0"}"#
        let change = try bulk(body)
        #expect(change.fingerprints.map(\.hex) == digits)
        #expect(change.change == StatusChange(status: .resolved, resolvedInRelease: "2.0"))
        #expect(body.utf8.count < StatusChange.maxBodyBytes)
        let upper = try bulk(#"{"status":"ignored","fingerprints":["\#(Self.one.uppercased())"]}"#)
        #expect(upper.fingerprints.map(\.hex) == [Self.one])
    }

    @Test(arguments: [
        ("{}", "required", nil as Int?),
        (#"{"fingerprints":null}"#, "required", nil),
        (#"{"fingerprints":"x"}"#, "stringArray", nil),
        (#"{"fingerprints":{}}"#, "stringArray", nil),
        (#"{"fingerprints":[1]}"#, "stringArray", nil),
        (#"{"fingerprints":["\#(one)",null]}"#, "stringArray", nil),
        (#"{"fingerprints":[]}"#, "minItems", 1),
        (#"{"fingerprints":["abc"]}"#, "hex", 64),
        (#"{"fingerprints":["\#(String(repeating: "g", count: 64))"]}"#, "hex", 64),
        (#"{"fingerprints":["\#(one)","\#(two)","\#(one)"]}"#, "unique", nil),
        (#"{"fingerprints":["\#(one)","\#(one.uppercased())"]}"#, "unique", nil),
    ])
    func badLists(body: String, rule: String, limit: Int?) {
        let whole = body.dropLast() + (body == "{}" ? "" : ",") + #""status":"resolved"}"#
        let rejection = #expect(throws: RequestRejection.self) { try bulk(String(whole)) }
        #expect(rejection?.fields == [FieldProblem(field: "fingerprints", rule: rule, limit: limit)])
    }

    @Test func oneTooMany() {
        let list = (0...1_000).map { number -> String in
            let text = String(number)
            return "\"" + String(repeating: "0", count: 64 - text.utf8.count) + text + "\""
        }
        let rejection = #expect(throws: RequestRejection.self) {
            try bulk(#"{"status":"resolved","fingerprints":[\#(list.joined(separator: ","))]}"#)
        }
        #expect(rejection?.fields == [FieldProblem(field: "fingerprints", rule: "maxItems", limit: 1_000)])
    }

    /// Arbitrary bytes are refused, never more.
    @Test func garbageIsRefused() throws {
        var random = SeededRandom(seed: 11)
        let sound = Array(
            #"{"fingerprints":["\#(Self.one)","\#(Self.two)"],"status":"resolved","resolvedInRelease":"1\n"}"#.utf8)
        for _ in 0..<5_000 {
            var body = sound
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: body.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: body[place] = UInt8.random(in: 0...255, using: &random)
                case 1: body.remove(at: place)
                default: body.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            _ = try? StatusChangeDecoder.single(body)
            if let change = try? StatusChangeDecoder.bulk(body) {
                #expect((1...2).contains(change.fingerprints.count))
                #expect(change.change.status == .resolved || change.change.resolvedInRelease == nil)
            }
        }
    }
}
