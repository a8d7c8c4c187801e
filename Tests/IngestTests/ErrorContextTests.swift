import Ingest
import Testing

/// The context: what the client put there, and what nobody knows.
struct ErrorContextTests {
    @Test(arguments: [
        ("\"context\":{\"a\":1}", "{\"a\":1}" as String?), ("\"context\":{ \"a\" : [1, 2] }", "{\"a\":[1, 2]}"),
        ("\"tags\":[\"x\"],\"n\":1.50", "{\"tags\":[\"x\"],\"n\":1.50}"),
        ("\"a\":null,\"b\":true", "{\"a\":null,\"b\":true}"),
        ("\"z\":1,\"context\":{\"a\":2},\"y\":3", "{\"a\":2,\"z\":1,\"y\":3}"), ("\"context\":{},\"a\":1", "{\"a\":1}"),
        ("\"context\":null,\"a\":{\"b\":{}}", "{\"a\":{\"b\":{}}}"), ("\"context\":{}", nil), ("\"context\":null", nil),
        ("\"a\\u0062\\\"\":\"x\\\"\"", "{\"a\\u0062\\\"\":\"x\\\"\"}"), ("\"\":0", "{\"\":0}"),
    ])
    func mergesUnknownKeys(_ members: String, context: String?) throws {
        let report = try kept("{\"message\":\"m\",\(members)}")
        #expect(report.text(.context) == context)
        #expect(report.item.truncated == [])
    }

    @Test func prefersTheClientsContextToAnUnknownKeyOfTheSameName() throws {
        for members in ["\"a\":1,\"context\":{\"\\u0061\":2}", "\"context\":{\"\\u0061\":2},\"a\":1"] {
            let report = try kept("{\"message\":\"m\",\(members),\"b\":3}")
            #expect(report.text(.context) == "{\"\\u0061\":2,\"b\":3}")
            #expect(report.item.truncated == ErrorFieldSet(.context))
        }
    }

    @Test(arguments: [-2, -1, 0, 1, 2])
    func leavesOutWholeKeysOverTheLimit(_ excess: Int) throws {
        // {"a":"…","b":"…"} with the limit reached inside b.
        let frame = "{\"a\":\"\",\"b\":\"\"}".utf8.count
        let large = String(repeating: "v", count: 40_000)
        let rest = String(repeating: "w", count: ErrorLimits.contextBytes - frame - 40_000 + excess)
        let report = try kept("{\"message\":\"m\",\"context\":{\"a\":\"\(large)\",\"b\":\"\(rest)\"},\"c\":1}")
        let context = try #require(report.text(.context))
        #expect(context.utf8.count <= ErrorLimits.contextBytes)
        #expect(report.item.truncated == ErrorFieldSet(.context))
        // c does not fit beside b, and does when b is left out.
        #expect(context == (excess <= 0 ? "{\"a\":\"\(large)\",\"b\":\"\(rest)\"}" : "{\"a\":\"\(large)\",\"c\":1}"))
    }

    @Test func boundsManyKeys() throws {
        var body = "{\"message\":\"m\""
        for index in 0..<50_000 { body += ",\"key\(index)\":\(index)" }
        let report = try kept(body + "}")
        let context = try #require(report.text(.context))
        #expect(context.utf8.count <= ErrorLimits.contextBytes && context.utf8.count > ErrorLimits.contextBytes - 20)
        #expect(report.item.truncated == ErrorFieldSet(.context))
    }

    @Test func growsByRepairsWithinTheLimit() throws {
        let broken = [UInt8](repeating: 0xFF, count: 40_000)
        let body = Array("{\"message\":\"m\",\"a\":1,\"context\":{\"b\":\"".utf8) + broken + Array("\"}}".utf8)
        let report = try kept(body)
        #expect(report.text(.context) == "{\"a\":1}")
        #expect(report.item.truncated == ErrorFieldSet(.context))
        #expect(report.item.repaired == [])
    }

    /// MariaDB's JSON_VALID refuses 32 levels, so no stored context has more than 31.
    @Test func leavesOutWhatIsTooDeepForTheStore() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        let fits = try kept("{\"message\":\"m\",\"a\":\(nested(30))}")
        #expect(fits.text(.context) == "{\"a\":\(nested(30))}")
        #expect(fits.item.truncated == [])
        let tooDeep = try kept("{\"message\":\"m\",\"a\":\(nested(31)),\"b\":1}")
        #expect(tooDeep.text(.context) == "{\"b\":1}")
        #expect(tooDeep.item.truncated == ErrorFieldSet(.context))
        #expect(try kept("{\"message\":\"m\",\"context\":{\"a\":\(nested(30))}}").item.truncated == [])
        #expect(
            try rejection("{\"message\":\"m\",\"context\":{\"a\":\(nested(31))}}")?.fields.first?.rule == "maxDepth")
    }
}
