import Ingest
import Testing

/// Cuts fall between characters, and are named.
struct TextLimitTests {
    static let characters = ["a", "é", "€", "😀"]

    /// A text of `count` bytes or a little more that has `character` across every possible boundary.
    private func text(of character: String, bytes count: Int, shift: Int) -> String {
        String(repeating: "x", count: shift) + String(repeating: character, count: count / character.utf8.count + 1)
    }

    @Test(arguments: [(ErrorField.message, 8192), (.stackTrace, 262_144)], characters)
    func cutsBytes(_ limit: (ErrorField, Int), character: String) throws {
        for shift in 0..<4 {
            for isEscaped in [false, true] {
                let sent = text(of: character, bytes: limit.1, shift: shift)
                let body =
                    "{\"\(limit.0.name)\":\"\(isEscaped ? "\\u0078" : "x")\(sent)\""
                    + (limit.0 == .message ? "}" : ",\"message\":\"m\"}")
                let report = try kept(body)
                let stored = try #require(report.text(limit.0))
                #expect(stored.utf8.count <= limit.1)
                #expect(stored.utf8.count > limit.1 - character.utf8.count)
                #expect(("x" + sent).hasPrefix(stored))
                #expect(report.item.truncated == ErrorFieldSet(limit.0))
                #expect(report.item.repaired == [])
            }
        }
    }

    @Test(arguments: [ErrorField.type, .level, .service, .environment, .release, .project], characters)
    func cutsCharacters(_ field: ErrorField, character: String) throws {
        for count in [254, 255, 256, 1000] {
            let sent = String(repeating: character, count: count)
            let report = try kept("{\"message\":\"m\",\"\(field.name)\":\"\(sent)\"}")
            #expect(report.text(field) == String(repeating: character, count: min(count, 255)))
            #expect(report.item.truncated == (count > 255 ? ErrorFieldSet(field) : []))
        }
    }

    @Test func keepsWhatFitsExactly() throws {
        let message = String(repeating: "m", count: 8192)
        let stack = String(repeating: "😀", count: 65_536)
        let report = try kept("{\"message\":\"\(message)\",\"stack\":\"\(stack)\"}")
        #expect(report.text(.message) == message)
        #expect(report.text(.stackTrace) == stack)
        #expect(report.item.truncated == [])
    }

    @Test func countsWhatIsKeptAndNotWhatWasSent() throws {
        // 6 bytes an escape when sent, 1 byte when kept.
        let fits = String(repeating: "\\u0061", count: 8192)
        #expect(try kept("{\"message\":\"\(fits)\"}").item.truncated == [])
        #expect(try kept("{\"message\":\"\(fits)\\u0061\"}").item.truncated == ErrorFieldSet(.message))
        // 1 byte when sent, 3 bytes when kept.
        let broken = [UInt8](repeating: 0xFF, count: 8192 / 3 + 1)
        let report = try kept(Array("{\"message\":\"".utf8) + broken + Array("\"}".utf8))
        #expect(report.text(.message) == String(repeating: "\u{FFFD}", count: 8192 / 3))
        #expect(report.item.truncated == ErrorFieldSet(.message))
        #expect(report.item.repaired == ErrorFieldSet(.message))
    }

    @Test func namesEveryFieldThatWasCut() throws {
        let long = String(repeating: "l", count: 9000)
        let report = try kept(
            "{\"message\":\"\(long)\",\"type\":\"\(long)\",\"project\":\"p\",\"release\":\"\(long)\"}")
        #expect(report.item.truncated == [ErrorFieldSet(.message), ErrorFieldSet(.type), ErrorFieldSet(.release)])
    }

    @Test func limitsTheCallersFingerprint() throws {
        let parts = (0..<32).map { "\"p\($0)\"" }
        let first = try kept("{\"message\":\"m\",\"fingerprint\":[\(parts.joined(separator: ","))]}")
        #expect(first.item.truncated == [])
        let more = try kept("{\"message\":\"m\",\"fingerprint\":[\((parts + ["\"over\""]).joined(separator: ","))]}")
        #expect(more.item.truncated == ErrorFieldSet(.fingerprint))
        #expect(more.record.fingerprint == first.record.fingerprint)
        let long = String(repeating: "é", count: 256)
        #expect(
            try kept("{\"message\":\"m\",\"fingerprint\":[\"\(long)\"]}").item.truncated == ErrorFieldSet(.fingerprint))
    }
}
