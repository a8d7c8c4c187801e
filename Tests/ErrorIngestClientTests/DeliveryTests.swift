import ErrorIngestClient
import NIOHTTP1
import TestServers
import Testing

/// Against a server that answers as scripted: what is sent again, what is not, and under which event id.
@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    static func report(_ number: Int) -> ErrorReport { ErrorReport(message: "report \(number)") }

    @Test func reportsGoTogether() async throws {
        let server = try await ScriptedServer()
        try await withClient(server, { $0.token = "secret-token" }) { client in
            for number in 0..<50 { client.report(Self.report(number)) }
            try await server.waitForReports(50)
            #expect(server.reports.map(\.message) == (0..<50).map { "report \($0)" })
            let request = try #require(server.requests.first)
            #expect(request.method == .POST)
            #expect(request.uri == "/errors/batch")
            #expect(request.headers.first(name: "authorization") == "Bearer secret-token")
            #expect(request.headers.first(name: "content-type") == "application/x-ndjson")
            #expect(server.requests.count < 10)
            #expect(client.statistics.made == 50)
            try await eventually { client.statistics.delivered == 50 && client.statistics.queued == 0 }
        }
    }

    /// Each way in which an attempt can fail: the reports come through in the end, once, under their first event ids.
    @Test(arguments: [
        ("503", [ScriptedServer.Step.answer(503)]),
        ("503 with results", [.answer(503, body: #"{"results":[{"status":"refused"},{"status":"unknown"}]}"#)]),
        ("500", [.answer(500), .answer(502, body: "<html>")]),
        ("429", [.answer(429)]),
        ("unauthorized, until the token is mended", [.answer(401)]),
        ("not found, until the proxy is mended", [.answer(404)]),
        ("a redirection", [.answer(302, headers: [("location", "/elsewhere")])]),
        ("closed before the answer", [.drop, .drop]),
        ("taken, and closed before the answer", [.takeAndDrop]),
        ("no answer", [.hang]),
        ("half an answer", [.hangInBody]),
        ("not JSON", [.answer(200, body: "<html>hello</html>")]),
        ("too few results", [.answer(200, body: #"{"results":[{"status":"accepted"}]}"#)]),
        ("too many results", [.results(["accepted", "accepted", "accepted"])]),
        ("refused one by one", [.results(["refused", "unknown"])]),
        ("words of a newer service", [.results(["postponed", "postponed"])]),
    ])
    func failedAttemptsAreRepeated(name: String, script: [ScriptedServer.Step]) async throws {
        let server = try await ScriptedServer(script)
        let events = EventLog()
        try await withClient(
            server,
            {
                $0.batchRecords = 2
                $0.flushInterval = .seconds(60)
                $0.requestTimeout = .milliseconds(300)
            },
            events: events
        ) { client in
            let first = Self.report(1)
            let second = Self.report(2)
            client.report(first)
            client.report(second)
            try await eventually { client.statistics.queued == 0 }
            #expect(Set(server.reports.map(\.eventId)) == [first.eventID, second.eventID])
            #expect(client.statistics.delivered == 2)
            #expect(client.droppedCount == 0)
            #expect(events.delays.count >= script.count)
            #expect(events.delays.allSatisfy { $0 <= .milliseconds(100) })
            for request in server.requests {
                #expect(Set(request.reports.map(\.eventId)).isSubset(of: [first.eventID, second.eventID]))
            }
        }
    }

    @Test func onlyWhatWasNotTakenIsSentAgain() async throws {
        let server = try await ScriptedServer([.results(["accepted", "refused", "rejected", "duplicate", "unknown"])])
        let events = EventLog()
        try await withClient(
            server,
            {
                $0.batchRecords = 5
                $0.flushInterval = .seconds(2)
            },
            events: events
        ) { client in
            for number in 0..<5 { client.report(Self.report(number)) }
            #expect(await client.flush(within: .seconds(20)))
            #expect(server.requests.map { $0.reports.map(\.message) }.last == ["report 1", "report 4"])
            #expect(server.requests.count == 2)
            #expect(client.statistics.delivered == 4)
            #expect(client.statistics.dropped == [.rejected: 1])
            #expect(events.all.contains(.dropped(count: 1, .rejected)))
        }
    }

    /// A request refused whole is halved until the report to blame is alone.
    @Test(arguments: [400, 413, 422])
    func refusedWholeIsHalved(status: Int) async throws {
        let refusal = ScriptedServer.Step.answer(status)
        // 8 → 4 → 2 → 1 is to blame.
        let server = try await ScriptedServer([refusal, refusal, refusal, refusal])
        try await withClient(
            server,
            {
                $0.batchRecords = 8
                $0.flushInterval = .seconds(60)
            }
        ) { client in
            for number in 0..<8 { client.report(Self.report(number)) }
            try await eventually { client.statistics.queued == 0 }
            #expect(server.reports.map(\.message) == (1..<8).map { "report \($0)" })
            #expect(client.statistics.dropped == [.rejected: 1])
            #expect(server.requests.map(\.reports.count) == [8, 4, 2, 1, 1, 2, 4])
        }
    }

    @Test func requestsStayBelowTheLimitFoundOut() async throws {
        let server = try await ScriptedServer([.answer(413)])
        try await withClient(
            server,
            {
                $0.batchRecords = 40
                $0.flushInterval = .milliseconds(50)
            }
        ) { client in
            let long = String(repeating: "long ", count: 100)
            for _ in 0..<2 {
                for number in 0..<40 { client.report(ErrorReport(message: "\(number) \(long)")) }
                #expect(await client.flush(within: .seconds(20)))
            }
            let refused = try #require(server.requests.first).byteCount
            #expect(refused > 20_000)
            #expect(server.requests.dropFirst().allSatisfy { $0.byteCount <= refused / 2 + 700 })
            #expect(server.reports.count == 80)
        }
    }

    @Test func retryAfterIsHonoured() async throws {
        let server = try await ScriptedServer([.answer(503, headers: [("retry-after", "1")])])
        let events = EventLog()
        try await withClient(server, events: events) { client in
            let start = ContinuousClock.now
            client.report(Self.report(1))
            try await server.waitForReports(1)
            #expect(ContinuousClock.now - start >= .seconds(1))
            #expect(events.delays.count == 1)
            #expect(events.delays.allSatisfy { $0 >= .seconds(1) && $0 <= .milliseconds(1100) })
        }
    }

    @Test func nobodyThereYet() async throws {
        let first = try await ScriptedServer()
        let port = first.port
        try await first.close()
        try await withClient(first) { client in
            for number in 0..<20 { client.report(Self.report(number)) }
            try await eventually { client.statistics.queued == 20 }
            let server = try await ScriptedServer(port: port)
            try await server.waitForReports(20)
            #expect(server.taken.values.allSatisfy { $0 == 1 })
            #expect(client.droppedCount == 0)
        }
    }

    /// Many at once from many tasks, over a server that fails now and then: each once.
    @Test func nothingIsLostOrTwice() async throws {
        var script: [ScriptedServer.Step] = []
        for _ in 0..<8 { script += [.accept, .takeAndDrop, .answer(503), .accept, .drop] }
        let server = try await ScriptedServer(script)
        try await withClient(
            server,
            {
                $0.queueRecords = 2_000
                $0.batchRecords = 37
            }
        ) { client in
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask { for number in 0..<200 { client.report(Self.report(task * 1000 + number)) } }
                }
            }
            #expect(await client.flush(within: .seconds(30)))
            #expect(server.reports.count == 1_600)
            #expect(client.statistics.delivered == 1_600)
            #expect(client.droppedCount == 0)
        }
    }
}
