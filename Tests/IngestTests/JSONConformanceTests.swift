import Ingest
import Testing

/// What is JSON and what is not. A text that is JSON but no report is rejected too, with another code.
struct JSONConformanceTests {
    @Test(arguments: [
        "{}", " {} ", "\t\r\n{\n}\n", "[]", "[ ]", "[[]   ]", "[1]", "[1 , 2]", "[\"a\"]", "null", "true", "false", "0",
        "-0", "12", "-1", "0.5", "-0.5", "1.0", "1e5", "1E5", "1e+5", "1E-5", "0e0", "0E+1", "-0e-0", "1.5e10",
        "123456789012345678901234567890", "1e308", "1.7976931348623157e308", "17976931348623157e292", "0.00001e312",
        "1e-400", "0e99999999999999999999", "0.0e999", "1e-99999999999999999999", "\"\"", "\"a\"", "\"\\u0061\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\uD834\\uDD1E\"", "\"\\ud834\\udd1e\"", "\"\\uFFFF\"", "\"\\uFDD0\"",
        "\"é\"", "\"€\"", "\"😀\"", "\"\u{2028}\"", "\"/\"", "\"a<7f>b\"", "{\"\":0}", "{\"a\":1,\"b\":2}",
        "{\"a\":{\"a\":{\"a\":1}}}", "[{\"a\":1},{\"a\":1}]", "{\"a\\u0000b\":1}", "{\"a\":[],\"b\":{}}",
        "{ \"a\" : 1 , \"b\" : [ true , false , null ] }", "[[[[[[[[[[]]]]]]]]]]", "<ef><bb><bf>{}", "\"<00>\"",
        "\"<0a>\"", "\"<09>\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800\\ud800\"", "\"<ff>\"",
        "\"<c0><80>\"", "\"<ed><a0><80>\"", "\"<f4><90><80><80>\"", "\"<e2><82>\"",
    ])
    func accepts(_ text: String) throws {
        let rejection = try #require(try rejection(bytes(text)))
        #expect(rejection.code == "invalid_report")
    }

    @Test(arguments: [
        "", " ", "{", "}", "[", "]", "{]", "[}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1 true]", "[\"a\"",
        "[1}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}",
        "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\":}", "{\"a\"}",
        "{[]:1}", "{\"a\":1]", "[\"a\":1]", "nul", "nulll", "Null", "tru", "truE", "falsy", "NaN", "Infinity",
        "-Infinity", "undefined", "+1", "-", "--1", "-a", "01", "-01", "00", "1.", ".5", "-.5", "1.e5", "1e", "1e+",
        "1E-", "1.5e", "1.5.5", "1e5.5", "0x10", "1_000", "1a", "1 a", "٣", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x41\"",
        "\"\\a\"", "\"\\u\"", "\"\\u00\"", "\"\\u004\"", "\"\\u00g0\"", "\"\\U0041\"", "\"\\<00>\"", "\"\\é\"", "'a'",
        "`a`", "\"a\"b", "{} {}", "{}{}", "{},", "[] x", "[]]", "{}}", "null null", "// c", "/* c */ {}", "{} // c",
        "# {}", "<00>", "{}<00>", "<ff>", "[<ff>]", "{}<a0>", "<0b>{}", "<0c>{}", "\u{a0}{}", "\u{2028}{}",
        "<ef><bb>{}", "<ef><bb><bf>", "<ef><bb><bf><ef><bb><bf>{}", "{\"a\":1e999}", "1e309", "-1e309", "1.8e308",
        "1.7976931348623159e308", "1e99999999999999999999", "[1e999]", "{\"a\":{\"b\":[1e400]}}", "0.01e400",
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"b\":1,\"a\":1}}", "[{\"k\":1,\"k\":1}]",
        "{\"\":1,\"\":2}", "{\"message\":1,\"message\":2}", "{\"message\":\"a\",\"mess\\u0061ge\":\"b\"}",
        "{\"context\":{\"a\":1,\"a\":2}}", "{\"context\":1,\"context\":2}", "{\"<ff>\":1}", "{\"\\ud800\":1}",
        "{\"a<01>\":1}", "{\"x\":{\"<c0><80>\":1}}", "{\"context\":{\"<80>\":1}}",
    ])
    func rejects(_ text: String) throws {
        let rejection = try #require(try rejection(bytes(text)))
        #expect(rejection.code == "invalid_json")
        #expect(rejection.statusCode == 400)
        #expect(!rejection.message.isEmpty)
        #expect(rejection.fields.count == 1)
    }

    @Test func rejectsNumbersOfManyDigitsByTheirSize() throws {
        let large = String(repeating: "9", count: 308)
        #expect(try rejection(large)?.code == "invalid_report")
        #expect(try rejection(large + "9")?.code == "invalid_json")
        #expect(try rejection("1" + String(repeating: "0", count: 308))?.code == "invalid_report")
        let small = "0." + String(repeating: "0", count: 400) + "1e"
        #expect(try rejection(small + "709")?.code == "invalid_report")
        #expect(try rejection(small + "710")?.code == "invalid_json")
    }

    @Test(arguments: [
        ("{\"a\":1,\"a\":2}", "a", "uniqueKeys", nil as Int?), ("{\"a\":1e999}", "body", "range", nil),
        ("{\"a\":[1,]}", "body", "json", nil), ("{\"<ff>\":1}", "body", "utf8", nil), ("", "body", "required", nil),
    ])
    func namesTheRule(_ text: String, field: String, rule: String, limit: Int?) throws {
        let rejection = try #require(try rejection(bytes(text)))
        #expect(rejection.fields == [FieldProblem(field: field, rule: rule, limit: limit)])
    }

    @Test(arguments: [
        ("{\"a\":[1,]}", 8), ("{\"a\" 1}", 5), ("{}x", 2), ("[tru]", 1), ("{\"a\":1,\"b\":\"\\x\"}", 12),
        ("{\"a\":", 5),
    ])
    func namesThePlace(_ text: String, offset: Int) throws {
        let message = try #require(try rejection(text)).message
        #expect(message.contains("at byte \(offset)"), "\(message)")
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func limitsTheDepth(_ open: String, _ close: String) throws {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)
        }
        #expect(try rejection(nested(32))?.code == "invalid_report")
        let tooDeep = try #require(try rejection(nested(33)))
        #expect(tooDeep.code == "invalid_json")
        #expect(tooDeep.fields == [FieldProblem(field: "body", rule: "maxDepth", limit: 32)])
        #expect(try rejection(nested(10_000))?.fields.first?.rule == "maxDepth")
        // Not a matter of the C stack.
        #expect(try rejection(String(repeating: open, count: 1_000_000))?.code == "invalid_json")
        #expect(try rejection(nested(300_000))?.fields.first?.rule == "maxDepth")
    }

    @Test func findsADuplicateAmongManyKeys() throws {
        var body = "{"
        for index in 0..<100_000 { body += "\"k\(index)\":0," }
        #expect(try rejection(body + "\"message\":\"\"}")?.code == "invalid_report")
        #expect(try rejection(body + "\"k77777\":0}")?.fields == [FieldProblem(field: "k77777", rule: "uniqueKeys")])
    }

    @Test(arguments: [
        (#"{"\u0016":1,"\u0018":2}"#, false), (#"{"a\u0001":1,"a\ufffd":2}"#, false),
        (#"{"\u007f":1,"\u0080":2}"#, false), (#"{"\u0016":1,"\u0016":2}"#, true),
        ("{\"\\u0085\":1,\"\u{85}\":2}", true), (#"{"\u0061\u0001":1,"a\u0001":2}"#, true),
    ])
    func keysAreComparedUnrepaired(_ text: String, isDuplicate: Bool) throws {
        let rule = try rejection(text)?.fields.first?.rule
        #expect(rule == (isDuplicate ? "uniqueKeys" : "required"), "\(text)")
    }
}
