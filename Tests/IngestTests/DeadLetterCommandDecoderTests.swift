import Ingest
import QueueCore
import Testing

/// The bodies of the two POST routes of dead letters: taken exactly, or refused with field, rule and limit.
struct DeadLetterCommandDecoderTests {
    private static let one = DeadLetterID(queue: "errors", key: [0x0A, 0xFF])

    @Test(arguments: [
        (
            #"{"letters":[{"queue":"errors","key":"0aff"}]}"#, DeadLetterSelection.letters([one]),
            DeadLetterCommand.defaultWaitSeconds
        ),
        (
            #" {"waitSeconds":0,"letters":[{"key":"0AFF","queue":"errors"},{"queue":"events","key":"0aff"}]}"#,
            .letters([one, DeadLetterID(queue: "events", key: [0x0A, 0xFF])]), 0
        ),
        (#"{"queue":"errors"}"#, .matching(DeadLetterFilter(queue: "errors")), 5),
        (#"{"all":true,"waitSeconds":30}"#, .matching(DeadLetterFilter()), 30),
        (#"{"all":true,"state":"replaying"}"#, .matching(DeadLetterFilter(state: .replaying)), 5),
        (
            #"{"reason":"refused by the store","since":"1970-01-01T00:00:01Z","until":1700000000,"queue":null}"#,
            .matching(
                DeadLetterFilter(
                    reason: "refused by the store", sinceMilliseconds: 1_000, untilMilliseconds: 1_700_000_000_000)), 5
        ),
        (
            #"{"queue":"errors","cursor":"1000.0aff.errors"}"#,
            .matching(
                DeadLetterFilter(queue: "errors"), after: DeadLetterCursor(lastFailedMilliseconds: 1_000, id: one)), 5
        ),
    ])
    func taken(body: String, selection: DeadLetterSelection, waitSeconds: Int) throws {
        let command = try DeadLetterCommandDecoder.replay(bytes(body))
        #expect(command.selection == selection)
        #expect(command.waitSeconds == waitSeconds)
    }

    @Test(arguments: [
        ("", "body", "required"), ("{", "body", "json"), ("[]", "body", "object"), ("{} x", "body", "json"),
        ("{}", "all", "required"), (#"{"state":"dead"}"#, "all", "required"), (#"{"queue":null}"#, "all", "required"),
        (#"{"all":false}"#, "all", "oneOf:true"), (#"{"all":1}"#, "all", "oneOf:true"),
        (#"{"all":true,"queue":"errors"}"#, "queue", "notWith:all"),
        (#"{"queue":"errors","queue":"events"}"#, "queue", "uniqueKeys"),
        (#"{"queues":"errors"}"#, "queues", "unknownField"), (#"{"queue":7}"#, "queue", "string"),
        (#"{"queue":""}"#, "queue", "characters"), (#"{"queue":"\ud800"}"#, "queue", "utf8"),
        (#"{"all":true,"state":"replayed"}"#, "state", "oneOf:dead,replaying"),
        (#"{"since":"yesterday"}"#, "since", "timestamp"), (#"{"until":true}"#, "until", "timestamp"),
        (#"{"all":true,"cursor":"x"}"#, "cursor", "cursor"),
        (#"{"all":true,"waitSeconds":31}"#, "waitSeconds", "range:0...30"),
        (#"{"all":true,"waitSeconds":1.5}"#, "waitSeconds", "range:0...30"),
        (#"{"all":true,"waitSeconds":"5"}"#, "waitSeconds", "range:0...30"),
        (#"{"letters":[]}"#, "letters", "minItems"), (#"{"letters":{}}"#, "letters", "array"),
        (#"{"letters":["errors/0aff"]}"#, "letters", "letter"),
        (#"{"letters":[{"queue":"errors"}]}"#, "letters", "letter"),
        (#"{"letters":[{"queue":"errors","key":"0af"}]}"#, "letters", "letter"),
        (#"{"letters":[{"queue":"errors","key":""}]}"#, "letters", "letter"),
        (#"{"letters":[{"queue":"errors","key":"0a","x":"1"}]}"#, "letters", "letter"),
        (#"{"letters":[{"queue":"errors","queue":"x","key":"0a"}]}"#, "queue", "uniqueKeys"),
        (
            #"{"letters":[{"queue":"errors","key":"0a"},{"queue":"errors","key":"0A"}]}"#, "letters", "unique"
        ),
        (#"{"letters":[{"queue":"errors","key":"0a"}],"all":true}"#, "all", "notWith:letters"),
        (#"{"letters":[{"queue":"errors","key":"0a"}],"queue":"errors"}"#, "queue", "notWith:letters"),
        (#"{"letters":[{"queue":"errors","key":"0a"}],"state":"dead"}"#, "state", "notWith:letters"),
    ])
    func refused(body: String, field: String, rule: String) {
        let rejection = #expect(throws: RequestRejection.self) { try DeadLetterCommandDecoder.replay(bytes(body)) }
        #expect(rejection?.statusCode == 400)
        #expect(rejection?.fields.first?.field == field)
        #expect(rejection?.fields.first?.rule == rule)
    }

    @Test func discardingIsNotWatched() throws {
        let rejection = #expect(throws: RequestRejection.self) {
            try DeadLetterCommandDecoder.discard(bytes(#"{"all":true,"waitSeconds":5}"#))
        }
        #expect(rejection?.fields.map(\.rule) == ["unknownField"])
        let command = try DeadLetterCommandDecoder.discard(bytes(#"{"all":true,"state":"replayed"}"#))
        #expect(command.selection == .matching(DeadLetterFilter(state: .replayed)))
    }

    @Test func atMostAThousandLetters() throws {
        func body(_ count: Int) -> String {
            let letters = (0..<count).map { #"{"queue":"errors","key":"\#(Self.hex($0))"}"# }
            return #"{"letters":[\#(letters.joined(separator: ","))]}"#
        }
        guard case .letters(let ids) = try DeadLetterCommandDecoder.discard(bytes(body(1_000))).selection else {
            Issue.record("a filter")
            return
        }
        #expect(ids.count == 1_000)
        let rejection = #expect(throws: RequestRejection.self) {
            try DeadLetterCommandDecoder.discard(bytes(body(1_001)))
        }
        #expect(rejection?.fields.map(\.rule) == ["maxItems"])
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{FF}", "w78="),
    ])
    func base64(text: String, encoded: String) {
        // Not UTF-8, so that it is shown in base64: 0xFF before, and its three digits of a whole group.
        let payload = [0xFF, 0xFE, 0xFD] + Array(text.utf8)
        let letter = StoredDeadLetter(
            id: Self.one, state: .dead, attempts: 1, firstFailedMilliseconds: 0, lastFailedMilliseconds: 0, reason: "r",
            code: 0, detail: "", payloadByteCount: payload.count, payload: payload)
        let json = String(decoding: letter.json(DeadLetterContent(letter, kind: nil)), as: UTF8.self)
        #expect(json.contains(#""payload":{"base64":"//79\#(encoded)"},"record":null"#))
    }

    @Test func aTextIsShownAsItIs() {
        let payload = Array("{\"a\":\u{1B}1}".utf8)
        let letter = StoredDeadLetter(
            id: Self.one, state: .dead, attempts: 2, firstFailedMilliseconds: 0, lastFailedMilliseconds: 1, reason: "r",
            code: 7, detail: "d", payloadByteCount: payload.count, payload: payload)
        let json = String(decoding: letter.json(DeadLetterContent(letter, kind: .errors)), as: UTF8.self)
        #expect(json.contains(#""payload":{"text":"{\"a\":\u001b1}"},"record":null"#))
        #expect(json.hasPrefix(#"{"queue":"errors","key":"0aff","state":"dead","attempts":2,"#))
    }

    private static func hex(_ number: Int) -> String {
        String(repeating: "0", count: 4 - String(number, radix: 16).count) + String(number, radix: 16)
    }
}
