import ErrorIngestClient
import Logging
import TestServers
import Testing

@Suite(.timeLimit(.minutes(1))) struct LogHandlerTests {
    struct Broken: Error {}

    /// What arrives when `body` logs through a multiplexer with this handler in it.
    private static func arrived(
        minimumLevel: Logger.Level = .error,
        _ body: (Logger) -> Void
    ) async throws -> [ReceivedReport] {
        let server = try await ScriptedServer()
        return try await withClient(server) { client in
            let logger = Logger(label: "shop.payments") { label in
                MultiplexLogHandler([
                    SwiftLogNoOpLogHandler(label),
                    ErrorIngestLogHandler(
                        label: label, client: client, minimumLevel: minimumLevel,
                        metadataProvider: Logger.MetadataProvider { ["provided": "yes", "both": "provider"] }),
                ])
            }
            body(logger)
            #expect(await client.flush(within: .seconds(10)))
            return server.reports
        }
    }

    @Test func recordBecomesAReport() async throws {
        let reports = try await Self.arrived { logger in
            var logger = logger
            logger[metadataKey: "request-id"] = "r-1"
            logger[metadataKey: "both"] = "logger"
            logger.critical(
                "card refused", metadata: ["order": "42", "both": "record", "list": ["a", ["b": "c"]], "n": "\(7)"])
        }
        let report = try #require(reports.first)
        #expect(reports.count == 1)
        #expect(report.message == "card refused")
        #expect(report.type == "shop.payments")
        #expect(report.level == "fatal")
        let frame = "at recordBecomesAReport() (ErrorIngestClientTests/LogHandlerTests.swift:"
        #expect(report.stackTrace?.contains(frame) == true)
        #expect(
            report.context == [
                "logger": .string("shop.payments"), "request-id": .string("r-1"), "order": .string("42"),
                "provided": .string("yes"), "both": .string("record"), "n": .string("7"),
                "list": .array([.string("a"), .object(["b": .string("c")])]),
            ])
        #expect(report.fingerprint == nil)
    }

    @Test func recordWithAnError() async throws {
        let reports = try await Self.arrived { $0.error("could not pay", error: Broken()) }
        #expect(reports.first?.type == "ErrorIngestClientTests.LogHandlerTests.Broken")
        #expect(reports.first?.message == "could not pay")
        #expect(reports.first?.context?["error"] == .string("Broken()"))
    }

    @Test func fingerprintSplits() async throws {
        let reports = try await Self.arrived {
            $0.error("one", metadata: [ErrorIngestLogHandler.fingerprintKey: "first"])
        }
        #expect(reports.first?.fingerprint == ["{{ default }}", "first"])
        #expect(reports.first?.context?[ErrorIngestLogHandler.fingerprintKey] == nil)
    }

    /// Also when the level of all handlers is lowered.
    @Test(arguments: [Logger.Level.error, .warning, .critical])
    func lowerLevelsArePassedOver(minimum: Logger.Level) async throws {
        let reports = try await Self.arrived(minimumLevel: minimum) { logger in
            var logger = logger
            logger.logLevel = .trace
            for level in Logger.Level.allCases { logger.log(level: level, "\(level)") }
        }
        #expect(reports.map(\.message) == Logger.Level.allCases.filter { $0 >= minimum }.map { "\($0)" })
    }

    /// What the client says of itself goes to its observer, and an observer may log.
    @Test func observerMayLog() async throws {
        let server = try await ScriptedServer([.answer(503)])
        var configuration = ErrorIngestClient.Configuration(url: server.url)
        configuration.flushInterval = .zero
        configuration.retryLimit = .milliseconds(100)
        let link = LateClient()
        configuration.observer = { event in
            guard let client = link.client else { return }
            Logger(label: "inner") { ErrorIngestLogHandler(label: $0, client: client) }.error("\(event)")
        }
        let client = try ErrorIngestClient(configuration: configuration)
        link.client = client
        let running = Task { try await client.run() }
        client.report(ErrorReport(message: "the only one"))
        #expect(await client.flush(within: .seconds(10)))
        running.cancel()
        try await running.value
        #expect(server.reports.map(\.message) == ["the only one"])
        #expect(client.statistics.made == 1)
        link.client = nil
    }
}
