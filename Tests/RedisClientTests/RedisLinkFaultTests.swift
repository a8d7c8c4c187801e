import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import TestServers
import Testing

/// What becomes of commands when the server misbehaves.
@Suite struct RedisLinkFaultTests {
    static let three = ["A", "B", "C"].map { RedisCommand($0) }

    @Test func nothingIsQueuedWhileDisconnected() async throws {
        let server = try await FakeServer()
        try await withLink(to: server.endpoint, starting: false) { link, client in
            let error = await #expect(throws: RedisClientError.self) { try await client.send(RedisCommand("PING")) }
            #expect(error?.code == .notConnected)
            #expect(error?.nothingWasSent == true)
            link.start()
            try await client.waitUntilConnected(within: .seconds(5))
            #expect(server.commands.isEmpty)
        }
        try await server.stop()
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let answer: FakeServer.Answer
        let head: RedisClientError.Code
        var testDescription: String { "\(answer)" }
    }

    @Test(
        "the connection ends and every command gets its answer",
        arguments: [
            Fault(answer: .close, head: .replyLost),
            Fault(answer: .silence, head: .timedOut),
            Fault(answer: .wire("!\r\n"), head: .protocolViolation),
            Fault(answer: .wire(String(repeating: "*1\r\n", count: 9)), head: .protocolViolation),
            Fault(answer: .wire("*2147483647\r\n"), head: .protocolViolation),
            Fault(answer: .wire("$99999999999\r\nabc"), head: .timedOut),
            Fault(answer: .wire("*2\r\n+a"), head: .timedOut),
            Fault(answer: .wire("$2000000\r\n" + String(repeating: "x", count: 1_500_000)), head: .protocolViolation),
        ]
    )
    func fault(_ fault: Fault) async throws {
        let server = try await FakeServer()
        try await withLink(to: server.endpoint) { configuration in
            // Only those that wait for it: on a busy machine the others' answers may take a while.
            configuration.commandTimeout = fault.head == .timedOut ? .milliseconds(500) : .seconds(10)
            configuration.maxReplyBytes = 1_000_000
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let faulty = server.connectionCount
            server.setScript { received in
                switch received.words[0] {
                case "B" where received.connection == faulty: fault.answer
                case "C" where received.connection == faulty: .silence
                default: nil
                }
            }
            let commands = try await link.sendTogether(Self.three)
            try await eventually(within: .seconds(5), description: "an answer to each") { commands.isComplete }
            #expect(commands.outcomes[0].value == .status(Array("OK".utf8)))
            #expect(commands.outcomes[1].code == fault.head)
            #expect(commands.outcomes[2].code == .replyLost)
            for outcome in commands.outcomes[1...] {
                guard case .failure(let error) = outcome else { continue }
                #expect(error.outcomeIsUnknown)
            }
            // Not resent; the next connection serves new commands.
            try await client.waitUntilConnected(within: .seconds(5))
            #expect(try await client.send(RedisCommand("B")) == .status(Array("OK".utf8)))
            #expect(server.commands.filter { $0 == ["C"] }.count <= 1)
            #expect(link.snapshot.connectCount == 2)
        }
        try await server.stop()
    }

    @Test func unaskedReplyEndsTheConnection() async throws {
        let server = try await FakeServer()
        try await withLink(to: server.endpoint) { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            try await server.write("+surprise\r\n")
            try await eventually(description: "a new connection") { link.snapshot.connectCount == 2 }
            #expect(link.snapshot.lastError?.code == .protocolViolation)
        }
        try await server.stop()
    }

    @Test func blockingCommandMayTakeItsOwnTime() async throws {
        let server = try await FakeServer { received in
            switch received.words[0] {
            case "BLOCK": .delayed("+late\r\n", .milliseconds(400))
            case "AFTER": .delayed("+after\r\n", .milliseconds(400))
            default: nil
            }
        }
        try await withLink(to: server.endpoint) { configuration in
            configuration.commandTimeout = .milliseconds(150)
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let collector = Collector(2)
            try await link.eventLoop.submit {
                link.send(RedisCommand("BLOCK"), timeout: .seconds(5), completion: collector.slot(0))
                link.send(RedisCommand("AFTER"), completion: collector.slot(1))
            }.get()
            try await eventually(description: "both replies") { collector.isComplete }
            #expect(collector.outcomes[0].value == .status(Array("late".utf8)))
            #expect(collector.outcomes[1].value == .status(Array("after".utf8)))
            // The same delay without the override is too long.
            let error = await #expect(throws: RedisClientError.self) { try await client.send(RedisCommand("BLOCK")) }
            #expect(error?.code == .timedOut)
        }
        try await server.stop()
    }

    @Test func waitingCommandsAreBounded() async throws {
        let server = try await FakeServer { $0.words[0] == "HOLD" ? .silence : nil }
        try await withLink(to: server.endpoint) { configuration in
            configuration.maxPendingCommands = 3
            configuration.commandTimeout = .seconds(30)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let held = try await link.sendTogether((0..<5).map { _ in RedisCommand("HOLD") })
            #expect(held.outcomes.map(\.code) == [nil, nil, nil, .backlogFull, .backlogFull])
            try await eventually(description: "three commands received") { server.commands.count == 3 }
            try await server.write("+1\r\n+2\r\n+3\r\n")
            try await eventually(description: "all answered") { held.isComplete }
            #expect(try await client.send(RedisCommand("PING")) == .status(Array("OK".utf8)))
            #expect(server.commands.count == 4)
        }
        try await server.stop()
    }

    @Test func waitingBytesAreBounded() async throws {
        let server = try await FakeServer { $0.words[0] == "HOLD" ? .silence : nil }
        try await withLink(to: server.endpoint) { configuration in
            configuration.maxPendingBytes = 3000
            configuration.commandTimeout = .seconds(30)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let payload = RedisArgument.bytes(Array(repeating: 0, count: 1000))
            let held = try await link.sendTogether((0..<4).map { _ in RedisCommand("HOLD", [payload]) })
            #expect(held.outcomes.map(\.code) == [nil, nil, .backlogFull, .backlogFull])
            try await eventually(description: "two commands received") { server.commands.count == 2 }
            try await server.write("+1\r\n+2\r\n")
            try await eventually(description: "all answered") { held.isComplete }
            #expect(try await client.send(RedisCommand("SET", [payload])) == .status(Array("OK".utf8)))
        }
        try await server.stop()
    }

    @Test func shutDownAnswersEverything() async throws {
        let server = try await FakeServer { $0.words[0] == "HOLD" ? .silence : nil }
        try await withLink(to: server.endpoint) { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let sent = try await link.sendTogether([RedisCommand("HOLD")])
            try await eventually(description: "the command received") { server.commands.count == 1 }
            let unsent = Collector(1)
            let closed = try await link.eventLoop.submit {
                link.send(RedisCommand("LATE"), completion: unsent.slot(0))
                return link.shutDown()
            }.get()
            try await closed.get()
            #expect(sent.outcomes[0].code == .replyLost)
            #expect(unsent.outcomes[0].code == .shutDown)
            #expect(server.commands == [["HOLD"]])
            for call in 0..<2 {
                let error = await #expect(throws: RedisClientError.self) {
                    if call == 0 { try await client.waitUntilConnected(within: .seconds(5)) }
                    _ = try await client.send(RedisCommand("PING"))
                }
                #expect(error?.code == .shutDown)
            }
        }
        try await server.stop()
    }

    /// Neither the timers nor the socket keep a link alive that was shut down.
    @Test func nothingIsLeftAfterShutDown() async throws {
        let server = try await FakeServer { $0.words[0] == "HOLD" ? .silence : nil }
        weak var released: RedisLink?
        try await withLink(to: server.endpoint) { link, client in
            released = link
            try await client.waitUntilConnected(within: .seconds(5))
            _ = try await client.send(RedisCommand("PING"))
            _ = try await link.sendTogether([RedisCommand("HOLD")])
        }
        try await eventually(description: "the link freed") { released == nil }
        try await server.stop()
    }

    @Test func oneTurnOfTheLoopIsOneWrite() async throws {
        let server = try await FakeServer()
        try await withLink(to: server.endpoint) { configuration in
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let before = server.state.withLockedValue { $0.readCount }
            let commands = try await link.sendTogether((0..<20).map { RedisCommand("SET", [.integer($0)]) })
            try await eventually(description: "all answered") { commands.isComplete }
            #expect(server.state.withLockedValue { $0.readCount } == before + 1)
            #expect(server.commands.count == 20)
        }
        try await server.stop()
    }

    @Test func observerSeesNameDurationAndOutcome() async throws {
        let server = try await FakeServer { $0.words[0] == "BAD" ? .wire("-ERR no\r\n") : nil }
        let seen = NIOLockedValueBox<[String: Bool]>([:])
        let script = RedisScript(name: "my-script", source: [1])
        try await withLink(to: server.endpoint) { configuration in
            configuration.observer = { operation, nanoseconds, succeeded in
                #expect(nanoseconds > 0)
                seen.withLockedValue { $0[operation] = succeeded }
            }
        } _: { _, client in
            try await client.waitUntilConnected(within: .seconds(5))
            _ = try await client.send(RedisCommand("GOOD"))
            _ = try? await client.send(RedisCommand("BAD"))
            _ = try await client.run(script, keys: [])
            let names = seen.withLockedValue { $0 }
            #expect(names["GOOD"] == true)
            #expect(names["BAD"] == false)
            #expect(names["my-script"] == true)
        }
        try await server.stop()
    }
}
