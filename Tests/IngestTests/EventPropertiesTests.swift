import Ingest
import Testing

/// What becomes of the properties and of keys nobody knows.
struct EventPropertiesTests {
    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    @Test(arguments: [
        ("\"properties\":{}", nil), ("\"properties\":{\"a\":1}", "{\"a\":1}"), ("\"x\":1", "{\"x\":1}"),
        ("\"x\":1,\"properties\":{\"a\":1},\"y\":{\"b\":[]}", "{\"a\":1,\"x\":1,\"y\":{\"b\":[]}}"),
        ("\"a\":2,\"properties\":{\"a\":1}", "{\"a\":1}"), ("\"\\u0061\":2,\"properties\":{\"a\":1}", "{\"a\":1}"),
        ("\"x\":null,\"properties\":null", "{\"x\":null}"), ("\"x\":1,\"properties\":{}", "{\"x\":1}"),
        ("\"Site_id\":\"x\",\"siteId\":1", "{\"Site_id\":\"x\",\"siteId\":1}"),
        ("\"properties\":{\"properties\":{\"path\":1}}", "{\"properties\":{\"path\":1}}"),
        ("\"properties\" : { \"a\" : [ 1 , 2 ] , \"b\" : \"\\u0041\" }", "{\"a\":[ 1 , 2 ],\"b\":\"\\u0041\"}"),
        ("\"properties\":{\"\":1,\"\\u0001\":2}", "{\"\":1,\"\\u0001\":2}"),
    ])
    func keepsWhatNobodyKnows(_ members: String, stored: String?) throws {
        #expect(try keptEvent(event(members)).text(.properties) == stored)
    }

    @Test(arguments: [
        ("\\ud800", "\u{FFFD}"), ("<ff>", "\u{FFFD}"), ("<00>", "\u{FFFD}"), ("<0a>", "\\n"), ("\\u0000", "\\u0000"),
    ])
    func repairsTextsInside(_ broken: String, stored: String) throws {
        let kept = try keptEvent(bytes(event("\"properties\":{\"a\":[\"\(broken)\"]}")))
        #expect(kept.text(.properties) == "{\"a\":[\"\(stored)\"]}")
    }

    @Test func refusesBrokenKeys() throws {
        #expect(try eventRejection(event("\"properties\":{\"\\ud800\":1}"))?.fields.first?.rule == "utf8")
    }

    @Test func limitsTheirBytes() throws {
        // {"a":"…"} has 8 bytes of its own.
        let most = String(repeating: "x", count: 32 * 1024 - 8)
        #expect(try keptEvent(event("\"properties\":{\"a\":\"\(most)\"}")).text(.properties)?.utf8.count == 32 * 1024)
        #expect(try keptEvent(event("\"a\":\"\(most)\"")).text(.properties)?.utf8.count == 32 * 1024)
        let detail = "\"properties must be at most 32768 bytes of JSON\""
        for members in [
            "\"properties\":{\"a\":\"\(most)x\"}", "\"a\":\"\(most)x\"", "\"properties\":{\"a\":\"\(most)\"},\"b\":1",
            "\"properties\":{\"a\":\"\(most)\(most)\(most)\"}",
        ] {
            #expect(try eventDetails(event(members)) == detail)
        }
        // What is stored counts: 6 bytes sent become 3, and 1 becomes 3.
        let halves = String(repeating: "\\ud800", count: (32 * 1024 - 8) / 3)
        #expect(try keptEvent(event("\"properties\":{\"a\":\"\(halves)\"}")).text(.properties)?.utf8.count == 32_768)
        #expect(try eventDetails(event("\"properties\":{\"a\":\"\(halves)\\ud800\"}")) == detail)
    }

    @Test func limitsTheirDepth() throws {
        let detail = "\"properties must not nest deeper than 31\""
        #expect(
            try keptEvent(event("\"properties\":{\"a\":\(nested(30))}")).text(.properties) == "{\"a\":\(nested(30))}")
        #expect(try keptEvent(event("\"a\":\(nested(30))")).text(.properties) == "{\"a\":\(nested(30))}")
        #expect(try eventDetails(event("\"a\":\(nested(31))")) == detail)
        // 32 within the event: refused as JSON already.
        #expect(try eventRejection(event("\"properties\":{\"a\":\(nested(31))}"))?.fields.first?.rule == "maxDepth")
        #expect(try eventRejection(event("\"a\":\(nested(32))"))?.fields.first?.rule == "maxDepth")
    }

    @Test func doesNotLookAtThemWhenTheEventIsRejectedAnyway() throws {
        let long = String(repeating: "x", count: 40_000)
        #expect(try eventRejection(event("\"path\":1", "\"a\":\"\(long)\""))?.fields.map(\.field) == ["path"])
    }
}
