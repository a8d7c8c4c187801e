import Ingest
import IngestStorage
import NIOCore
import RedisClient

extension Gate {
    /// The codec alone, over hiredis as far as it reads.
    static let redisProtocol = [
        Gate("resp-write", "write the call of admit.lua for one report of 300 bytes with its record", iterations: 500) {
            let command = try admitCommand()
            var buffer = ByteBufferAllocator().buffer(capacity: 4096)
            let work = {
                buffer.clear()
                return buffer.writeCommand(command, bound: command.encodedBound)
            }
            try expect(work() > 300, "the command is too short")
            return work
        },
        Gate("resp-read", "read the reply of admit.lua to one report", iterations: 500) {
            let reader = try RESPReader()
            let reply = Array(ScriptReply.admitted(groups: 1, letter: "c").utf8)
            let work = {
                try reply.withUnsafeBytes { try reader.feed($0) }
                return try reader.next()?.elements?.count ?? 0
            }
            try expect(try work() == 3, "the reply is not what admit.lua gives")
            return work
        },
    ]

    private static func admitCommand() throws -> RedisCommand {
        var arguments: [RedisArgument] = [.string(String(repeating: "a", count: 40)), .integer(5)]
        let keys = RedisKeys(namespace: "error-ingest", shard: 0)
        arguments += [
            keys.meta, keys.queue(ErrorQueue.name), keys.sealed, keys.countPrefix, keys.seenPrefix(ErrorQueue.name),
        ].map { .bytes($0) }
        arguments.append(.string(String(repeating: "b", count: 40) + "|" + String(repeating: "c", count: 40)))
        arguments += [10_000_000, 1_073_741_824, 1_000_000, 80_000, 86_400, 1_000_000].map { .integer($0) }
        AdmissionPart(whole: try admission(of: GateInput.report, isBatch: false)).append(to: &arguments)
        return RedisCommand("EVALSHA", arguments)
    }
}

/// What the service's scripts answer, as bytes.
enum ScriptReply {
    /// admit.lua: one letter for each group, no identified items.
    static func admitted(groups: Int, letter: Character) -> String {
        "*3\r\n:0\r\n$\(groups)\r\n\(String(repeating: letter, count: groups))\r\n$0\r\n\r\n"
    }

    /// queue_offer.lua: one letter for each record.
    static func queued(records: Int) -> String {
        "$\(records)\r\n\(String(repeating: "q", count: records))\r\n"
    }
}
