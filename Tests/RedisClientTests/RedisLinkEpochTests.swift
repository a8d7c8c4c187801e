import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import TestServers
import Testing

@Suite struct RedisLinkEpochTests {
    @Test func healthCheckSeesANewEpoch() async throws {
        let runID = NIOLockedValueBox("first")
        let server = try await FakeServer { received in
            received.words[0] == "INFO" ? .wire(FakeServer.info(runID: runID.withLockedValue { $0 })) : nil
        }
        try await withLink(to: server.endpoint) { configuration in
            configuration.healthInterval = .milliseconds(20)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            #expect(link.snapshot.epoch?.runID == "first")
            runID.withLockedValue { $0 = "second" }
            try await eventually(description: "the new epoch") { link.snapshot.epoch?.runID == "second" }
            #expect(link.snapshot.healthLatency != nil)
            runID.withLockedValue { $0 = "third" }
            #expect(try await client.refreshEpoch().runID == "third")
            #expect(link.snapshot.connectCount == 1)
        }
        try await server.stop()
    }

    @Test func argumentsSeeTheEpochOfTheirConnection() async throws {
        let server = try await FakeServer { received in
            switch received.words[0] {
            case "INFO": .wire(FakeServer.info(runID: "c\(received.connection)"))
            case "EVALSHA": .wire(FakeServer.bulk(received.words[3]))
            case "QUIT": .close
            default: nil
            }
        }
        let script = RedisScript(name: "s", source: [1])
        try await withLink(to: server.endpoint) { link, client in
            for connection in 1...3 {
                try await eventually(description: "connection \(connection)") {
                    link.snapshot.connectCount == connection
                }
                let token = try await client.run(script, keys: []) { [.bytes($0.token)] }
                #expect(token.text == "c\(connection)|repl1")
                _ = try? await client.send(RedisCommand("QUIT"))
            }
        }
        try await server.stop()
    }

    @Test func readOnlyReplyLeadsAwayFromAReplica() async throws {
        let isReplica = NIOLockedValueBox(false)
        let server = try await FakeServer { received in
            switch received.words[0] {
            case "INFO":
                .wire(
                    FakeServer.info(
                        role: isReplica.withLockedValue { $0 } && received.connection == 1 ? "slave" : "master"
                    )
                )
            case "SET" where received.connection == 1:
                .wire("-READONLY You can't write against a read only replica.\r\n")
            default: nil
            }
        }
        try await withLink(to: server.endpoint) { configuration in
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            isReplica.withLockedValue { $0 = true }
            let error = await #expect(throws: RedisClientError.self) { try await client.send(RedisCommand("SET")) }
            #expect(error?.serverErrorCode == "READONLY")
            try await eventually(description: "another connection") { link.snapshot.connectCount == 2 }
            #expect(try await client.send(RedisCommand("SET")) == .status(Array("OK".utf8)))
        }
        try await server.stop()
    }

    /// `-LOADING` makes the link give the server up without harm to the commands under way.
    @Test func loadingReplyRetiresTheConnection() async throws {
        let server = try await FakeServer { received in
            switch received.words[0] {
            case "A" where received.connection == 1: .wire("-LOADING Redis is loading the dataset in memory\r\n")
            case "B": .delayed("+done\r\n", .milliseconds(50))
            default: nil
            }
        }
        try await withLink(to: server.endpoint) { configuration in
            configuration.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(5))
            let commands = try await link.sendTogether([RedisCommand("A"), RedisCommand("B")])
            try await eventually(description: "both answered") { commands.isComplete }
            #expect(commands.outcomes[0].code == .serverError)
            #expect(commands.outcomes[1].value == .status(Array("done".utf8)))
            try await eventually(description: "another connection") { link.snapshot.connectCount == 2 }
            #expect(try await client.send(RedisCommand("A")) == .status(Array("OK".utf8)))
        }
        try await server.stop()
    }

    @Test func refreshWhileDisconnectedFailsAtOnce() async throws {
        let server = try await FakeServer()
        try await withLink(to: server.endpoint, starting: false) { _, client in
            let error = await #expect(throws: RedisClientError.self) { try await client.refreshEpoch() }
            #expect(error?.code == .notConnected)
        }
        try await server.stop()
    }
}
