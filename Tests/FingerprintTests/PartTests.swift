import Fingerprint
import Testing

/// Which parts are hashed, and that the explanation tells them.
@Suite struct PartTests {
    static let reports = [
        Report(),
        Report(project: "shop", type: "TypeError", message: "user 42", stack: JavaScriptGolden.node),
        Report(type: "KeyError", stack: PythonGolden.django),
        Report(project: "shop", message: "user 42", custom: ["a", "{{ default }}", "b"]),
        Report(message: String(repeating: "long 1 ", count: 3000)),
        Report(
            type: String(repeating: "T", count: 20_000), message: "x", custom: [String(repeating: "c", count: 20_000)]),
    ]

    @Test(arguments: reports, Grouping.allCases)
    func theExplanationIsWhatWasHashed(_ report: Report, _ grouping: Grouping) throws {
        let fingerprinter = try Fingerprinter()
        let explanation = report.withInput { fingerprinter.explain($0, grouping: grouping) }
        let result = report.withInput { fingerprinter.fingerprint($0, grouping: grouping) }
        #expect(explanation.fingerprint == result.fingerprint)
        #expect(explanation.version == result.version)
        #expect(explanation.basis == result.basis)
        // Hashing the bytes the explanation shows, by the one plain hash there is, gives the same digest.
        let digest = explanation.hashedBytes.withUnsafeBytes {
            fingerprinter.fingerprint(FingerprintInput(message: $0), grouping: .message).fingerprint
        }
        #expect(digest == result.fingerprint)
    }

    @Test func namedParts() throws {
        let parts = try Self.reports[1].explanation().parts
        #expect(parts.map(\.name.text) == ["project", "type", "function", "file", "function", "file"])
        let texts = parts.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(texts == ["shop", "TypeError", "cartTotal", "cart.js", "checkout", "routes/checkout.js"])
    }

    /// Joined with any separator these would be the same.
    @Test(arguments: [
        (Report(custom: ["ab", "c"]), Report(custom: ["a", "bc"])),
        (Report(custom: ["a", "", "b"]), Report(custom: ["a", "b"])),
        (Report(custom: ["a\nb"]), Report(custom: ["a", "b"])),
        (Report(custom: ["a\u{0}b"]), Report(custom: ["a", "b"])),
        (Report(custom: ["a"]), Report(custom: ["a", ""])),
        (Report(custom: ["a"]), Report(message: "a")),
        (Report(project: "a", message: "m"), Report(type: "a", message: "m")),
        (Report(project: "ab", type: "c"), Report(project: "a", type: "bc")),
        (Report(custom: ["a\u{6}\u{0}\u{0}\u{0}\u{1}b"]), Report(custom: ["a", "b"])),
        (
            Report(type: "t", message: "a", stack: "at a (b:1:2)"),
            Report(type: "t", message: "a", stack: "at ab (:1:2)")
        ),
    ])
    func partsDoNotRunTogether(_ first: Report, _ second: Report) throws {
        #expect(try first.fingerprint() != second.fingerprint())
    }

    @Test func digestPartsDoNotRunTogether() throws {
        let fingerprinter = try Fingerprinter()
        func digest(_ domain: StaticString, _ first: String, _ second: String) -> Digest16 {
            Array(first.utf8).withUnsafeBytes { first in
                Array(second.utf8).withUnsafeBytes { second in fingerprinter.digest16(domain: domain, first, second) }
            }
        }
        #expect(digest("errors", "ab", "c") != digest("errors", "a", "bc"))
        #expect(digest("errors", "", "abc") != digest("errors", "abc", ""))
        #expect(digest("errors", "a", "b") != digest("events", "a", "b"))
        #expect(digest("errors", "a", "b") == digest("errors", "a", "b"))
        let absent = Array("b".utf8).withUnsafeBytes { fingerprinter.digest16(domain: "errors", nil, $0) }
        #expect(absent == digest("errors", "", "b"))
    }

    @Test func anEmptyProjectTypeOrStackIsNone() throws {
        let bare = try Report(message: "x").fingerprint()
        #expect(try Report(project: "", type: "", message: "x", stack: "").fingerprint() == bare)
    }

    @Test func theCallersPartsReplaceTypeStackAndMessageButNotTheProject() throws {
        let first = Report(
            project: "shop", type: "A", message: "a", stack: JavaScriptGolden.node, custom: ["payment"])
        let second = Report(project: "shop", type: "B", message: "b", custom: ["payment"])
        #expect(try first.result() == second.result())
        #expect(try first.result().basis == .custom)
        var other = first
        other.project = "blog"
        #expect(try other.fingerprint() != first.fingerprint())
    }

    /// Case and digits count: the caller's parts are not normalised.
    @Test func theCallersPartsAreTakenAsTheyAre() throws {
        #expect(try Report(custom: ["order 1"]).fingerprint() != Report(custom: ["order 2"]).fingerprint())
    }

    @Test(arguments: ["{{ default }}", "{{default}}", " {{  default\t}} "])
    func defaultAloneChangesNothing(_ element: String) throws {
        var report = Report(project: "shop", type: "TypeError", message: "user 42")
        let plain = try report.result()
        report.custom = [element]
        #expect(try report.result() == plain)
    }

    @Test(arguments: ["{{ Default }}", "{ default }", "{{ default", "{{}}", "{{ default }} x", "default"])
    func whatIsNotDefaultIsAPart(_ element: String) throws {
        let explanation = try Report(message: "m", custom: [element]).explanation()
        #expect(explanation.basis == .custom)
        #expect(explanation.parts == [FingerprintPart(name: .custom, bytes: Array(element.utf8))])
    }

    @Test func defaultSplicesTheDefaultPartsIn() throws {
        let parts = try Report(project: "p", type: "T", message: "user 42", custom: ["a", "{{ default }}", "b"])
            .explanation().parts
        #expect(parts.map(\.name) == [.project, .custom, .type, .message, .custom])
        #expect(parts.map { String(decoding: $0.bytes, as: UTF8.self) } == ["p", "a", "T", "user <num>", "b"])
    }
}
