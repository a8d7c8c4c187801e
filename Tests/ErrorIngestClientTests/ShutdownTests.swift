import ErrorIngestClient
import Logging
import ServiceLifecycle
import TestServers
import Testing

/// `run()`: how it ends, and what becomes of what waits.
@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    private static func group(_ client: ErrorIngestClient) -> ServiceGroup {
        ServiceGroup(
            services: [client],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private static func configuration(_ server: ScriptedServer) -> ErrorIngestClient.Configuration {
        var configuration = ErrorIngestClient.Configuration(url: server.url)
        configuration.retryLimit = .milliseconds(100)
        return configuration
    }

    @Test func gracefulShutdownDrains() async throws {
        let server = try await ScriptedServer([.answer(503), .drop])
        var configuration = Self.configuration(server)
        configuration.flushInterval = .seconds(60)
        let client = try ErrorIngestClient(configuration: configuration)
        let group = Self.group(client)
        let running = Task { try await group.run() }
        for number in 0..<250 { client.report(ErrorReport(message: "\(number)")) }
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(server.reports.count == 250)
        #expect(client.droppedCount == 0)
        client.report(ErrorReport(message: "too late"))
        #expect(client.statistics.dropped == [.shutDown: 1])
        #expect(client.statistics.queued == 0)
    }

    @Test(arguments: [ScriptedServer.Step.hang, .answer(503, headers: [("retry-after", "60")])])
    func drainingEndsInTime(step: ScriptedServer.Step) async throws {
        let server = try await ScriptedServer(Array(repeating: step, count: 1_000))
        let events = EventLog()
        var configuration = Self.configuration(server)
        configuration.shutdownTimeout = .milliseconds(300)
        configuration.observer = { events.append($0) }
        let client = try ErrorIngestClient(configuration: configuration)
        let group = Self.group(client)
        let running = Task { try await group.run() }
        for number in 0..<5 { client.report(ErrorReport(message: "\(number)")) }
        try await eventually { server.requests.count == 1 }
        let start = ContinuousClock.now
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(client.statistics.dropped == [.shutDown: 5])
        #expect(events.all.contains(.dropped(count: 5, .shutDown)))
    }

    @Test func cancellationEndsAtOnce() async throws {
        let server = try await ScriptedServer([.hang])
        let client = try ErrorIngestClient(configuration: Self.configuration(server))
        let running = Task { try await client.run() }
        client.report(ErrorReport(message: "under way"))
        try await eventually { server.requests.count == 1 }
        running.cancel()
        try await running.value
        #expect(client.statistics.dropped == [.shutDown: 1])
    }

    @Test func secondRunIsRefused() async throws {
        let server = try await ScriptedServer()
        try await withClient(server) { client in
            client.report(ErrorReport(message: "it runs"))
            try await server.waitForReports(1)
            let error = await #expect(throws: ErrorIngestClientError.self) { try await client.run() }
            #expect(error?.code == .alreadyRun)
        }
    }

    @Test func reportsMadeBeforeRunAreSent() async throws {
        let server = try await ScriptedServer()
        var configuration = Self.configuration(server)
        configuration.flushInterval = .seconds(60)
        let client = try ErrorIngestClient(configuration: configuration)
        client.report(ErrorReport(message: "early"))
        let running = Task { try await client.run() }
        #expect(await client.flush(within: .seconds(10)))
        #expect(server.reports.map(\.message) == ["early"])
        #expect(await client.flush(within: .zero))
        running.cancel()
        try await running.value
    }

    @Test func flushGivesUp() async throws {
        let server = try await ScriptedServer([.hang])
        try await withClient(server) { client in
            client.report(ErrorReport(message: "stuck"))
            #expect(await client.flush(within: .milliseconds(50)) == false)
        }
    }

    /// A client that is made and thrown away must not bring the program down.
    @Test func neverRun() throws {
        let client = try ErrorIngestClient(configuration: .init(url: "http://127.0.0.1:1"))
        client.report(ErrorReport(message: "nobody will know"))
        #expect(client.statistics.queued == 1)
    }
}
