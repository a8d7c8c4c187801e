import ErrorIngestClient
import TestServers
import Testing

/// What a report looks like when it arrives.
@Suite(.timeLimit(.minutes(1))) struct ReportTests {
    enum PaymentError: Error {
        case refused(reason: String)
        case gateway(underlying: any Error)
    }

    struct Timeout: Error, CustomStringConvertible {
        var cause: (any Error)?
        var description: String { "timed out\n    at somewhere (else.swift:1)" }
    }

    private struct Hidden: Error {}

    private static func arrived(_ make: (ErrorIngestClient) -> Void) async throws -> ReceivedReport {
        let server = try await ScriptedServer()
        return try await withClient(
            server,
            {
                $0.service = "checkout"
                $0.environment = "test"
                $0.release = "1.2.3 \"beta\""
                $0.project = "shop"
            }
        ) { client in
            make(client)
            try await server.waitForReports(1)
            return try #require(server.reports.first)
        }
    }

    @Test func everyFieldArrives() async throws {
        let report = ErrorReport(
            message: "a \"quote\", a \\, a\nline, a\ttab, \u{1}, \u{7F}, ü, 🙂",
            type: "Shop.PaymentError",
            stackTrace: "    at pay() (Shop/Pay.swift:1)",
            level: .fatal,
            fingerprint: ["{{ default }}", "eu"],
            context: [
                "order": 42, "ratio": 0.5, "flag": true, "nothing": nil, "nan": .double(.nan),
                "list": [1, "two", ["three": 3]], "text": "t\u{0}",
            ]
        )
        let arrived = try await Self.arrived { $0.report(report) }
        #expect(arrived.message == report.message)
        #expect(arrived.type == "Shop.PaymentError")
        #expect(arrived.stackTrace == report.stackTrace)
        #expect(arrived.level == "fatal")
        #expect(arrived.service == "checkout")
        #expect(arrived.environment == "test")
        #expect(arrived.release == "1.2.3 \"beta\"")
        #expect(arrived.project == "shop")
        #expect(arrived.timestamp == report.occurredAtMilliseconds)
        #expect(arrived.timestamp > 1_700_000_000_000)
        #expect(arrived.eventId == report.eventID)
        #expect(arrived.fingerprint == ["{{ default }}", "eu"])
        #expect(
            arrived.context == [
                "order": .number(42), "ratio": .number(0.5), "flag": .bool(true), "nothing": .null,
                "nan": .string("nan"), "list": .array([.number(1), .string("two"), .object(["three": .number(3)])]),
                "text": .string("t\u{0}"),
            ])
    }

    @Test func errorBecomesAReport() async throws {
        let arrived = try await Self.arrived { $0.report(PaymentError.refused(reason: "limit"), context: ["id": 7]) }
        #expect(arrived.message == #"refused(reason: "limit")"#)
        #expect(arrived.type == "ErrorIngestClientTests.ReportTests.PaymentError")
        #expect(arrived.level == "error")
        let line = #line - 4
        #expect(
            arrived.stackTrace == "    at errorBecomesAReport() (ErrorIngestClientTests/ReportTests.swift:\(line))")
        #expect(arrived.context == ["id": .number(7)])
    }

    @Test func causesAreNamed() async throws {
        let error = PaymentError.gateway(underlying: Timeout(cause: PaymentError.refused(reason: "x")))
        let arrived = try await Self.arrived { $0.report(error) }
        let lines = try #require(arrived.stackTrace).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(
            lines.dropFirst() == [
                "Caused by: ErrorIngestClientTests.ReportTests.Timeout",
                "Caused by: ErrorIngestClientTests.ReportTests.PaymentError",
            ])
        #expect(
            arrived.context?["causes"]
                == .array([
                    .string("timed out\n    at somewhere (else.swift:1)"), .string(#"refused(reason: "x")"#),
                ]))
    }

    /// The full name of a private type holds an address, another one in each build.
    @Test func privateTypesHaveStableNames() async throws {
        struct Local: Error {}
        let hidden = try await Self.arrived { $0.report(Hidden()) }
        #expect(hidden.type == "ErrorIngestClientTests.ReportTests.Hidden")
        let local = try await Self.arrived { $0.report(Local()) }
        #expect(local.type?.contains("$") == false)
        #expect(local.type?.hasSuffix("Local") == true)
    }

    @Test func longTextsAreCut() async throws {
        let arrived = try await Self.arrived {
            $0.report(
                ErrorReport(
                    message: String(repeating: "é", count: 10_000),
                    type: String(repeating: "t", count: 300),
                    stackTrace: String(repeating: "at f (g.swift:1)\n", count: 10_000),
                    fingerprint: Array(repeating: "part", count: 40),
                    context: ["a": .string(String(repeating: "c", count: 10_000)), "b": 1]
                )
            )
        }
        #expect(arrived.message.utf8.count == 8 * 1024)
        #expect(arrived.message.allSatisfy { $0 == "é" })
        #expect(arrived.type?.count == 255)
        #expect(arrived.stackTrace?.utf8.count == 64 * 1024)
        #expect(arrived.fingerprint?.count == 32)
        #expect(arrived.context?["a"]?.string?.utf8.count == 4 * 1024)
        #expect(arrived.context?["b"] == .number(1))
    }

    @Test func largeContextsLoseWholeMembers() async throws {
        var context: [String: ContextValue] = ["a": "kept", "z": "kept too"]
        context["big"] = .array((0..<100).map { _ in .string(String(repeating: "b", count: 1_000)) })
        context["many"] = .object(Dictionary(uniqueKeysWithValues: (0..<5_000).map { ("key \($0)", .int($0)) }))
        var deep = ContextValue.string("bottom")
        for _ in 0..<100 { deep = .array([deep]) }
        context["deep"] = deep
        let arrived = try await Self.arrived { $0.report(ErrorReport(message: "large", context: context)) }
        #expect(Set((arrived.context ?? [:]).keys) == ["a", "z", "deep"])
    }

    @Test func emptyMessageIsNamed() async throws {
        #expect(try await Self.arrived { $0.report(ErrorReport(message: "")) }.message == "(no message)")
    }

    @Test func eventIDsAreUUIDsOfVersion7() {
        let ids = (0..<1_000).map { _ in ErrorReport(message: "x").eventID }
        #expect(Set(ids).count == ids.count)
        for id in ids {
            let bytes = Array(id.utf8)
            #expect(bytes.count == 36)
            #expect(bytes[14] == UInt8(ascii: "7"))
            #expect("89ab".utf8.contains(bytes[19]))
            #expect([8, 13, 18, 23].allSatisfy { bytes[$0] == UInt8(ascii: "-") })
        }
    }
}
