import Fingerprint
import Ingest
import Testing

/// Whole reports: every field, the context, the order of scrubbing, grouping and cutting, and what the answer says.
struct ScrubReportTests {
    private static let secret = "hunter2-q7"

    private func fields(_ set: ErrorFieldSet) -> [String] { set.fields.map { $0.name.description } }

    /// Nothing of the secret is in what would be stored or answered.
    private func holds(_ secret: String, _ admission: ErrorAdmission) -> Bool {
        var all = admission.groups.flatMap(\.record)
        ErrorReply.appendBatch(admission, ErrorOutcomes(of: admission), to: &all)
        return String(decoding: all, as: UTF8.self).contains(secret)
    }

    @Test(arguments: [
        ("message", "message"), ("stackTrace", "stackTrace"), ("stack", "stackTrace"), ("stacktrace", "stackTrace"),
        ("stack_trace", "stackTrace"), ("type", "type"), ("name", "type"), ("level", "level"), ("service", "service"),
        ("environment", "environment"), ("release", "release"), ("project", "project"), ("other", "context"),
    ])
    func everyTextIsScrubbed(key: String, field: String) throws {
        let other = key == "message" ? "" : "\"message\":\"m\","
        let report = try kept("{\(other)\"\(key)\":\"x password=\(Self.secret) y\"}")
        #expect(!holds(Self.secret, report.admission))
        #expect(fields(report.item.scrubbed) == [field])
        let text = ErrorField.allCases.first { $0.name.description == field }.flatMap { report.text($0) }
        #expect(text?.contains("x password=[scrubbed] y") == true)
    }

    @Test func callersFingerprintIsScrubbed() throws {
        let report = try kept(#"{"message":"m","fingerprint":["a","token=\#(Self.secret)"]}"#)
        #expect(!holds(Self.secret, report.admission))
        #expect(fields(report.item.scrubbed) == ["fingerprint"])
        let other = try kept(#"{"message":"m","fingerprint":["a","token=another-one"]}"#)
        #expect(other.record.fingerprint == report.record.fingerprint)
    }

    @Test func fingerprintDoesNotDependOnTheSecret() throws {
        let reports = try ["alpha-1-x", "a longer one: 42", "{{ default }}"].map {
            try kept("{\"message\":\"cannot log in with password='\($0)'\",\"type\":\"T\"}")
        }
        #expect(Set(reports.map(\.record.fingerprint)).count == 1)
        #expect(reports.allSatisfy { $0.record.grouping == reports[0].record.grouping })
    }

    @Test func escapedSecretsAreFound() throws {
        for text in [
            "{\"message\":\"pass\\u0077ord=\\u0068unter2-q7\"}",
            "{\"message\":\"m\",\"pass\\u0077ord\":\"hunter2-q7\"}",
        ] {
            let report = try kept(text)
            #expect(!holds("unter2-q7", report.admission), "\(text)")
        }
        let slashes = try kept(#"{"message":"m","url":"redis:\/\/:\#(Self.secret)@h\/0"}"#)
        #expect(slashes.text(.context) == #"{"url":"redis://:[scrubbed]@h/0"}"#)
    }

    @Test func cleanReportIsNotNamed() throws {
        let report = try kept(
            #"{"message":"m","stack":"E: m\n  at f (a.js:1:2)","context":{"a":"\u0041","b":[1,{"c":null}]}}"#)
        #expect(report.item.scrubbed == [])
        #expect(report.text(.context) == #"{"a":"\u0041","b":[1,{"c":null}]}"#)
    }

    @Test func nothingIsScrubbedWhenOff() throws {
        let path = try ErrorPath(grouping: .standard, scrubber: nil)
        let body = Array(#"{"message":"password=\#(Self.secret)","password":"x"}"#.utf8)
        let admission = try body.withUnsafeBytes { try path.admission(forSingle: $0, receivedAt: receivedMilliseconds) }
        #expect(holds(Self.secret, admission))
        #expect(admission.items[0].scrubbed == [])
    }

    @Test func answersNameTheFields() throws {
        let admission = try admitBatch(
            #"[{"message":"pwd=x1","eventId":"e","secret":"y"},{"message":"m","eventId":"f"}]"#)
        var output: [UInt8] = []
        ErrorReply.appendBatch(admission, ErrorOutcomes(of: admission), to: &output)
        let text = String(decoding: output, as: UTF8.self)
        #expect(text.contains(#""eventId":"e","scrubbed":["message","context"]}"#))
        #expect(text.hasSuffix(#""eventId":"f"}]}"#))
    }

    // MARK: - Context

    @Test(arguments: [
        (#"{"password":"x"}"#, #"{"password":"[scrubbed]"}"#),
        (
            #"{"password":17,"token":[1,{"a":"b"}],"auth":{"user":"u"}}"#,
            #"{"password":"[scrubbed]","token":"[scrubbed]","auth":"[scrubbed]"}"#
        ),
        (#"{"password":null,"secret":true,"token":false,"session":"","n":1}"#, nil),
        (#"{"password":"[scrubbed]","token":"***"}"#, nil),
        (#"{"a":[{"b":{"c":{"api_key":"x"}}}],"z":1}"#, #"{"a":[{"b":{"c":{"api_key":"[scrubbed]"}}}],"z":1}"#),
        (#"{"deep":"url is /?token=x1&n=2"}"#, #"{"deep":"url is /?token=[scrubbed]&n=2"}"#),
        (
            #"{"headers":["Authorization: Bearer x","Accept: */*"]}"#,
            #"{"headers":["Authorization: [scrubbed]","Accept: */*"]}"#
        ),
        (#"{ "a" : 1 , "password" : "x" , "b" : [ 1 , 2 ] }"#, #"{"a":1,"password":"[scrubbed]","b":[ 1 , 2 ]}"#),
        (#"{"o":{ "password" : "x" , "b" : 1 }}"#, #"{"o":{ "password" : "[scrubbed]" , "b" : 1 }}"#),
        (
            #"{"pan":4111111111111111,"id":4111111111111112,"x":-4111111111111111,"f":1.5e3}"#,
            #"{"pan":"[scrubbed]","id":4111111111111112,"x":-4111111111111111,"f":1.5e3}"#
        ),
        (#"{"quote":"\"password\":\"x\\\"y\",\"n\""}"#, #"{"quote":"\"password\":\"[scrubbed]\",\"n\""}"#),
        (
            #"{"User Password":"x","user[password]":"y"}"#,
            #"{"User Password":"[scrubbed]","user[password]":"[scrubbed]"}"#
        ),
        (#"{"o":{"password=abc":1,"b":2}}"#, #"{"o":{"b":2}}"#),
        (#"{"o":{"b":2, "password=abc":{"c":[1]}, "d":3}}"#, #"{"o":{"b":2, "d":3}}"#),
        (#"{"o":{"password=abc":1}}"#, #"{"o":{}}"#),
        (#"{"password=abc":1,"b":2}"#, #"{"b":2}"#),
        (#"{"author":"x","max_tokens":5,"tokenizer":{"a":[]}}"#, nil),
        (
            #"{"password_":"x","o":{"Password:":"y","password[]":["z"],"password[0]":1,"token?":"v"}}"#,
            #"{"password_":"[scrubbed]","o":{"Password:":"[scrubbed]","password[]":"[scrubbed]","password[0]":"[scrubbed]","token?":"[scrubbed]"}}"#
        ),
        (
            #"{"PWD":"hunter2","env":{"PWD":"/app"},"w":{"PWD":"C:\\x"}}"#,
            #"{"PWD":"[scrubbed]","env":{"PWD":"/app"},"w":{"PWD":"C:\\x"}}"#
        ),
        (#"{"PWD":"/app","Author:":"x","names[0]":"y","o":{"PWD":null,"token?":true}}"#, nil),
    ])
    func context(sent: String, expected: String?) throws {
        let report = try kept("{\"message\":\"m\",\"context\":\(sent)}")
        #expect(report.text(.context) == expected ?? sent)
        #expect(fields(report.item.scrubbed) == (expected == nil ? [] : ["context"]))
        // Unknown members of the report go the same way.
        let members = sent.dropFirst().dropLast()
        let top = try kept("{\"message\":\"m\",\(members)}")
        #expect(top.text(.context) == expected ?? sent)
    }

    @Test(arguments: ScrubCorpus.secrets)
    func corpusInContext(_ sample: ScrubCorpus.Secret) throws {
        // As the text of a string, each letter escaped in turn with others not; the result is the same.
        for isEscaped in [{ (_: Unicode.Scalar) in false }, { (scalar: Unicode.Scalar) in scalar.value % 3 == 0 }] {
            let report = try kept("{\"message\":\"m\",\"context\":{\"a\":[\(sample.text.json(escaping: isEscaped))]}}")
            let again = try kept("{\"message\":\(sample.scrubbed.json()),\"context\":\(report.text(.context) ?? "")}")
            #expect(report.text(.context) == "{\"a\":[\(sample.scrubbed.json())]}")
            #expect(again.text(.context) == report.text(.context))
            #expect(again.item.scrubbed == [])
        }
    }

    @Test(arguments: ScrubCorpus.clean)
    func cleanCorpusInContext(_ text: String) throws {
        let report = try kept("{\"message\":\"m\",\"context\":{\"a\":[\(text.json())],\"b\":{}}}")
        #expect(report.text(.context) == "{\"a\":[\(text.json())],\"b\":{}}")
        #expect(report.item.scrubbed == [])
    }

    @Test(arguments: [1, 5, 26])
    func secretsAreFoundAtEveryDepth(_ depth: Int) throws {
        let open = String(repeating: "[{\"a\":", count: depth / 2)
        let close = String(repeating: "}]", count: depth / 2)
        let report = try kept("{\"message\":\"m\",\"context\":{\"x\":\(open){\"pwd\":\"\(Self.secret)\"}\(close)}}")
        #expect(report.text(.context) == "{\"x\":\(open){\"pwd\":\"[scrubbed]\"}\(close)}")
    }

    // MARK: - Event ids

    @Test func eventIDWithASecretBecomesADigest() throws {
        let token = "ghp" + "_0123456789abcdefABCDEF0123456789abcd"
        let one = try kept("{\"message\":\"m\",\"eventId\":\"\(token)\"}")
        #expect(!holds(token, one.admission))
        #expect(fields(one.item.scrubbed) == ["eventId"])
        let id = String(decoding: one.item.eventID, as: UTF8.self)
        #expect(id.hasPrefix("scrubbed-") && id.utf8.count == 41)
        // Still one report when it comes twice, and another one when the token is another.
        let batch = try admitBatch(
            "{\"message\":\"m\",\"eventId\":\"\(token)\"}\n{\"message\":\"m\",\"eventId\":\"\(token)\"}\n{\"message\":\"m\",\"eventId\":\"\(token)e\"}"
        )
        #expect(batch.items.map(\.place) == [.identified(0), .repeated(0), .identified(1)])
        #expect(batch.items[0].eventID == one.item.eventID && batch.items[2].eventID != one.item.eventID)
    }

    @Test(arguments: [
        "4111111111111111", "01890a5d-ac96-774b-bcce-b302099a8057", "order-17", "e3b0c44298fc1c149afbf4c8996fb924",
    ])
    func ordinaryEventIDsAreKept(_ id: String) throws {
        let report = try kept("{\"message\":\"m\",\"eventId\":\"\(id)\"}")
        #expect(report.text(.eventId) == id)
        #expect(report.item.scrubbed == [])
    }

    // MARK: - Limits and repairs

    @Test func secretsAcrossTheLimitAreHidden() throws {
        for (before, secret) in [
            (8_190, "4111 1111 1111 1111"), (8_180, "password=\(Self.secret)"),
            (8_185, "ghp" + "_0123456789abcdefABCDEF0123456789abcd"),
            (8_150, "-----BEGIN PRIVATE KEY-----\\nMIIEvQ\\n-----END PRIVATE KEY-----"),
        ] {
            let text = String(repeating: "y ", count: before / 2)
            let report = try kept("{\"message\":\"\(text)\(secret) and more \(text)\"}")
            let message = try #require(report.text(.message))
            #expect(message.utf8.count <= ErrorLimits.messageBytes)
            #expect(fields(report.item.truncated) == ["message"])
            for piece in ["4111", "hunter", "ghp", "MIIE"] { #expect(!message.contains(piece)) }
        }
    }

    @Test func longerThanTheSecretAndStillWithinTheLimit() throws {
        // 100 values of one letter, each replaced by ten.
        let text = String(repeating: "pw pwd=x ", count: 910)
        let report = try kept("{\"message\":\"\(text)\"}")
        #expect(report.text(.message)?.utf8.count ?? .max <= ErrorLimits.messageBytes)
        #expect(report.text(.message)?.contains("pwd=x") == false)
        #expect(fields(report.item.truncated) == ["message"])
    }

    @Test func aLongSecretMakesRoomForWhatFollows() throws {
        let report = try kept("{\"message\":\"password='\(String(repeating: "z", count: 20_000))' was refused\"}")
        #expect(report.text(.message) == "password='[scrubbed]' was refused")
        #expect(report.item.truncated == [])
    }

    @Test func brokenTextIsRepairedAndScrubbed() throws {
        let report = try kept(
            bytes("{\"message\":\"<ff> password=a<c3>b\\ud800c d\",\"context\":{\"x<0a>\":\"\",\"y\":\"<ff> pwd=q\"}}")
                .filter { $0 != 0x0A })
        #expect(report.text(.message) == "\u{FFFD} password=[scrubbed] d")
        #expect(report.text(.context) == "{\"x\":\"\",\"y\":\"\u{FFFD} pwd=[scrubbed]\"}")
        #expect(fields(report.item.repaired) == ["message", "context"])
        #expect(fields(report.item.scrubbed) == ["message", "context"])
    }
}
