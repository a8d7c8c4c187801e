import IngestStorage
import RedisClient

/// Whether Redis lets this user run each command the service sends, itself or from a script, on the service's keys.
///
/// Asked within MULTI … DISCARD: Redis checks a user's rules when it queues a command, and DISCARD throws the queue away, so that
/// nothing is run. https://redis.io/docs/latest/develop/using-commands/transactions/
struct RedisPermissionCheck {
    /// Enough arguments to be queued, on the key of the shard's hash; nothing of it ever runs.
    private static let arguments: [String: [RedisArgument]] = [
        "EVALSHA": ["0000000000000000000000000000000000000000", 1, Self.key],
        "EXPIRE": [Self.key, 1], "HDEL": [Self.key, "f"], "HGET": [Self.key, "f"], "HGETALL": [Self.key],
        "HINCRBY": [Self.key, "f", 1], "HLEN": [Self.key], "HMGET": [Self.key, "f"], "HSCAN": [Self.key, 0],
        "HSET": [Self.key, "f", "v"], "INFO": ["server"], "LLEN": [Self.key], "LRANGE": [Self.key, 0, 1],
        "LREM": [Self.key, 1, "v"], "LPOP": [Self.key], "RPUSH": [Self.key, "v"], "SADD": [Self.key, "v"],
        "SCARD": [Self.key], "DEL": [Self.key], "EXISTS": [Self.key], "GET": [Self.key], "SET": [Self.key, "v"],
        "SCRIPT": ["LOAD", "return 1"], "SISMEMBER": [Self.key, "v"], "SMISMEMBER": [Self.key, "v"], "TIME": [],
        "UNLINK": [Self.key], "XACK": [Self.key, "g", "1-1"], "XADD": [Self.key, "*", "f", "v"],
        "XAUTOCLAIM": [Self.key, "g", "c", 1, 0], "XCLAIM": [Self.key, "g", "c", 1, "1-1"],
        "XDEL": [Self.key, "1-1"], "XGROUP": ["CREATE", Self.key, "g", "0"], "XINFO": ["STREAM", Self.key],
        "XLEN": [Self.key], "XPENDING": [Self.key, "g"], "XRANGE": [Self.key, "-", "+"],
        "XREADGROUP": ["GROUP", "g", "c", "STREAMS", Self.key, ">"], "ZADD": [Self.key, 1, "v"],
        "ZCARD": [Self.key], "ZCOUNT": [Self.key, 0, 1], "ZRANGE": [Self.key, 0, 1],
        "ZRANGEBYSCORE": [Self.key, 0, 1], "ZREM": [Self.key, "v"], "ZSCORE": [Self.key, "v"],
    ]
    private static let key: RedisArgument = "key"

    let client: RedisClient
    let configuration: ServiceConfiguration

    func run() async -> CheckFinding {
        let commands = Self.commands
        let unknown = commands.filter { Self.arguments[$0] == nil }
        guard unknown.isEmpty else {
            return .warning(
                "redis.permissions", .permission, "\(unknown.joined(separator: ", ")) cannot be tried",
                remedy: "Tell the developers: the table of RedisPermissionCheck lacks it")
        }
        do throws(RedisClientError) {
            _ = try await client.send(RedisCommand("MULTI"))
        } catch {
            return .warning(
                "redis.permissions", .permission, "cannot be tried without MULTI: \(error.message)",
                remedy: "Let the user run MULTI and DISCARD (+multi +discard) for this check")
        }
        let (refused, unclear) = await refusals(commands)
        _ = try? await client.send(RedisCommand("DISCARD"))
        guard let first = refused.first else {
            if let first = unclear.first {
                return .warning(
                    "redis.permissions", .permission,
                    "no answer about \(unclear.map(\.command).joined(separator: ", ")) (\(first.reason))",
                    remedy: "See what else Redis complains of, and try again")
            }
            return .ok("redis.permissions", "\(commands.count) commands are permitted")
        }
        let names = refused.map(\.command).joined(separator: ", ")
        return .failure(
            "redis.permissions", .permission, "refused: \(names) (\(first.reason))",
            remedy: "Grant them to the user of REDIS_URL: ACL SETUSER … "
                + refused.map { "+" + $0.command.lowercased() }.joined(separator: " ")
                + " ~{\(configuration.redisNamespace):*")
    }

    private typealias Refusal = (command: String, reason: String)

    private func refusals(_ commands: [String]) async -> (refused: [Refusal], unclear: [Refusal]) {
        let meta = RedisKeys(namespace: configuration.redisNamespace, shard: 0).meta
        var (refused, unclear): ([Refusal], [Refusal]) = ([], [])
        for command in commands {
            let arguments = (Self.arguments[command] ?? []).map { $0 == Self.key ? RedisArgument.bytes(meta) : $0 }
            do throws(RedisClientError) {
                _ = try await client.send(RedisCommand(command, arguments))
            } catch {
                switch error.serverErrorCode {
                case "NOPERM": refused.append((command, error.message))
                // A full Redis queues nothing that writes; that it is full is said elsewhere.
                case "OOM": break
                default: unclear.append((command, error.message))
                }
            }
        }
        return (refused, unclear)
    }

    /// Those the scripts call, read from the scripts themselves, and those that are sent as they are.
    private static var commands: [String] {
        var names: Set<String> = [
            "EVALSHA", "SCRIPT", "XREADGROUP", "HGET", "HSET", "HMGET", "HGETALL", "LLEN", "LRANGE",
        ]
        for script in RedisScripts.all {
            let text = String(decoding: script.source, as: UTF8.self)
            for call in text.split(separator: "(") {
                // What follows `redis.call(` and `redis.pcall(`: a name in quotes.
                guard let quote = call.first, quote == "'" || quote == "\"" else { continue }
                let name = call.dropFirst().prefix { $0 != quote }
                if !name.isEmpty, name.allSatisfy({ $0.isASCII && $0.isUppercase }) { names.insert(String(name)) }
            }
        }
        return names.sorted()
    }
}
