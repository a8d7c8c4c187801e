import EmbeddedServers
import Fingerprint
import TestServers
import Testing

/// `error-ingest fingerprint`: explains what the service does, by the service's own path.
@Suite struct FingerprintCommandTests {
    static let reports = [
        #"{"message":"user 42 not found"}"#,
        #"{"project":"shop","type":"TypeError","message":"x","stackTrace":"TypeError: x\n    at total (/srv/shop/lib/cart.js:12:9)\n    at run (/srv/shop/node_modules/express/lib/router.js:1:2)"}"#,
        #"{"message":"m","stack_trace":"panic: x\n\ngoroutine 1 [running]:\nmain.total(0x1)\n\t/srv/shop/cart.go:12 +0x1d\nmain.main()\n\t/srv/shop/main.go:3 +0x2"}"#,
        #"{"message":"m","fingerprint":["payment","{{ default }}"]}"#,
        #"{"message":"login with password=hunter22 and token 4111 1111 1111 1111 failed"}"#,
        #"{"message":"half a pair \uD83D and on","type":"T"}"#,
    ]

    /// What the command says is what `POST /errors/log` answers.
    @Test func theFingerprintIsThatOfTheService() async throws {
        let service = try await ContractService.service()
        let run = try await ProgramRun(["fingerprint", "--json"], input: Self.reports.joined(separator: "\n"))
        #expect(run.exit == .exited(0))
        let explained = try run.lines.map { try JSON(Array($0.utf8)) }
        #expect(explained.count == Self.reports.count)
        for (report, line) in zip(Self.reports, explained) {
            let answer = try await service.post("/errors/log", report).json
            #expect(answer["fingerprint"]?.string == line["fingerprint"]?.string, "\(report)")
        }
        // And the parts are those that are shown of the stored error.
        let fingerprint = try #require(explained[1]["fingerprint"]?.string)
        let found = try await eventuallyFound(fingerprint, at: service)
        #expect(found["grouping"] == explained[1]["grouping"])
    }

    @Test func framesAreShownWithWhatBecameOfThem() async throws {
        let run = try await ProgramRun(["fingerprint", "--json"], input: Self.reports[1])
        let line = try JSON(Array(try #require(run.lines.first).utf8))
        #expect(line["item"]?.int == 1)
        #expect(line["basis"]?.string == "stack")
        #expect(line["grouping"]?["version"]?.int == 1)
        let parts = line["grouping"]?["parts"]?.elements?.compactMap { $0["name"]?.string }
        #expect(parts == ["project", "type", "function", "file"])
        let frames = try #require(line["stack"]?["frames"]?.elements)
        #expect(frames.map { $0["verdict"]?.string } == ["kept", "package"])
        #expect(frames.map { $0["function"]?.string } == ["total", "run"])
        #expect(line["stack"]?["format"]?.string == "JavaScript (V8)")
    }

    @Test func peopleGetText() async throws {
        let run = try await ProgramRun(["fingerprint"], input: Self.reports[1])
        #expect(run.exit == .exited(0))
        for piece in ["report 1", "stack", "TypeError", "total", "shop/lib/cart.js", "kept", "package", "JavaScript"] {
            #expect(run.output.contains(piece), "\(piece) is missing in \(run.output)")
        }
    }

    /// An object over several lines, an array, and lines are the same reports.
    @Test(arguments: [
        "{\n  \"message\": \"user 42 not found\"\n}\n", #"[{"message":"user 42 not found"}]"#,
        "\n{\"message\":\"user 42 not found\"}\n\n", "[\n{\"message\":\"user 42 not found\"}\n]",
    ])
    func everyFormIsRead(_ input: String) async throws {
        let run = try await ProgramRun(["fingerprint", "--json"], input: input)
        #expect(run.exit == .exited(0))
        #expect(run.lines.count == 1)
        let line = try JSON(Array(try #require(run.lines.first).utf8))
        let report = Array("user 42 not found".utf8)
        let expected = try report.withUnsafeBytes { try Fingerprinter().fingerprint(FingerprintInput(message: $0)) }
        #expect(line["fingerprint"]?.string == expected.fingerprint.hex)
    }

    /// The others are explained first.
    @Test(arguments: [
        (
            "{\"message\":\"a\"}\n{\"type\":\"T\"}\n{\"message\":\"b\"}", 2, "report 2: message is required",
            "rule required"
        ),
        ("[{\"message\":\"a\"},7,{\"message\":\"b\"}]", 2, "report 2: a report must be a JSON object", "rule object"),
        ("{\"message\":\"a\"}\nnot JSON", 1, "report 2: malformed JSON", "field body, rule json"),
        ("[{\"message\":\"a\"},{\"message\":", 1, "report 2: the JSON text ends too early", "rule json"),
        ("{\n  \"message\": 7\n}", 0, "report 1: message must be a string", "field message, rule string"),
        ("{\n  \"message\": \"a\",\n  \"message\": \"b\"\n}", 0, "report 1: duplicate key", "rule uniqueKeys"),
        ("", 0, "there is no report", ""),
    ])
    func badInputIsNamed(_ input: String, _ explained: Int, _ problem: String, _ rule: String) async throws {
        let run = try await ProgramRun(["fingerprint", "--json"], input: input)
        #expect(run.exit == .exited(65))
        #expect(run.lines.count == explained)
        #expect(run.problems.contains(problem) && run.problems.contains(rule), "\(run.problems)")
    }

    @Test func groupingComesFromTheOptionOrTheEnvironment() async throws {
        let hex = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        let input = #"{"message":"hello","type":"T"}"#
        for run in [
            try await ProgramRun(["fingerprint", "--json", "--grouping", "message"], input: input),
            try await ProgramRun(["fingerprint", "--json"], input: input, environment: ["GROUPING=message"]),
        ] {
            let line = try JSON(Array(try #require(run.lines.first).utf8))
            #expect(line["fingerprint"]?.string == hex)
            #expect(line["basis"]?.string == "rawMessage")
            #expect(line["grouping"]?["version"]?.int == 0)
        }
        let option = try await ProgramRun(
            ["fingerprint", "--json", "--grouping", "standard"], input: input, environment: ["GROUPING=message"])
        #expect(try JSON(Array(try #require(option.lines.first).utf8))["basis"]?.string == "message")
        #expect(try await ProgramRun(["fingerprint", "--grouping", "nonsense"], input: input).exit == .exited(64))
        let environment = try await ProgramRun(["fingerprint"], input: input, environment: ["GROUPING=nonsense"])
        #expect(environment.exit == .exited(1))
        #expect(environment.problems.contains("GROUPING"))
    }

    @Test func noMoreThanTheLimitIsRead() async throws {
        let line = #"{"message":"\#(String(repeating: "m", count: 8_000))"}"# + "\n"
        let run = try await ProgramRun(["fingerprint"], input: String(repeating: line, count: 2_200))
        #expect(run.exit == .exited(65))
        #expect(run.output.isEmpty)
        #expect(run.problems.contains("16777216"))
    }

    @Test func controlCharactersDoNotReachTheTerminal() async throws {
        let run = try await ProgramRun(["fingerprint"], input: #"{"message":"m","type":"\u001b[31mred"}"#)
        #expect(!run.output.utf8.contains(0x1B))
    }
}
