import Fingerprint
import Ingest
import Testing

struct ErrorBatchTests {
    /// One letter for each item: g(roup), i(dentified), r(epeated), x (rejected).
    private func places(_ admission: ErrorAdmission) -> String {
        String(
            admission.items.map { item -> Character in
                switch item.place {
                case .group: "g"
                case .identified: "i"
                case .repeated: "r"
                case .rejected: "x"
                }
            }
        )
    }

    private func reason(_ item: ErrorAdmission.Item) -> RequestRejection? {
        if case .rejected(let rejection) = item.place { rejection } else { nil }
    }

    @Test(arguments: [
        // Arrays.
        ("[{\"message\":\"a\"}]", "g"), (" [ {\"message\":\"a\"} , {\"message\":\"b\"} ] ", "gg"),
        ("[{\"message\":\"a\"},{}]", "gx"), ("[1,\"a\",null,[],[[{}]],{\"message\":\"a\"}]", "xxxxxg"),
        ("[{\"message\":1e999},{\"message\":\"a\"}]", "xg"),
        ("[{\"message\":\"a\",\"message\":\"b\"},{\"message\":\"a\"}]", "xg"),
        ("[{\"x\":{\"a\":1,\"a\":2}},{\"message\":\"a\"}]", "xg"), ("\u{FEFF}[{\"message\":\"a\"}]", "g"),
        ("[{\"message\":\"a\",\"eventId\":\"1\"},{\"message\":\"a\",\"event_id\":\"1\"}]", "ir"),
        // Lines.
        ("{\"message\":\"a\"}", "g"), ("{\"message\":\"a\"}\n", "g"),
        ("{\"message\":\"a\"}\n{\"message\":\"b\"}", "gg"),
        ("\n\r\n {\"message\":\"a\"}\r\n\t\r\n{\"message\":\"b\"}\r\n\r\n", "gg"),
        ("{\"message\":\"a\"}\n{oops\n{\"message\":\"b\"}", "gxg"), ("oops", "x"),
        ("{\"message\":\"a\"} x\n{\"message\":\"b\"}", "xg"), ("{\"message\":\n\"a\"}", "xx"),
        ("{}\n[]\n1\nnull", "xxxx"), ("{\"message\":\"a\"}{\"message\":\"b\"}", "x"),
        ("{\"message\":\"a\"},\n{\"message\":\"b\"}", "xg"), ("\u{FEFF}{\"message\":\"a\"}\n{\"message\":\"b\"}", "gg"),
        ("{\"message\":\"a\n{\"message\":\"b\"}", "xg"), ("x\n[{\"message\":\"a\"}]", "xx"),
    ])
    func readsItems(_ body: String, expected: String) throws {
        #expect(try places(admitBatch(body)) == expected)
    }

    @Test(arguments: [
        "[", "[{\"message\":\"a\"}", "[{\"message\":\"a\"},]", "[,{\"message\":\"a\"}]",
        "[{\"message\":\"a\"}{\"message\":\"a\"}]", "[{\"message\":\"a\"}] x",
        "[{\"message\":\"a\"}]\n[{\"message\":\"a\"}]", "[{\"message\":\"a\"},{\"message\":}]", "[{\"message\":\"a]",
        "[oops]", "[{\"message\":\"a\"},{\"message\":\"\\x\"}]",
    ])
    func rejectsAnArrayThatIsNotJSONAsAWhole(_ body: String) throws {
        let rejection = try #require(throws: RequestRejection.self) { _ = try admitBatch(body) }
        #expect(rejection.statusCode == 400)
        #expect(rejection.code == "invalid_json")
    }

    @Test(arguments: ["", " \n\r\n\t", "[]", " [ ] ", "\u{FEFF}", "\u{FEFF}[]"])
    func rejectsAnEmptyBatch(_ body: String) throws {
        #expect(throws: RequestRejection.emptyBatch) { _ = try admitBatch(body) }
        #expect(RequestRejection.emptyBatch.statusCode == 400)
    }

    @Test(arguments: [false, true])
    func limitsTheItems(_ isArray: Bool) throws {
        func batch(_ count: Int) -> String {
            let items = (0..<count).map { "{\"message\":\"m\($0 % 3 == 0 ? "a" : "b")\"}" }
            return isArray ? "[" + items.joined(separator: ",") + "]" : items.joined(separator: "\n") + "\n"
        }
        let full = try admitBatch(batch(1000))
        #expect(full.items.count == 1000)
        #expect(full.groups.map(\.tally.count) == [334, 666])
        let rejection = try #require(throws: RequestRejection.self) { _ = try admitBatch(batch(1001)) }
        #expect(rejection.statusCode == 413)
        #expect(rejection.fields == [FieldProblem(field: "body", rule: "maxItems", limit: 1000)])
    }

    @Test func stepsOverWhatIsTooDeep() throws {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        let admission = try admitBatch("[{\"message\":\"a\",\"x\":\(deep)},\(deep),{\"message\":\"b\"}]")
        #expect(places(admission) == "xxg")
        #expect(reason(admission.items[0])?.fields.first?.rule == "maxDepth")
        // The list itself is no level of the report.
        let most = String(repeating: "[", count: 31) + String(repeating: "]", count: 31)
        #expect(
            try places(admitBatch("[{\"message\":\"a\",\"x\":\(most)},{\"message\":\"a\",\"x\":[\(most)]}]")) == "gx")
    }

    @Test func saysWhyAnItemIsRejected() throws {
        let admission = try admitBatch("{\"message\":\"a\"}\n{\"message\":7}\n{\"a\":tru}\n[]\n{\"k\":1,\"k\":1}")
        #expect(reason(admission.items[1])?.fields == [FieldProblem(field: "message", rule: "string")])
        #expect(reason(admission.items[2])?.message == "malformed JSON: neither true, false nor null at byte 5")
        #expect(reason(admission.items[3])?.fields == [FieldProblem(field: "body", rule: "object")])
        #expect(reason(admission.items[4])?.fields == [FieldProblem(field: "k", rule: "uniqueKeys")])
        #expect(admission.items[0].eventID.count == 36)
        #expect(admission.items[1].eventID.isEmpty)
        #expect(admission.keptCount == 1)
    }

    @Test func sumsUpByFingerprint() throws {
        let admission = try admitBatch(
            """
            {"message":"alpha","timestamp":1699999990}
            {"message":"beta"}
            {"message":"alpha","timestamp":1699999980,"service":"second"}
            {"message":"alpha","timestamp":1600000000}
            {"message":"alpha","timestamp":1699999000,"eventId":"e1"}
            {"message":"gamma","eventId":"e2","timestamp":1699999970}
            {"message":"delta","eventId":"e1"}
            {"message":"alpha","eventId":"e1","project":"p"}
            """
        )
        #expect(places(admission) == "gggg" + "ii" + "ri")
        #expect(admission.groups.map(\.tally.count) == [3, 1, 0, 0])
        #expect(Set(admission.groups.map(\.fingerprint)).count == 4)
        let alpha = admission.groups[0]
        #expect(alpha.tally.firstMilliseconds == 1_699_999_980_000)
        #expect(alpha.tally.lastMilliseconds == receivedMilliseconds)
        #expect(admission.items[3].adjusted == ErrorFieldSet(.timestamp))
        // The first report stands for its group.
        let record = try ErrorRecord(decoding: alpha.record)
        #expect(record.texts[.service] == nil)
        #expect(record.eventMilliseconds == 1_699_999_990_000)
        #expect(record.texts[.eventId].map(Array.init) == admission.items[0].eventID)
        // Identified reports are not counted in their groups, and repeated ones make none.
        #expect(admission.identified.map(\.groupIndex) == [0, 2, 3])
        #expect(
            admission.identified.map(\.tally.firstMilliseconds) == [
                1_699_999_000_000, 1_699_999_970_000, receivedMilliseconds,
            ])
        #expect(Set(admission.identified.map(\.eventHash)).count == 3)
        #expect(admission.items[6].place == .repeated(0))
        #expect(admission.group(of: admission.items[6])?.fingerprint == alpha.fingerprint)
    }

    @Test func forgetsTheBatchBefore() throws {
        let path = try ErrorPath(grouping: .standard)
        let body = Array("{\"message\":\"a\",\"eventId\":\"1\"}\n{\"message\":\"a\"}".utf8)
        for _ in 0..<3 {
            let admission = try body.withUnsafeBytes { try path.admission(forBatch: $0, receivedAt: 5) }
            #expect(places(admission) == "ig")
            #expect(admission.groups.map(\.tally.count) == [1])
        }
    }

    @Test func agreesWithSingleReports() throws {
        let body =
            "{\"message\":\"User 17 failed\",\"type\":\"E\",\"stack\":\"E: x\\n at f (/srv/app/a.js:1:2)\",\"project\":\"p\"}"
        let single = try admitSingle(Array(body.utf8))
        let batch = try admitBatch("[\(body),\(body)]")
        #expect(batch.groups.map(\.fingerprint) == single.groups.map(\.fingerprint))
        #expect(batch.groups[0].record.count == single.groups[0].record.count)
    }
}
