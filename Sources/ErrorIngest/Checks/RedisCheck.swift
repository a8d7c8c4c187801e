import IngestStorage
import Logging
import NIOCore
import NIOPosix
import QueueCore
import RedisClient

/// What the service needs of Redis. Reads only.
struct RedisCheck {
    private static let limit: Duration = .seconds(5)
    /// Above it new errors are refused: see AdmitLimits.
    private static let refusedShare = 75
    private static let fullShare = 60

    let endpoint: RedisEndpoint
    let configuration: ServiceConfiguration
    let leastFree_MiB: Int

    struct Result: Sendable {
        var findings: [CheckFinding] = []
        /// What is recorded, and which shards hold something; nil when it could not be read.
        var shards: (recorded: Int?, holding: [Int])?
    }

    func run() async -> Result {
        var result = Result()
        var settings = RedisConfiguration(endpoint: endpoint)
        settings.connectTimeout = .seconds(3)
        settings.commandTimeout = .seconds(3)
        settings.clientName = "error-ingest-check"
        let link = RedisLink(
            configuration: settings, eventLoop: MultiThreadedEventLoopGroup.singleton.next(),
            logger: Logger(label: "check") { _ in SwiftLogNoOpLogHandler() })
        let client = RedisClient(link: link)
        link.start()
        do throws(RedisClientError) {
            let asked = ContinuousClock.now
            try await client.waitUntilConnected(within: Self.limit)
            let took = (ContinuousClock.now - asked) / .milliseconds(1)
            result.findings.append(
                .ok("redis.connection", "\(endpoint) is connected within \(Int(took.rounded(.up))) ms"))
            try await look(client, &result)
        } catch {
            result.findings.append(unavailable(error))
        }
        try? await link.shutDown().get()
        return result
    }

    private func unavailable(_ error: RedisClientError) -> CheckFinding {
        // INFO with several sections is as old as Redis 7.0.
        if error.message.contains("syntax error") {
            return .failure(
                "redis.version", .version, "\(endpoint): \(error.message)", remedy: "Redis 7.0 or later is needed")
        }
        let remedy =
            error.code == .authenticationFailed
            ? "Mend the user and the password in REDIS_URL, or the user's rules in Redis (ACL SETUSER)"
            : "Start Redis, or mend REDIS_URL"
        return .failure("redis.connection", .unavailable, "\(endpoint): \(error.message)", remedy: remedy)
    }

    private func look(_ client: RedisClient, _ result: inout Result) async throws(RedisClientError) {
        let snapshot = client.link.snapshot
        if let state = snapshot.serverState {
            result.findings.append(version(state))
            if let durability = snapshot.durability { result.findings.append(self.durability(durability)) }
            result.findings.append(contentsOf: space(state))
        }
        result.findings.append(contentsOf: await disk(client))
        result.findings.append(await RedisPermissionCheck(client: client, configuration: configuration).run())
        result.findings.append(try await clock(client))
        result.shards = try? await shards(client)
    }

    private func version(_ state: RedisServerState) -> CheckFinding {
        let text = state.version ?? "unknown"
        guard let major = text.split(separator: ".").first.flatMap({ Int($0) }), major >= 7 else {
            return .failure("redis.version", .version, "Redis \(text)", remedy: "Redis 7.0 or later is needed")
        }
        return .ok("redis.version", "Redis \(text)")
    }

    private func durability(_ durability: RedisDurability) -> CheckFinding {
        let remedy = "Set it with CONFIG SET and in redis.conf; see docs/operations.md"
        switch durability {
        case .assured:
            return .ok("redis.durability", "every acknowledged write is on disk")
        case .degraded(let reasons) where configuration.trustsRedisDurability:
            return .warning(
                "redis.durability", .durability,
                "REDIS_DURABILITY=trusted hides this: " + reasons.joined(separator: "; "), remedy: remedy)
        case .degraded(let reasons):
            return .failure("redis.durability", .durability, reasons.joined(separator: "; "), remedy: remedy)
        case .unknown(let reason) where configuration.trustsRedisDurability:
            return .ok("redis.durability", "not shown (\(reason)); trusted by REDIS_DURABILITY")
        case .unknown(let reason):
            return .failure(
                "redis.durability", .durability, reason,
                remedy: "Let the user run CONFIG GET (+config|get), or vouch for it: REDIS_DURABILITY=trusted")
        }
    }

    private func space(_ state: RedisServerState) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        if state.lastAppendFailed == true {
            findings.append(
                .failure(
                    "redis.disk", .space, "Redis' last write to its append-only file failed",
                    remedy: "Look at the disk and the log of Redis"))
        }
        guard let used = state.usedMemoryBytes, let limit = state.maxMemoryBytes else { return findings }
        let share = Int(used * 100 / limit)
        let seen = "\(used >> 20) of \(limit >> 20) MiB used (\(share) %)"
        let remedy = "Find out what fills it (queue_depth, sync_windows_waiting), or raise maxmemory"
        switch share {
        case ..<Self.fullShare: findings.append(.ok("redis.memory", seen))
        case ..<Self.refusedShare: findings.append(.warning("redis.memory", .space, seen, remedy: remedy))
        default:
            findings.append(
                .failure("redis.memory", .space, seen + "; new errors are refused", remedy: remedy))
        }
        return findings
    }

    /// On a Unix socket the server is on this machine, and so is its directory.
    private func disk(_ client: RedisClient) async -> [CheckFinding] {
        guard case .unixSocket = endpoint.address else {
            return [.ok("redis.disk", "not looked at: the server is on another machine")]
        }
        guard let reply = try? await client.send(RedisCommand("CONFIG", ["GET", "dir"])).elements, reply.count == 2,
            let directory = reply[1].text, let space = FreeSpace(of: directory)
        else { return [.ok("redis.disk", "not looked at: its directory cannot be read")] }
        return [space.finding("redis.disk", directory, least_MiB: leastFree_MiB)]
    }

    private func clock(_ client: RedisClient) async throws(RedisClientError) -> CheckFinding {
        var best: ClockOffset?
        for _ in 0..<3 {
            let asked = WallClock.unixMilliseconds
            let reply = try await client.send(RedisCommand("TIME")).elements ?? []
            let answered = WallClock.unixMilliseconds
            guard reply.count == 2, let seconds = reply[0].integerValue, let microseconds = reply[1].integerValue else {
                break
            }
            let offset = ClockOffset(
                askedAt: asked, answeredAt: answered, other: seconds * 1_000 + microseconds / 1_000)
            if offset.roundTrip_ms < best?.roundTrip_ms ?? .max { best = offset }
        }
        return best?.finding("redis.clock", "Redis")
            ?? .warning("redis.clock", .clock, "Redis does not say what time it is", remedy: "Look at its log")
    }

    private func shards(_ client: RedisClient) async throws(RedisClientError) -> (recorded: Int?, holding: [Int]) {
        let namespace = configuration.redisNamespace
        let first = RedisKeys(namespace: namespace, shard: 0)
        let recorded = try await client.send(RedisCommand("HGET", [.bytes(first.meta), "shards"])).integerValue
        var holding: [Int] = []
        for shard in 0..<RedisShardRegistry.maxShards {
            let keys = RedisKeys(namespace: namespace, shard: shard)
            let sealed = try await client.send(RedisCommand("LLEN", [.bytes(keys.sealed)])).integerValue ?? 0
            let fields = [.bytes(keys.meta)] + RedisShardRegistry.heldFields
            let held = try await client.send(RedisCommand("HMGET", fields)).elements ?? []
            if sealed > 0 || held.contains(where: { ($0.integerValue ?? 0) > 0 }) { holding.append(shard) }
        }
        return (recorded.map { Int($0) }, holding)
    }
}
