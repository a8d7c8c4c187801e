import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import TestServers
import Testing

@Suite struct RedisLinkScriptTests {
    static let script = RedisScript(name: "s", source: Array("return 1".utf8))
    static let noScript = "-NOSCRIPT No matching script.\r\n"

    @Test func noScriptLoadsOnceAndResendsOnlyThoseCalls() async throws {
        let calls = NIOLockedValueBox(0)
        let server = try await FakeServer { received in
            guard received.words[0] == "EVALSHA" else { return nil }
            let number = calls.withLockedValue { calls in
                calls += 1
                return calls
            }
            return .wire(number <= 2 ? Self.noScript : ":\(number)\r\n")
        }
        try await withLink(to: server.endpoint) { configuration in
            configuration.scripts = [Self.script]
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let collector = Collector(3)
            try await link.eventLoop.submit {
                link.run(Self.script, keys: [[0x6B]], arguments: [1], completion: collector.slot(0))
                link.send(RedisCommand("PING"), completion: collector.slot(1))
                link.run(Self.script, keys: [], arguments: [], completion: collector.slot(2))
            }.get()
            try await eventually(description: "all answered") { collector.isComplete }
            #expect(collector.outcomes.map(\.value) == [.integer(3), .status(Array("OK".utf8)), .integer(4)])
            let digest = FakeServer.digest
            #expect(
                server.commands == [
                    ["SCRIPT", "LOAD", "return 1"],
                    ["EVALSHA", digest, "1", "k", "1"], ["PING"], ["EVALSHA", digest, "0"],
                    ["SCRIPT", "LOAD", "return 1"],
                    ["EVALSHA", digest, "1", "k", "1"], ["EVALSHA", digest, "0"],
                ]
            )
        }
        try await server.stop()
    }

    @Test func noScriptTwiceIsAnError() async throws {
        let server = try await FakeServer { $0.words[0] == "EVALSHA" ? .wire(Self.noScript) : nil }
        try await withLink(to: server.endpoint) { _, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let error = await #expect(throws: RedisClientError.self) { try await client.run(Self.script, keys: []) }
            #expect(error?.serverErrorCode == "NOSCRIPT")
        }
        try await server.stop()
    }

    /// NOSCRIPT means that nothing ran, so a connection that ends before the resend leaves no doubt.
    @Test func lostWhileLoadingIsNotAnUnknownOutcome() async throws {
        let server = try await FakeServer { received in
            switch received.words[0] {
            case "EVALSHA": .wire(Self.noScript)
            case "SCRIPT": .close
            default: nil
            }
        }
        try await withLink(to: server.endpoint) { _, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let error = await #expect(throws: RedisClientError.self) { try await client.run(Self.script, keys: []) }
            #expect(error?.code == .notConnected)
        }
        try await server.stop()
    }

    @Test func scriptNotConfiguredIsLoadedWhenFirstUsed() async throws {
        let server = try await FakeServer { $0.words[0] == "EVALSHA" ? .wire(":1\r\n") : nil }
        try await withLink(to: server.endpoint) { _, client in
            try await client.waitUntilConnected(within: .seconds(5))
            #expect(try await client.run(Self.script, keys: []) == .integer(1))
            // An equal script, made anew, is the same.
            let equal = RedisScript(name: "s", source: Self.script.source)
            #expect(try await client.run(equal, keys: []) == .integer(1))
            #expect(server.commands.filter { $0[0] == "SCRIPT" }.count == 1)
        }
        try await server.stop()
    }
}
