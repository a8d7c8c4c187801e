import Fingerprint
import Ingest
import QueueCore
import Testing

/// Whatever is sent, the decoder ends, does not crash, and what it keeps can be read back.
struct EventFuzzTests {
    private static let seeds: [[UInt8]] = [
        event(
            "\"path\":\"/\"", "\"user_id\":\"u\"", "\"properties\":{\"a\":[1,2.5e3,{\"b\":null}]}", "\"x\":{\"y\":[]}"),
        event("\"session_id\":\"\\ud83d\\ude00 é\"", "\"event_id\":\"e\"", "\"value\":-0.1E+2", "\"url\":\"\\n\""),
        "[\(event()),\(event("\"event_id\":\"1\"")),\(event("\"event_id\":\"1\"")),{}]",
        "\(event())\n\(event("\"referrer\":\"r\""))\r\n\n{\"site_id\":\"s\"}\n",
        event("\"properties\":{\"a\":{\"a\":[[[[]]]]}}").split(separator: ",").joined(separator: ",\n"),
    ].map { Array($0.utf8) }

    private static let fragments: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "e", "-", ".", "0", "1e999", "true",
            "null", "\n", " ", "\"site_id\":\"s\"", "\"event_type\":\"view\"", "\"timestamp\":\"2023-11-14\"",
            "\"event_id\":\"", "\"properties\":{", "\"value\":", "\"path\":", "\"a\":1,\"a\":1",
        ].map { Array($0.utf8) } + [
            [0], [0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0x7F], [0x80],
        ]

    private func check(_ body: [UInt8], with path: EventPath) throws {
        for isBatch in [false, true] {
            let admission: EventAdmission
            do {
                admission = try body.withUnsafeBytes {
                    isBatch
                        ? try path.admission(forBatch: $0, receivedAt: receivedMilliseconds)
                        : try path.admission(forSingle: $0, receivedAt: receivedMilliseconds)
                }
            } catch let rejection as RequestRejection {
                #expect(rejection.statusCode == 400 || rejection.statusCode == 413)
                #expect(!rejection.fields.isEmpty)
                try checkIsJSON { EventReply.append(rejection, style: .envelope, to: &$0) }
                continue
            }
            #expect(
                Set(admission.records.compactMap(\.eventHash)).count == admission.records.count { $0.eventHash != nil })
            for record in admission.records {
                let kept = try EventRecord(decoding: record.payload)
                if let properties = kept.texts[.properties] {
                    // What is stored as properties is an object this very decoder takes, and keeps as it is.
                    let again = Array(event().dropLast().utf8) + Array(",\"properties\":".utf8) + properties
                    #expect(try keptEvent(again + Array("}".utf8)).record.texts[.properties] == properties)
                }
            }
            try checkIsJSON { EventReply.appendBatch(admission, EventOutcomes(of: admission), to: &$0) }
        }
    }

    private func checkIsJSON(_ write: (inout [UInt8]) -> Void) throws {
        var reply: [UInt8] = []
        write(&reply)
        // It lacks the required fields, and that is all that is wrong with it as an event.
        let rules = try eventRejection(reply)?.fields.map(\.rule)
        #expect(rules == ["required", "required", "required"], "\(String(decoding: reply, as: UTF8.self))")
    }

    @Test(arguments: 0..<40)
    func survivesMutations(_ seed: UInt64) throws {
        let path = try EventPath()
        var generator = SeededRandom(seed: seed)
        for _ in 0..<50 {
            var body = Self.seeds.randomElement(using: &generator) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0...body.count, using: &generator)
                switch Int.random(in: 0..<5, using: &generator) {
                case 0 where place < body.count: body[place] = .random(in: .min ... .max, using: &generator)
                case 1 where place < body.count: body.remove(at: place)
                case 2: body.removeLast(body.count - place)
                case 3: body.insert(contentsOf: body[..<place].suffix(30), at: place)
                default: body.insert(contentsOf: Self.fragments.randomElement(using: &generator) ?? [], at: place)
                }
            }
            try check(body, with: path)
        }
    }

    @Test(arguments: 100..<120)
    func survivesFragmentsInAnyOrder(_ seed: UInt64) throws {
        let path = try EventPath()
        var generator = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let count = Int.random(in: 0...30, using: &generator)
            try check((0..<count).flatMap { _ in Self.fragments.randomElement(using: &generator) ?? [] }, with: path)
        }
    }

    @Test func survivesEveryStart() throws {
        let path = try EventPath()
        for seed in Self.seeds {
            for count in seed.indices { try check(Array(seed[..<count]), with: path) }
        }
    }
}
