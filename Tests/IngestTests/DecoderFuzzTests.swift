import Fingerprint
import Ingest
import QueueCore
import Testing

/// Whatever is sent, the decoder ends, does not crash, and what it keeps can be read back.
struct DecoderFuzzTests {
    private static let seeds: [[UInt8]] = [
        "{\"message\":\"boom\",\"stack\":\"E\\n at f (a.js:1:2)\",\"level\":\"error\",\"context\":{\"a\":[1,2.5e3,{\"b\":null}]}}",
        "{\"message\":\"\\ud83d\\ude00 é\",\"eventId\":\"e\",\"timestamp\":\"2023-11-14T22:13:20.5+01:00\",\"fingerprint\":[\"a\",\"{{ default }}\"]}",
        "[{\"message\":\"a\"},{\"message\":\"b\",\"x\":{\"y\":[true,false,null,-0.1E+2]}},{}]",
        "{\"message\":\"a\"}\n{\"message\":\"b\",\"event_id\":\"1\"}\r\n\n{\"name\":\"n\",\"message\":\"c\"}\n",
        "{\"a\":{\"a\":{\"a\":[[[[]]]]}},\"\\u0061b\":\"\\\\\\\"\",\"message\":\"m\",\"timestamp\":1.7e9}",
    ].map { Array($0.utf8) }

    private static let fragments: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "e", "E", "+", "-", ".", "0", "9",
            "1e999", "true", "null", "\n", " ",
            "\"message\":", "\"context\":{", "\"eventId\":\"", "\"timestamp\":", "\"fingerprint\":[", "\"a\":1,\"a\":1",
        ].map { Array($0.utf8) } + [
            [0], [0xFF], [0xC3], [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF], [0x7F], [0x80],
        ]

    private func check(_ body: [UInt8], with path: ErrorPath) throws {
        for isBatch in [false, true] {
            let admission: ErrorAdmission
            do {
                admission = try body.withUnsafeBytes {
                    isBatch
                        ? try path.admission(forBatch: $0, receivedAt: receivedMilliseconds)
                        : try path.admission(forSingle: $0, receivedAt: receivedMilliseconds)
                }
            } catch let rejection as RequestRejection {
                #expect(rejection.statusCode == 400 || rejection.statusCode == 413)
                #expect(!rejection.fields.isEmpty)
                continue
            }
            for group in admission.groups {
                let record = try ErrorRecord(decoding: group.record)
                #expect(record.fingerprint == group.fingerprint)
                if let context = record.texts[.context] {
                    // What is stored as context is an object this very decoder takes.
                    let again = Array("{\"message\":\"m\",\"context\":".utf8) + context + Array("}".utf8)
                    let kept = try kept(again)
                    #expect(kept.record.texts[.context] == context)
                    #expect(kept.item.repaired == [] && kept.item.truncated == [])
                }
            }
            var reply: [UInt8] = []
            ErrorReply.appendBatch(admission, ErrorOutcomes(of: admission), to: &reply)
            // The answer is JSON: it has no message, and that is all that is wrong with it.
            #expect(try rejection(reply)?.fields == [FieldProblem(field: "message", rule: "required")])
        }
    }

    @Test(arguments: 0..<40)
    func survivesMutations(_ seed: UInt64) throws {
        let path = try ErrorPath(grouping: .standard)
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
        let path = try ErrorPath(grouping: .standard)
        var generator = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let count = Int.random(in: 0...30, using: &generator)
            try check((0..<count).flatMap { _ in Self.fragments.randomElement(using: &generator) ?? [] }, with: path)
        }
    }

    @Test func survivesEveryStart() throws {
        let path = try ErrorPath(grouping: .standard)
        for seed in Self.seeds {
            for count in seed.indices { try check(Array(seed[..<count]), with: path) }
        }
    }

    /// The size of a request bounds the time: none of these is quadratic. A quadratic one would take minutes.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "[", "{\"a\":", "\"", "\\", "{\"a\":1}", "\n", "1,", "\\ud800", "{}\n", "0", ",", "{\"message\":\"m\"}\n",
        ])
    func takesLinearTime(_ unit: String) throws {
        let path = try ErrorPath(grouping: .standard)
        let repeated = Array(String(repeating: unit, count: 500_000 / unit.utf8.count).utf8)
        for prefix in ["", "{\"message\":\"", "{\"message\":\"m\",\"a\":\"", "[", "{\"context\":{\"a\":["] {
            let body = Array(prefix.utf8) + repeated
            body.withUnsafeBytes { bytes in
                _ = try? path.admission(forSingle: bytes, receivedAt: 5)
                _ = try? path.admission(forBatch: bytes, receivedAt: 5)
            }
        }
    }
}
