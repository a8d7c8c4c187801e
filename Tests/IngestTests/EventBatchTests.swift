import Fingerprint
import Ingest
import Testing

struct EventBatchTests {
    private static let a = event("\"event_id\":\"a\"")
    private static let b = event()
    private static let lines = b.split(separator: ",").joined(separator: ",\n  ")

    /// One letter for each item: q(ueued), r(epeated), x (rejected).
    private func places(_ admission: EventAdmission) -> String {
        String(
            admission.items.map { item -> Character in
                switch item.place {
                case .record: "q"
                case .repeated: "r"
                case .rejected: "x"
                }
            }
        )
    }

    private func reason(_ item: EventAdmission.Item) -> RequestRejection? {
        if case .rejected(let rejection) = item.place { rejection } else { nil }
    }

    @Test(arguments: [
        // Arrays.
        ("[\(a)]", "q"), (" [ \(a) , \(b) ] ", "qq"), ("[\(a),{}]", "qx"), ("[1,\"a\",null,[],[[{}]],\(a)]", "xxxxxq"),
        ("[{\"value\":1e999},\(a)]", "xq"), ("[{\"x\":1,\"x\":1},\(a)]", "xq"), ("[\(a),\(b),\(a)]", "qqr"),
        ("\u{FEFF}[\(a)]", "q"), ("[\n\(lines),\n\(lines)\n]", "qq"),
        // One object.
        (a, "q"), (" \n\(a)\n", "q"), (lines, "q"), ("\u{FEFF}\(lines)\n\n", "q"), ("{}", "x"), ("{\n}", "x"),
        ("{\n\"site_id\":7\n}", "x"), ("{\n\"site_id\":oops\n}", "x"), ("{\n\"x\":\n{\n}\n", "x"),
        ("{\"x\":\n{\"y\":\n{}},\n" + b.dropFirst(), "q"),
        // Lines.
        ("\(a)\n\(b)", "qq"), ("\(a)\r\n\r\n \(a)\r\n", "qr"), ("\(a)\n{oops\n\(b)", "qxq"), ("oops", "x"),
        ("{oops\n\(b)\n\(b)", "xqq"), ("\(a) x\n\(b)", "xq"), ("{}\n[]\n1\nnull", "xxxx"), ("\(a)\(b)", "x"),
        ("\(a),\n\(b)", "xq"), ("{\"site_id\":\"s\n\(b)", "xq"),
    ])
    func readsItems(_ body: String, expected: String) throws {
        #expect(try places(admitEvents(body)) == expected)
    }

    @Test(arguments: [
        "[", "[\(a)", "[\(a),]", "[,\(a)]", "[\(a)\(b)]", "[\(a)] x", "[\(a)]\n[\(b)]", "[\(a),{\"site_id\":}]",
        "[oops]", "[\(a),{\"x\":\"\\x\"}]",
    ])
    func rejectsAnArrayThatIsNotJSONAsAWhole(_ body: String) throws {
        let rejection = try #require(throws: RequestRejection.self) { _ = try admitEvents(body) }
        #expect(rejection.statusCode == 400)
        #expect(rejection.code == "invalid_json")
    }

    @Test(arguments: ["", " \n\r\n\t", "[]", " [ ] ", "\u{FEFF}", "\u{FEFF}[]"])
    func rejectsAnEmptyBatch(_ body: String) throws {
        let rejection = try #require(throws: RequestRejection.self) { _ = try admitEvents(body) }
        #expect(rejection.statusCode == 400)
        #expect(rejection.code == "empty_batch")
        #expect(rejection.message == "the batch holds no event")
    }

    @Test(arguments: [false, true])
    func limitsTheItems(_ isArray: Bool) throws {
        func batch(_ count: Int) -> String {
            let items = [String](repeating: Self.b, count: count)
            return isArray ? "[" + items.joined(separator: ",") + "]" : items.joined(separator: "\n") + "\n"
        }
        let full = try admitEvents(batch(1000))
        #expect(full.items.count == 1000)
        #expect(full.records.count == 1000)
        let rejection = try #require(throws: RequestRejection.self) { _ = try admitEvents(batch(1001)) }
        #expect(rejection.statusCode == 413)
        #expect(rejection.message == "a batch holds at most 1000 events")
        #expect(rejection.fields == [FieldProblem(field: "body", rule: "maxItems", limit: 1000)])
    }

    @Test func tellsEventsApartByTheirIDWithinTheirSite() throws {
        let other = event("\"event_id\":\"a\"", "\"site_id\":\"other\"")
        let changed = event("\"event_id\":\"a\"", "\"path\":\"/changed\"")
        let admission = try admitEvents("[\(Self.a),\(other),\(changed),\(Self.b),\(Self.b),\(other),{}]")
        #expect(
            admission.items.map(\.place).dropLast() == [
                .record(0), .record(1), .repeated(0), .record(2), .record(3), .repeated(1),
            ])
        #expect(admission.records.map { $0.eventHash != nil } == [true, true, false, false])
        #expect(admission.records[0].eventHash != admission.records[1].eventHash)
        #expect(admission.items[2].eventID == Array("a".utf8))
        #expect(admission.items[6].eventID.isEmpty)
        // The first one is kept.
        #expect(try EventRecord(decoding: admission.records[0].payload).texts[.path] == nil)
        let records = try admission.records.map { try EventRecord(decoding: $0.payload) }
        #expect(records[0].eventKey == admission.records[0].eventHash)
        #expect(Set(records.map(\.eventKey)).count == 4)
    }

    @Test func givesEventsWithoutAnIDOneOfTheirOwn() throws {
        let admission = try admitEvents("\(Self.b)\n\(Self.b)")
        for (record, item) in zip(admission.records, admission.items) {
            let kept = try EventRecord(decoding: record.payload)
            #expect(kept.texts[.eventID].map(Array.init) == item.eventID)
            // The key is the id without its hyphens.
            let hex = String(decoding: item.eventID.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
            #expect(
                kept.eventKey.bytes
                    == stride(from: 0, to: 32, by: 2).compactMap { UInt8(String(Array(hex)[$0..<$0 + 2]), radix: 16) })
            #expect(String(decoding: item.eventID, as: UTF8.self).hasPrefix("018bcfe5-6800-7"))
        }
        #expect(admission.items[0].eventID != admission.items[1].eventID)
    }

    @Test func hashesAnIDAlikeFromRequestToRequest() throws {
        let path = try EventPath()
        var hashes: Set<Digest16> = []
        for body in [Self.a, "[\(Self.a)]", "\(Self.b)\n\(Self.a)", "\(Self.a)\n\(Self.a)"] {
            for _ in 0..<2 {
                let admission = try Array(body.utf8).withUnsafeBytes {
                    try path.admission(forBatch: $0, receivedAt: receivedMilliseconds)
                }
                hashes.formUnion(admission.records.compactMap(\.eventHash))
            }
        }
        let single = try Array(Self.a.utf8).withUnsafeBytes {
            try path.admission(forSingle: $0, receivedAt: 2_000_000_000_000)
        }
        hashes.insert(try #require(single.records[0].eventHash))
        #expect(hashes.count == 1)
        // Ids of errors have hashes of their own.
        let error = try admitSingle(Array("{\"message\":\"m\",\"eventId\":\"a\",\"project\":\"s\"}".utf8))
        #expect(!hashes.contains(error.identified[0].eventHash))
    }

    @Test func forgetsTheBatchBefore() throws {
        let path = try EventPath()
        let body = Array("[\(Self.a),\(Self.a)]".utf8)
        for _ in 0..<3 {
            let admission = try body.withUnsafeBytes {
                try path.admission(forBatch: $0, receivedAt: receivedMilliseconds)
            }
            #expect(places(admission) == "qr")
            #expect(admission.records.count == 1)
        }
        // Nor does a single event know of it.
        let single = try Array(Self.a.utf8).withUnsafeBytes {
            try path.admission(forSingle: $0, receivedAt: receivedMilliseconds)
        }
        #expect(places(single) == "q")
    }

    @Test func saysWhyAnItemIsRejected() throws {
        let admission = try admitEvents("\(Self.b)\n{\"site_id\":7}\n{\"a\":tru}\n[]\n{\"k\":1,\"k\":1}")
        #expect(places(admission) == "qxxxx")
        #expect(reason(admission.items[1])?.fields.map(\.rule) == ["string", "required", "required"])
        #expect(reason(admission.items[2])?.message == "malformed JSON: neither true, false nor null at byte 5")
        #expect(reason(admission.items[3])?.fields == [FieldProblem(field: "body", rule: "object")])
        #expect(reason(admission.items[4])?.fields == [FieldProblem(field: "k", rule: "uniqueKeys")])
    }

    @Test func agreesWithSingleEvents() throws {
        let body = event("\"event_id\":\"a\"", "\"x\":[1]", "\"user_id\":\"u\"")
        #expect(try admitEvents("[\(body)]").records[0].payload == keptEvent(body).admission.records[0].payload)
    }
}
