import AsyncHTTPClient
import EmbeddedServers
import ErrorIngestClient
import Glibc
import Logging
import NIOCore
import ServiceLifecycle
import TestServers
import Testing

/// Against the built service with its embedded servers.
@Suite(.timeLimit(.minutes(3))) struct ServiceTests {
    enum PaymentError: Error {
        case refused(order: Int)
    }

    /// An application that fails at once.
    private struct Application: Service {
        struct Ended: Error {}

        func run() async throws { throw Ended() }
    }

    private static func pay(_ order: Int, _ client: ErrorIngestClient) {
        client.report(PaymentError.refused(order: order), context: ["order": .int(order)])
    }

    /// Killed by SIGKILL in the middle, and back on the same port a little later: each report counts once.
    @Test func killedServiceCountsEachReportOnce() async throws {
        let service = try await RunningService.start()
        var configuration = ErrorIngestClient.Configuration(
            url: service.url, token: "t0ken", service: "swift-reporter", environment: "test", release: "1.0")
        configuration.queueRecords = 5_000
        configuration.batchRecords = 20
        configuration.flushInterval = .milliseconds(5)
        configuration.retryLimit = .milliseconds(500)
        let client = try ErrorIngestClient(configuration: configuration)
        let running = Task { try await client.run() }
        let logger = Logger(label: "shop") { ErrorIngestLogHandler(label: $0, client: client) }

        for order in 0..<3_000 {
            Self.pay(order, client)
            if order % 100 == 0 { logger.error("could not pay \(order)", metadata: ["order": "\(order)"]) }
            if order == 1_000 {
                // Some are taken, some under way.
                try await eventually { client.statistics.delivered > 100 }
                await service.kill()
            }
            if order == 2_000 { try await service.startAgain() }
        }
        #expect(await client.flush(within: .seconds(60)))
        running.cancel()
        try await running.value
        #expect(client.droppedCount == 0)
        #expect(client.statistics.delivered == 3_030)

        let errors = try await service.errors(of: "swift-reporter", total: 3_030)
        #expect(errors.count == 2)
        let name = "ErrorIngestClientTests.ServiceTests.PaymentError"
        let payment = try #require(errors.first { $0["type"]?.string == name })
        #expect(payment["count"]?.int == 3_000)
        // Which of them the service kept as the error's text depends on what it was killed in.
        #expect(payment["message"]?.string?.hasPrefix("refused(order: ") == true)
        #expect(
            payment["stackTrace"]?.string?.contains("at pay(_:_:) (ErrorIngestClientTests/ServiceTests.swift:") == true)
        #expect(payment["environment"]?.string == "test")
        #expect(payment["release"]?.string == "1.0")
        #expect(payment["context"]?["order"]?.int != nil)
        let logged = try #require(errors.first { $0["type"]?.string == "shop" })
        #expect(logged["count"]?.int == 30)
        #expect(logged["message"]?.string?.hasPrefix("could not pay ") == true)
        await service.stop()
    }

    /// Lines do not count, functions, files, types and what caused it do; so do values given to split an error.
    @Test func placesMakeErrors() async throws {
        struct Outer: Error { var cause: any Error }
        struct Inner: Error { var text: String }
        let service = try await RunningService.start()
        let client = try ErrorIngestClient(configuration: .init(url: service.url, token: "t0ken", service: "places"))
        let running = Task { try await client.run() }
        for number in 1...3 {
            // One: everything else is the same.
            client.report(Inner(text: "\(number)"), file: "Shop/Pay.swift", function: "pay(_:)", line: UInt(number))
            // One for each function.
            client.report(Inner(text: ""), file: "Shop/Pay.swift", function: "pay\(["A", "B", "C"][number - 1])()")
            // One for each file.
            client.report(Inner(text: ""), file: "Shop/\(["A", "B", "C"][number - 1]).swift", function: "pay()")
            // One, whatever the cause says, a path and a place included.
            let caused = Outer(cause: Inner(text: "no /tmp/\(["A", "B", "C"][number - 1])/x.txt (y.swift:\(number))"))
            client.report(caused, file: "Shop/Pay.swift", function: "pay(_:)", line: UInt(number))
        }
        #expect(await client.flush(within: .seconds(20)))
        running.cancel()
        try await running.value
        let errors = try await service.errors(of: "places", total: 12)
        #expect(errors.compactMap { $0["count"]?.int }.sorted() == [1, 1, 1, 1, 1, 1, 3, 3])
        await service.stop()
    }

    /// The example of docs/reporting.md.
    @Test func exampleReportsTheEnd() async throws {
        let service = try await RunningService.start()
        await #expect(throws: Application.Ended.self) {
            try await runAndReport(Application(), to: service.url, token: "t0ken")
        }
        let errors = try await service.errors(of: "shop", total: 1)
        #expect(errors.first?["type"]?.string == "ErrorIngestClientTests.ServiceTests.Application.Ended")
        #expect(errors.first?["message"]?.string == "the application has failed")
        #expect(errors.first?["level"]?.string == "fatal")
        await service.stop()
    }
}
