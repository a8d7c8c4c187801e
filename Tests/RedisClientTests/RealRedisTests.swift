import NIOConcurrencyHelpers
import NIOCore
import RedisClient
import TestServers
import Testing

extension TestRedis {
    var endpoint: RedisEndpoint { RedisEndpoint(address: .unixSocket(path: socketPath)) }
}

/// Against a real server that several tests share.
@Suite struct RealRedisTests {
    /// A connected link to the shared server and a key of its own.
    func withRedis(
        configure: (inout RedisConfiguration) -> Void = { _ in },
        _ body: (RedisLink, RedisClient, String) async throws -> Void
    ) async throws {
        let redis = try await TestServers.redis()
        try await withLink(to: redis.endpoint, configure: configure) { link, client in
            try await client.waitUntilConnected(within: .seconds(10))
            try await body(link, client, TestServers.freshNamespace())
        }
    }

    @Test func binaryValuesAndEveryReplyKind() async throws {
        try await withRedis { _, client, key in
            let bytes = (0...255).map { UInt8($0) }
            let set = try await client.send(RedisCommand("SET", [.string(key), .bytes(bytes)]))
            #expect(set == .status(Array("OK".utf8)))
            #expect(try await client.send(RedisCommand("GET", [.string(key)])) == .string(bytes))
            #expect(try await client.send(RedisCommand("GET", [.string(key + ":none")])) == .null)
            #expect(try await client.send(RedisCommand("STRLEN", [.string(key)])) == .integer(256))
            #expect(
                try await client.send(RedisCommand("MGET", [.string(key), .string(key + ":none")]))
                    == .array([.string(bytes), .null])
            )
            let error = await #expect(throws: RedisClientError.self) {
                try await client.send(RedisCommand("LPUSH", [.string(key), "x"]))
            }
            #expect(error?.serverErrorCode == "WRONGTYPE")
            #expect(error?.outcomeIsUnknown == false)
        }
    }

    @Test func largeValue() async throws {
        try await withRedis { _, client, key in
            let bytes = [UInt8](repeating: 0x0A, count: 5_000_000)
            _ = try await client.send(RedisCommand("SET", [.string(key), .bytes(bytes)]))
            #expect(try await client.send(RedisCommand("GET", [.string(key)])) == .string(bytes))
            _ = try await client.send(RedisCommand("DEL", [.string(key)]))
        }
    }

    @Test func stateOfTheServer() async throws {
        try await withRedis { link, _, _ in
            let snapshot = link.snapshot
            #expect(snapshot.durability == .assured)
            #expect(snapshot.serverState?.role == .primary)
            #expect(snapshot.serverState?.loading == false)
            #expect(snapshot.serverState?.maxMemoryBytes == 536_870_912)
            #expect((snapshot.serverState?.usedMemoryBytes ?? 0) > 100_000)
            #expect(snapshot.serverState?.lastAppendFailed == false)
            #expect(snapshot.epoch?.runID.count == 40)
            #expect(snapshot.epoch?.replicationID.count == 40)
            #expect(snapshot.epoch?.token.count == 81)
        }
    }

    @Test func tenThousandPipelinedInOrder() async throws {
        try await withRedis { link, _, _ in
            let commands = try await link.sendTogether((0..<10_000).map { RedisCommand("ECHO", [.integer($0)]) })
            try await eventually(within: .seconds(20), description: "10,000 replies") { commands.isComplete }
            for (index, outcome) in commands.outcomes.enumerated() {
                #expect(outcome.value?.integerValue == Int64(index))
            }
        }
    }

    @Test func scriptsRunAndFail() async throws {
        let add = RedisScript(name: "add", source: Array("return ARGV[1] + ARGV[2]".utf8))
        let nested = RedisScript(name: "nested", source: Array("return {redis.error_reply('BAD x'), 7}".utf8))
        let fails = RedisScript(name: "fails", source: Array("return redis.error_reply('CUSTOM no')".utf8))
        let broken = RedisScript(name: "broken", source: Array("return nil + 1".utf8))
        let unparsable = RedisScript(name: "unparsable", source: Array("return (".utf8))
        try await withRedis { configuration in
            configuration.scripts = [add, nested, fails, broken]
        } _: { _, client, _ in
            let sum = try await client.run(add, keys: [], arguments: [40, 2])
            #expect(sum == .integer(42))
            #expect(try await client.run(nested, keys: []) == .array([.error(Array("BAD x".utf8)), .integer(7)]))
            for (script, code) in [(fails, "CUSTOM"), (broken, "ERR"), (unparsable, "ERR")] {
                let error = await #expect(throws: RedisClientError.self) { try await client.run(script, keys: []) }
                #expect(error?.serverErrorCode == code)
            }
            #expect(try await client.run(add, keys: [], arguments: [1, 1]) == .integer(2))
        }
    }

    @Test func blockingCommandKeepsTheConnection() async throws {
        try await withRedis { configuration in
            configuration.commandTimeout = .seconds(1)
            configuration.healthInterval = .milliseconds(100)
        } _: { link, client, key in
            let reply = try await client.send(RedisCommand("BLPOP", [.string(key), "1.5"]), timeout: .seconds(10))
            #expect(reply == .null)
            _ = try await client.refreshEpoch()
            #expect(link.snapshot.connectCount == 1)
        }
    }
}
