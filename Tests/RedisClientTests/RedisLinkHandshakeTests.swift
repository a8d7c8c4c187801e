import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import TestServers
import Testing

@Suite struct RedisLinkHandshakeTests {
    @Test func saysEverythingInOrder() async throws {
        let server = try await FakeServer()
        let endpoint = RedisEndpoint(
            address: .unixSocket(path: server.path),
            username: "u",
            password: "p",
            database: 3
        )
        let scripts = ["one", "two"].map { RedisScript(name: $0, source: Array($0.utf8)) }
        try await withLink(to: endpoint) { configuration in
            configuration.scripts = scripts
            configuration.clientName = "me"
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let words = server.state.withLockedValue { $0.received.map { Array($0.words.prefix(3)) } }
            #expect(
                words == [
                    ["AUTH", "u", "p"], ["SELECT", "3"], ["INFO", "server", "replication"],
                    ["CONFIG", "GET", "appendonly"],
                    ["CLIENT", "SETNAME", "me"], ["SCRIPT", "LOAD", "one"], ["SCRIPT", "LOAD", "two"],
                ]
            )
            let snapshot = link.snapshot
            #expect(snapshot.isConnected)
            #expect(snapshot.epoch?.token == Array("run1|repl1".utf8))
            #expect(snapshot.durability == .assured)
            #expect(snapshot.serverState?.usedMemoryBytes == 1000)
            #expect(snapshot.serverState?.maxMemoryBytes == nil)
            #expect(snapshot.serverState?.role == .primary)
        }
        try await server.stop()
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let command: String
        let answer: String
        let code: RedisClientError.Code
        let says: String
        var testDescription: String { "\(command) → \(answer.prefix(40))" }
    }

    @Test(
        "a server that is not ready",
        arguments: [
            Refusal(command: "AUTH", answer: "-WRONGPASS bad\r\n", code: .authenticationFailed, says: "WRONGPASS"),
            Refusal(command: "INFO", answer: "-NOAUTH required\r\n", code: .authenticationFailed, says: "NOAUTH"),
            Refusal(command: "INFO", answer: "-NOPERM no\r\n", code: .authenticationFailed, says: "+info"),
            Refusal(command: "INFO", answer: "-LOADING wait\r\n", code: .connectFailed, says: "LOADING"),
            Refusal(command: "INFO", answer: FakeServer.info(loading: 1), code: .connectFailed, says: "loads"),
            Refusal(command: "INFO", answer: FakeServer.info(role: "slave"), code: .connectFailed, says: "replica"),
            Refusal(command: "INFO", answer: "$3\r\nabc\r\n", code: .connectFailed, says: "run_id"),
            Refusal(command: "INFO", answer: ":1\r\n", code: .connectFailed, says: "no text"),
            Refusal(command: "CONFIG", answer: "-LOADING wait\r\n", code: .connectFailed, says: "LOADING"),
            Refusal(command: "SCRIPT", answer: "-MASTERDOWN x\r\n", code: .connectFailed, says: "MASTERDOWN"),
            Refusal(command: "SCRIPT", answer: "-ERR syntax\r\n", code: .connectFailed, says: "script s"),
            Refusal(command: "SCRIPT", answer: "+x\r\n", code: .connectFailed, says: "digest"),
            Refusal(command: "INFO", answer: "HTTP/1.1 400\r\n", code: .protocolViolation, says: "Protocol error"),
        ]
    )
    func refused(_ refusal: Refusal) async throws {
        let server = try await FakeServer { received in
            received.words[0] == refusal.command ? .wire(refusal.answer) : nil
        }
        let endpoint = RedisEndpoint(address: .unixSocket(path: server.path), password: "hunter2")
        try await withLink(to: endpoint) { configuration in
            configuration.scripts = [RedisScript(name: "s", source: [1])]
            configuration.authenticationRetryDelay = .milliseconds(20)
        } _: { link, client in
            try await eventually(description: "\(refusal.code)") { link.snapshot.lastError?.code == refusal.code }
            let error = await #expect(throws: RedisClientError.self) {
                try await client.waitUntilConnected(within: .milliseconds(1))
            }
            #expect(error?.code == refusal.code)
            #expect(error?.message.contains(refusal.says) == true, "\(error.debugDescription)")
            #expect(error?.message.contains("hunter2") == false)
            #expect(link.snapshot.isConnected == false)
            #expect(link.snapshot.lastError?.code == refusal.code)
            // It goes on trying, and recovers without a restart.
            server.setScript { _ in nil }
            try await client.waitUntilConnected(within: .seconds(5))
            #expect(try await client.send(RedisCommand("PING")) == .status(Array("OK".utf8)))
        }
        try await server.stop()
    }

    @Test func configRefusedIsUnknownDurability() async throws {
        let server = try await FakeServer { $0.words[0] == "CONFIG" ? .wire("-ERR unknown command\r\n") : nil }
        try await withLink(to: server.endpoint) { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            guard case .unknown(let reason) = link.snapshot.durability else {
                Issue.record("\(String(describing: link.snapshot.durability))")
                return
            }
            #expect(reason.contains("unknown command"))
        }
        try await server.stop()
    }

    @Test func noServerNamesTheAddress() async throws {
        let path = try TestServers.freshDirectory() + "/none.sock"
        try await withLink(to: RedisEndpoint(address: .unixSocket(path: path))) { link, client in
            try await eventually(description: "a failed attempt") { link.snapshot.lastError != nil }
            let error = await #expect(throws: RedisClientError.self) {
                try await client.waitUntilConnected(within: .milliseconds(1))
            }
            #expect(error?.code == .connectFailed)
            #expect(error?.message.contains(path) == true)
        }
        let port = Int(try FreePort.find())
        try await withLink(to: RedisEndpoint(address: .host("127.0.0.1", port: port))) { link, client in
            try await eventually(description: "a failed attempt") { link.snapshot.lastError != nil }
            let error = await #expect(throws: RedisClientError.self) {
                try await client.waitUntilConnected(within: .milliseconds(1))
            }
            #expect(error?.code == .connectFailed)
            #expect(error?.message.contains("refused") == true, "\(error.debugDescription)")
        }
    }

    @Test func silentServerEndsEachAttempt() async throws {
        let server = try await FakeServer { _ in .silence }
        try await withLink(to: server.endpoint) { configuration in
            configuration.commandTimeout = .milliseconds(50)
        } _: { _, client in
            try await eventually(description: "a second attempt") { server.connectionCount >= 2 }
            let error = await #expect(throws: RedisClientError.self) {
                try await client.waitUntilConnected(within: .milliseconds(1))
            }
            #expect(error?.code == .timedOut)
        }
        try await server.stop()
    }
}
