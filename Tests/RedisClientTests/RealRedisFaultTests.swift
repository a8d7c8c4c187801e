import NIOCore
import RedisClient
import TestServers
import Testing

/// Each against a real server of its own, which it stops, kills or reconfigures.
@Suite struct RealRedisFaultTests {
    static let ping = RedisCommand("PING")
    static let pong = RedisValue.status(Array("PONG".utf8))

    @Test func overTCPWithRightAndWrongCredentials() async throws {
        let redis = try await TestRedis.start(port: true)
        let port = try #require(redis.port)
        let address = RedisEndpoint.Address.host("127.0.0.1", port: port)
        try await withLink(to: RedisEndpoint(address: address)) { _, client in
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(Self.ping) == Self.pong)
            _ = try await client.send(RedisCommand("CONFIG", ["SET", "requirepass", "right"]))
            _ = try await client.send(
                RedisCommand("ACL", ["SETUSER", "app", "on", ">secret", "~*", "+@all", "-config", "-client"])
            )
        }
        try await withLink(to: RedisEndpoint(address: address, password: "right", database: 5)) { configuration in
            configuration.clientName = "tests"
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let line = try await client.send(RedisCommand("CLIENT", ["INFO"])).text
            #expect(line?.contains(" db=5 ") == true)
            #expect(line?.contains(" name=tests ") == true)
            #expect(link.snapshot.durability == .assured)
        }
        // A user who may not use CONFIG and CLIENT: it works, and the durability is unknown.
        let limited = RedisEndpoint(address: address, username: "app", password: "secret")
        try await withLink(to: limited) {
            $0.clientName = "tests"
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(Self.ping) == Self.pong)
            guard case .unknown = link.snapshot.durability else {
                Issue.record("\(String(describing: link.snapshot.durability))")
                return
            }
        }
        for wrong in [
            RedisEndpoint(address: address), RedisEndpoint(address: address, password: "hunter2"),
            RedisEndpoint(address: address, username: "app", password: "hunter2"),
        ] {
            try await withLink(to: wrong) { link, client in
                try await eventually(description: "a refusal") { link.snapshot.lastError != nil }
                let error = await #expect(throws: RedisClientError.self) {
                    try await client.waitUntilConnected(within: .milliseconds(1))
                }
                #expect(error?.code == .authenticationFailed)
                #expect(error?.message.contains("127.0.0.1:\(port)") == true)
                #expect(error?.message.contains("hunter2") == false)
                let refusal = await #expect(throws: RedisClientError.self) { try await client.send(Self.ping) }
                #expect(refusal?.code == .notConnected)
            }
        }
        await redis.kill()
    }

    @Test func scriptFlushRunsNothingTwice() async throws {
        let redis = try await TestRedis.start()
        let add = RedisScript(name: "add", source: Array("return redis.call('INCRBY', KEYS[1], ARGV[1])".utf8))
        try await withLink(to: redis.endpoint) {
            $0.scripts = [add]
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let collector = Collector(4)
            try await link.eventLoop.submit {
                let key = Array("n".utf8)
                link.run(add, keys: [key], arguments: [1], completion: collector.slot(0))
                link.send(RedisCommand("SCRIPT", ["FLUSH"]), completion: collector.slot(1))
                link.run(add, keys: [key], arguments: [10], completion: collector.slot(2))
                link.send(RedisCommand("INCRBY", ["n", 100]), completion: collector.slot(3))
            }.get()
            try await eventually(description: "all answered") { collector.isComplete }
            // The flushed call ran once, after the command that was behind it.
            #expect(
                collector.outcomes.map(\.value) == [
                    .integer(1), .status(Array("OK".utf8)), .integer(111), .integer(101),
                ]
            )
            #expect(try await client.run(add, keys: [Array("n".utf8)], arguments: [1]) == .integer(112))
            #expect(link.snapshot.connectCount == 1)
        }
        await redis.kill()
    }

    @Test func restartGivesAnotherEpoch() async throws {
        let redis = try await TestRedis.start(arguments: ["--enable-debug-command", "yes"])
        let script = RedisScript(name: "one", source: Array("return 1".utf8))
        try await withLink(to: redis.endpoint) {
            $0.scripts = [script]
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let first = try #require(link.snapshot.epoch)
            _ = try await client.send(RedisCommand("DEBUG", ["CHANGE-REPL-ID"]))
            let second = try await client.refreshEpoch()
            #expect(second.runID == first.runID)
            #expect(second.replicationID != first.replicationID)
            await redis.stop()
            try await eventually(description: "the loss seen") { !link.snapshot.isConnected }
            #expect(link.snapshot.epoch == nil)
            try await redis.start()
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(link.snapshot.epoch?.runID != first.runID)
            // The new server has been taught the scripts.
            #expect(try await client.run(script, keys: []) == .integer(1))
        }
        await redis.kill()
    }

    @Test func killedServerFailsWhatIsPendingAndComesBack() async throws {
        let redis = try await TestRedis.start(arguments: ["--enable-debug-command", "yes"])
        try await withLink(to: redis.endpoint) {
            $0.commandTimeout = .seconds(30)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let pending = try await link.sendTogether([RedisCommand("DEBUG", ["SLEEP", "20"]), Self.ping])
            let started = ContinuousClock.now
            await redis.kill()
            try await eventually(within: .seconds(2), description: "an answer to each") { pending.isComplete }
            #expect(ContinuousClock.now - started < .seconds(2))
            #expect(pending.outcomes.map(\.code) == [.replyLost, .replyLost])
            let refused = await #expect(throws: RedisClientError.self) { try await client.send(Self.ping) }
            #expect(refused?.code == .notConnected)
            try await redis.start()
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(Self.ping) == Self.pong)
            #expect(link.snapshot.connectCount == 2)
        }
        await redis.kill()
    }

    @Test func stoppedServerTimesOut() async throws {
        let redis = try await TestRedis.start()
        try await withLink(to: redis.endpoint) {
            $0.commandTimeout = .milliseconds(500)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            redis.suspend()
            let started = ContinuousClock.now
            let commands = try await link.sendTogether([Self.ping, Self.ping])
            try await eventually(within: .seconds(5), description: "an answer to each") { commands.isComplete }
            #expect(ContinuousClock.now - started < .seconds(2))
            // The health check may be the head of the line.
            #expect(commands.outcomes[0].code == .timedOut || commands.outcomes[0].code == .replyLost)
            #expect(commands.outcomes[1].code == .replyLost)
            let refused = await #expect(throws: RedisClientError.self) { try await client.send(Self.ping) }
            #expect(refused?.code == .notConnected)
            redis.resume()
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(Self.ping) == Self.pong)
        }
        await redis.kill()
    }

    @Test func pausedAndSleepingServerTimesOut() async throws {
        let redis = try await TestRedis.start(arguments: ["--enable-debug-command", "yes"])
        try await withLink(to: redis.endpoint) {
            $0.commandTimeout = .milliseconds(300)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let sleep = await #expect(throws: RedisClientError.self) {
                try await client.send(RedisCommand("DEBUG", ["SLEEP", "1"]))
            }
            #expect(sleep?.code == .timedOut || sleep?.code == .replyLost)
            try await client.waitUntilConnected(within: .seconds(10))
            _ = try await client.send(RedisCommand("CLIENT", ["PAUSE", "1000", "ALL"]))
            let paused = await #expect(throws: RedisClientError.self) { try await client.send(Self.ping) }
            #expect(paused?.outcomeIsUnknown == true)
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(Self.ping) == Self.pong)
        }
        await redis.kill()
    }

    @Test func backlogIsBounded() async throws {
        let redis = try await TestRedis.start(arguments: ["--enable-debug-command", "yes"])
        try await withLink(to: redis.endpoint) { configuration in
            configuration.maxPendingCommands = 100
            configuration.commandTimeout = .seconds(10)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            let commands = try await link.sendTogether(
                [RedisCommand("DEBUG", ["SLEEP", "0.3"])] + Array(repeating: Self.ping, count: 149)
            )
            #expect(commands.outcomes.filter { $0.code == .backlogFull }.count == 50)
            try await eventually(description: "the rest answered") { commands.isComplete }
            #expect(commands.outcomes.filter { $0.value == Self.pong }.count == 99)
            #expect(try await client.send(Self.ping) == Self.pong)
        }
        await redis.kill()
    }

    @Test func fullServerIsAnErrorReply() async throws {
        let redis = try await TestRedis.start()
        try await withLink(to: redis.endpoint) { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            _ = try await client.send(RedisCommand("CONFIG", ["SET", "maxmemory", "100000"]))
            let full = await #expect(throws: RedisClientError.self) {
                try await client.send(RedisCommand("SET", ["a", "b"]))
            }
            #expect(full?.serverErrorCode == "OOM")
            _ = try await client.refreshEpoch()
            #expect(link.snapshot.serverState?.maxMemoryBytes == 100_000)
            #expect(link.snapshot.isConnected)
        }
        await redis.kill()
    }

    @Test func demotedServerIsLeftUntilItIsPrimaryAgain() async throws {
        let redis = try await TestRedis.start()
        try await withLink(to: redis.endpoint) {
            $0.healthInterval = .seconds(60)
        } _: { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            _ = try await client.send(RedisCommand("REPLICAOF", ["127.0.0.1", "1"]))
            let error = await #expect(throws: RedisClientError.self) {
                try await client.send(RedisCommand("SET", ["a", "b"]))
            }
            #expect(error?.serverErrorCode == "READONLY")
            try await eventually(description: "the replica left") { !link.snapshot.isConnected }
            try await eventually(description: "the reason named") {
                link.snapshot.lastError?.message.contains("replica") == true
            }
            try await redis.restart()
            try await client.waitUntilConnected(within: .seconds(10))
            #expect(try await client.send(RedisCommand("SET", ["a", "b"])) == .status(Array("OK".utf8)))
        }
        await redis.kill()
    }

    @Test(
        "weak settings are named",
        arguments: [
            (["--appendfsync", "everysec"], "appendfsync is everysec"), (["--appendonly", "no"], "appendonly is no"),
            (["--maxmemory-policy", "allkeys-lru"], "maxmemory-policy is allkeys-lru"),
            (["--maxmemory", "0"], "maxmemory is 0"),
            (["--no-appendfsync-on-rewrite", "yes"], "no-appendfsync-on-rewrite is yes"),
        ]
    )
    func weakSettings(_ arguments: [String], _ reason: String) async throws {
        let redis = try await TestRedis.start(arguments: arguments)
        try await withLink(to: redis.endpoint) { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            guard case .degraded(let reasons) = link.snapshot.durability else {
                Issue.record("\(String(describing: link.snapshot.durability))")
                return
            }
            #expect(reasons.count == 1)
            #expect(reasons.first?.hasPrefix(reason) == true)
        }
        await redis.kill()
    }
}
