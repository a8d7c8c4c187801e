import ErrorIngestClient
import TestServers
import Testing

/// What a client holds is bounded, and what does not fit is counted.
@Suite(.timeLimit(.minutes(1))) struct BoundsTests {
    private static func stopped(
        _ change: (inout ErrorIngestClient.Configuration) -> Void
    ) throws -> ErrorIngestClient {
        var configuration = ErrorIngestClient.Configuration(url: "http://127.0.0.1:1")
        change(&configuration)
        return try ErrorIngestClient(configuration: configuration)
    }

    @Test func recordsAreBounded() throws {
        let events = EventLog()
        let client = try Self.stopped {
            $0.queueRecords = 10
            $0.observer = { events.append($0) }
        }
        for number in 0..<15 { client.report(ErrorReport(message: "\(number)")) }
        #expect(client.statistics.queued == 10)
        #expect(client.statistics.dropped == [.queueFull: 5])
        #expect(client.droppedCount == 5)
        #expect(events.all == Array(repeating: .dropped(count: 1, .queueFull), count: 5))
    }

    @Test func bytesAreBounded() throws {
        let client = try Self.stopped { $0.queueBytes = 64 * 1024 }
        let text = String(repeating: "x", count: 8 * 1024)
        for _ in 0..<20 { client.report(ErrorReport(message: text)) }
        #expect(client.statistics.queued == 7)
        #expect(client.droppedCount == 13)
    }

    /// The first reports of an outage are the ones that say what began it.
    @Test func theOldestAreKept() async throws {
        let server = try await ScriptedServer()
        try await withClient(
            server,
            {
                $0.queueRecords = 3
                $0.flushInterval = .milliseconds(500)
            }
        ) { client in
            for number in 0..<6 { client.report(ErrorReport(message: "\(number)")) }
            try await server.waitForReports(3)
            #expect(server.reports.map(\.message) == ["0", "1", "2"])
            // There is room again.
            try await eventually { client.statistics.queued == 0 }
            client.report(ErrorReport(message: "later"))
            try await server.waitForReports(4)
            #expect(client.droppedCount == 3)
        }
    }

    /// A report being sent still counts, or a hanging service would double what is held.
    @Test func whatIsUnderWayCounts() async throws {
        let server = try await ScriptedServer([.hang])
        try await withClient(server, { $0.queueRecords = 4 }) { client in
            for number in 0..<4 { client.report(ErrorReport(message: "\(number)")) }
            try await eventually { server.requests.count == 1 }
            client.report(ErrorReport(message: "one too many"))
            #expect(client.statistics.dropped == [.queueFull: 1])
        }
    }

    @Test func observerMayReport() throws {
        let link = LateClient()
        let client = try Self.stopped {
            $0.queueRecords = 1
            $0.observer = { _ in link.client?.report(ErrorReport(message: "dropped one")) }
        }
        link.client = client
        for _ in 0..<3 { client.report(ErrorReport(message: "any")) }
        #expect(client.statistics.made == 3)
        #expect(client.droppedCount == 2)
        link.client = nil
    }

    @Test func queueKeepsItsBooks() {
        var queue = ReportQueue(maxRecords: 5, maxBytes: 10_000)
        let reports = (0..<5).map { QueuedReport(json: [UInt8](repeating: 0x30 + UInt8($0), count: 100)) }
        let added = (reports + [reports[0]]).map { queue.add($0) }
        #expect(added == [true, true, true, true, true, false])
        // 100 bytes and a line break each.
        let taken = queue.take(maxRecords: 10, maxBytes: 303)
        #expect(taken == Array(reports[..<3]))
        #expect(queue.count == 5)
        #expect(queue.waitingCount == 2)
        queue.finish(taken, again: [reports[1]])
        #expect(queue.count == 3)
        #expect(queue.bytes == 3 * reports[0].cost)
        let rest = queue.take(maxRecords: 2, maxBytes: 10_000)
        #expect(rest == [reports[3], reports[4]])
        // One is sent however large it is.
        let last = queue.take(maxRecords: 2, maxBytes: 1)
        #expect(last == [reports[1]])
        let none = queue.take(maxRecords: 2, maxBytes: 1)
        #expect(none.isEmpty)
        queue.finish(rest + last, again: [])
        #expect(queue.isEmpty)
        #expect(queue.bytes == 0)
    }

    @Test func waitsGrowAndAreBounded() {
        var schedule = RetrySchedule(limit: .seconds(3))
        let waits = (0..<40).map { _ in schedule.failed(retryAfter: nil, random: 1) }
        let asked = schedule.failed(retryAfter: .seconds(7), random: 0.5)
        let askedTooLong = schedule.failed(retryAfter: .seconds(86_400), random: 0)
        schedule.succeeded()
        let afterSuccess = schedule.failed(retryAfter: nil, random: 1)
        let shortest = schedule.failed(retryAfter: nil, random: 0)
        #expect(waits.prefix(4) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(3)])
        #expect(waits.last == .seconds(3))
        #expect(asked == .milliseconds(8_500))
        #expect(askedTooLong == .seconds(300))
        #expect(afterSuccess == .milliseconds(500))
        #expect(shortest == .zero)
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("0", .zero), ("-1", nil), ("soon", nil), ("Wed, 21 Oct 2026 07:28:00 GMT", nil),
        ("", nil), ("99999999999999999999", nil),
    ])
    func retryAfterIsReadAsSeconds(text: String, delay: Duration?) {
        let answer = BatchAnswer(status: 503, retryAfter: text, body: [], count: 1)
        #expect(answer == .unavailable(reason: "answered 503", retryAfter: delay))
    }
}
