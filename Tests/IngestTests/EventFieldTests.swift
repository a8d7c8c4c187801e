import Fingerprint
import Ingest
import Testing

/// Every field and every rule, with the sentence that tells of it.
struct EventFieldTests {
    private static let ids = ["site_id", "event_type"]
    private static let optional: [(String, EventField)] = [
        ("path", .path), ("user_id", .userID), ("session_id", .sessionID), ("url", .url), ("referrer", .referrer),
        ("event_id", .eventID),
    ]
    private static let widths: [(String, EventField, Int)] = [
        ("site_id", .siteID, 64), ("event_type", .eventType, 64), ("path", .path, 1024), ("user_id", .userID, 128),
        ("session_id", .sessionID, 128), ("url", .url, 2048), ("referrer", .referrer, 2048),
        ("event_id", .eventID, 128),
    ]

    @Test func keepsEveryField() throws {
        let kept = try keptEvent(
            event(
                "\"site_id\":\"site\"", "\"event_type\":\"buy\"", "\"path\":\"/a b?c=d\"", "\"user_id\":\"u\"",
                "\"session_id\":\"sé😀\"", "\"url\":\"https://x.test/\\u00e9\"", "\"referrer\":\"-\"",
                "\"event_id\":\"e-1\"", "\"value\":-12.5e1",
                "\"properties\":{\"a\": [1, null], \"b\":\"\\ud83d\\ude00\"}"))
        #expect(kept.text(.siteID) == "site")
        #expect(kept.text(.eventType) == "buy")
        #expect(kept.text(.path) == "/a b?c=d")
        #expect(kept.text(.userID) == "u")
        #expect(kept.text(.sessionID) == "sé😀")
        #expect(kept.text(.url) == "https://x.test/é")
        #expect(kept.text(.referrer) == "-")
        #expect(kept.text(.eventID) == "e-1")
        #expect(kept.text(.properties) == "{\"a\":[1, null],\"b\":\"\\ud83d\\ude00\"}")
        #expect(kept.record.value == -125)
        #expect(kept.record.occurredMilliseconds == 1_700_000_000_000)
        #expect(kept.record.receivedMilliseconds == receivedMilliseconds)
        #expect(kept.item.eventID == Array("e-1".utf8))
        #expect(kept.item.place == .record(0))
    }

    @Test func needsThreeFields() throws {
        #expect(
            try eventDetails("{}")
                == "\"site_id is required and must be a string\",\"event_type is required and must be a string\","
                + "\"timestamp must be a valid ISO 8601 date string\"")
        let kept = try keptEvent(event())
        for (_, field) in Self.optional where field != .eventID { #expect(kept.record.texts[field] == nil) }
        #expect(kept.record.texts[.properties] == nil)
        #expect(kept.record.value == nil)
    }

    @Test(arguments: ids, ["", "\"\"", "null", "7", "true", "[]", "{}"])
    func requiresAnIdentity(_ name: String, value: String) throws {
        // Left out, when there is no value.
        let body = value.isEmpty ? event().replacing("\"\(name)\"", with: "\"other\"") : event("\"\(name)\":\(value)")
        #expect(try eventDetails(body) == "\"\(name) is required and must be a string\"")
        let isMissing = ["", "\"\"", "null"].contains(value)
        #expect(
            try eventRejection(body)?.fields == [FieldProblem(field: name, rule: isMissing ? "required" : "string")])
    }

    @Test(arguments: optional, ["7", "true", "[]", "{}", "[\"a\"]"])
    func wantsAString(_ field: (String, EventField), value: String) throws {
        #expect(try eventDetails(event("\"\(field.0)\":\(value)")) == "\"\(field.0) must be a string\"")
    }

    @Test(arguments: optional, ["null", "\"\""])
    func takesNothingForAbsent(_ field: (String, EventField), value: String) throws {
        let kept = try keptEvent(event("\"\(field.0)\":\(value)"))
        if field.1 == .eventID {
            #expect(kept.admission.records[0].eventHash == nil)
            #expect(kept.item.eventID.count == 36)
        } else {
            #expect(kept.record.texts[field.1] == nil)
        }
    }

    @Test(arguments: widths, ["a", "é", "€", "😀"])
    func limitsCharacters(_ field: (String, EventField, Int), character: String) throws {
        for isEscaped in [false, true] {
            let first = isEscaped ? "\\u0078" : "x"
            let most = String(repeating: character, count: field.2 - 1)
            let kept = try keptEvent(event("\"\(field.0)\":\"\(first)\(most)\""))
            #expect(kept.text(field.1) == "x" + most)
            let body = event("\"\(field.0)\":\"\(first)\(most)\(character)\"")
            #expect(try eventDetails(body) == "\"\(field.0) must be at most \(field.2) characters\"")
            #expect(
                try eventRejection(body)?.fields == [
                    FieldProblem(field: field.0, rule: "characters", limit: field.2)
                ])
        }
    }

    @Test(arguments: widths, ["<ff>", "\\ud800", "<00>", "\\u0007", "<c2><85>", "<7f>", "\\b", "<0a>", "\\n", "\\t"])
    func refusesBrokenText(_ field: (String, EventField, Int), broken: String) throws {
        let body = bytes(event("\"\(field.0)\":\"a\(broken)b\""))
        let isAddress = field.1 == .url || field.1 == .referrer
        if isAddress, !["<ff>", "\\ud800"].contains(broken) {
            let text = try #require(try keptEvent(body).text(field.1))
            #expect(text == (["<0a>", "\\n"].contains(broken) ? "a\nb" : broken == "\\t" ? "a\tb" : "a\u{FFFD}b"))
        } else {
            #expect(
                try eventDetails(body) == "\"\(field.0) must be text without broken or control characters\"")
        }
    }

    @Test(arguments: [
        ("0", 0.0), ("-0", -0.0), ("1", 1), ("-3.25", -3.25), ("1e3", 1000),
        ("1.7976931348623157e308", .greatestFiniteMagnitude),
        ("5e-324", .leastNonzeroMagnitude), ("1e-999", 0), ("12345678901234567890", 12_345_678_901_234_567_168),
        ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
    ])
    func keepsANumber(_ text: String, value: Double) throws {
        #expect(try keptEvent(event("\"value\":\(text)")).record.value?.bitPattern == value.bitPattern)
    }

    @Test(arguments: ["\"1\"", "\"\"", "true", "[1]", "{}"])
    func wantsANumber(_ value: String) throws {
        #expect(try eventDetails(event("\"value\":\(value)")) == "\"value must be a number\"")
    }

    @Test func takesNullForNoNumber() throws {
        #expect(try keptEvent(event("\"value\":null", "\"properties\":null")).record.value == nil)
        #expect(try eventRejection(event("\"value\":1e999"))?.message.hasPrefix("number out of range") == true)
    }

    @Test(arguments: ["\"{}\"", "7", "[]", "[{}]", "false"])
    func wantsAnObject(_ value: String) throws {
        #expect(try eventDetails(event("\"properties\":\(value)")) == "\"properties must be an object\"")
    }

    @Test func tellsOfEverythingInTheOrderOfTheFields() throws {
        let body =
            "{\"properties\":1,\"value\":\"x\",\"event_id\":1,\"referrer\":1,\"url\":1,\"session_id\":1,\"user_id\":\"\(String(repeating: "u", count: 129))\","
            + "\"path\":1,\"timestamp\":7,\"event_type\":1,\"site_id\":\"\\u0000\"}"
        let fields = try eventRejection(body)?.fields.map(\.field)
        #expect(
            fields == [
                "site_id", "event_type", "timestamp", "path", "user_id", "session_id", "url", "referrer", "event_id",
                "value", "properties",
            ])
        #expect(
            try eventDetails(body)
                == "\"site_id must be text without broken or control characters\",\"event_type is required and must be a string\","
                + "\"timestamp must be a valid ISO 8601 date string\",\"path must be a string\",\"user_id must be at most 128 characters\","
                + "\"session_id must be a string\",\"url must be a string\",\"referrer must be a string\",\"event_id must be a string\","
                + "\"value must be a number\",\"properties must be an object\"")
        #expect(
            try eventRejection(body)?.message == "site_id must be text without broken or control characters")
    }

    @Test(arguments: [
        ("", "the body is empty"), (" \n", "the body is empty"), ("[]", "an event must be a JSON object"),
        ("7", "an event must be a JSON object"), ("{\"site_id\":\"s\"", "the JSON text ends too early, at byte 14"),
        ("{oops}", "malformed JSON: unexpected 'o' at byte 1"),
        ("{} {}", "malformed JSON: more bytes after the end of the value, at byte 3"),
        ("{\"path\":\"a\",\"path\":\"a\"}", "duplicate key \\\"path\\\" at byte 12"),
        ("{\"p\":{\"k\":1,\"\\u006b\":2}}", "duplicate key \\\"\\\" at byte 12"),
    ])
    func tellsOfBadJSONInOneDetail(_ body: String, detail: String) throws {
        #expect(try eventDetails(body) == "\"\(detail)\"")
    }

    @Test(arguments: [
        "\"site_id\":\"s\",\"\\u0073ite_id\":\"t\"", "\"x\":1,\"x\":1", "\"properties\":{\"a\":1,\"a\":1}",
        "\"properties\":{\"a\":{\"b\":1,\"b\":1}}", "\"properties\":{},\"properties\":{}",
    ])
    func refusesDuplicateKeys(_ members: String) throws {
        let body = "{\"event_type\":\"view\",\"timestamp\":\"2023-11-14\",\(members)}"
        #expect(try eventRejection(body)?.fields.first?.rule == "uniqueKeys")
    }

    @Test func readsKeysWrittenWithEscapes() throws {
        #expect(try keptEvent(event("\"p\\u0061th\":\"/\"")).text(.path) == "/")
    }
}
