public import Ingest
public import RedisClient

/// The counting windows of one shard.
public struct RedisWindowStore: WindowStore {
    /// An empty open window older than this gets a new name when it is looked at, so that no window is much older than its counts.
    static let emptyWindowAge_ms: Int64 = 3_600_000

    private let client: RedisClient
    private let keys: RedisKeys

    public init(client: RedisClient, keys: RedisKeys) {
        self.client = client
        self.keys = keys
    }

    public func seal(maxWaiting: Int) async throws(StoreFailure) -> SealOutcome {
        let answer = try await run(RedisScripts.seal, keys: [keys.meta, keys.sealed]) { epoch in
            [.bytes(epoch.token), .integer(Int64(maxWaiting)), .integer(Self.emptyWindowAge_ms)]
        }
        let values = answer.elements ?? []
        switch values.first?.integerValue {
        case 0:
            guard values.count > 1, let text = values[1].text, let window = WindowID(text: text) else {
                throw RedisValue.unexpected(RedisScripts.seal)
            }
            return .sealed(window)
        case 1: throw StoreFailure(.epochChanged, "Redis is not the server this connection met")
        case 2: return .nothingToSeal
        case 3: return .tooManyWaiting(Int(values.count > 1 ? values[1].integerValue ?? 0 : 0))
        default: throw RedisValue.unexpected(RedisScripts.seal)
        }
    }

    public func recover() async throws(StoreFailure) {
        _ = try await run(RedisScripts.recover, keys: [keys.meta, keys.sealed]) { _ in
            [.string(Self.randomIncarnation())]
        }
        // The connection's own token may be the stale one: read it again before it is used.
        do throws(RedisClientError) {
            _ = try await client.refreshEpoch()
        } catch {
            throw error.asStoreFailure
        }
    }

    public func sealedWindows(limit: Int) async throws(StoreFailure) -> [WindowID] {
        let command = RedisCommand("LRANGE", [.bytes(keys.sealed), 0, .integer(Int64(limit - 1))])
        guard let values = try await send(command).elements else {
            throw StoreFailure(.corrupt, "the list of sealed windows is not a list")
        }
        var windows: [WindowID] = []
        for value in values {
            guard let text = value.text, let window = WindowID(text: text) else {
                throw StoreFailure(.corrupt, "a sealed window has a name no version of this service gives")
            }
            windows.append(window)
        }
        return windows
    }

    public func counts(of window: WindowID, part: WindowPart) async throws(StoreFailure) -> [WindowCount] {
        let command = RedisCommand("HGETALL", [.bytes(keys.counts(of: window, part: part))])
        let values = try await send(command).elements ?? []
        var counts: [WindowCount] = []
        counts.reserveCapacity(values.count / 2)
        var index = 0
        while index + 1 < values.count {
            guard let field = values[index].bytes, let value = values[index + 1].bytes,
                let count = PackedTally.decode(field: field, value: value)
            else { throw StoreFailure(.corrupt, "window \(window) part \(part.index) holds a count of unknown shape") }
            counts.append(count)
            index += 2
        }
        return counts
    }

    public func drop(_ window: WindowID) async throws(StoreFailure) {
        try await settle(window, "drop")
    }

    public func quarantine(_ window: WindowID) async throws(StoreFailure) {
        try await settle(window, "quarantine")
    }

    private func settle(_ window: WindowID, _ mode: String) async throws(StoreFailure) {
        let parts = WindowPart.all.map { keys.counts(of: window, part: $0) }
        _ = try await run(RedisScripts.settle, keys: [keys.meta, keys.sealed, keys.quarantined] + parts) { _ in
            [.string(window.text), .string(mode)]
        }
    }

    private func send(_ command: RedisCommand) async throws(StoreFailure) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.send(command)
        } catch {
            throw error.asStoreFailure
        }
    }

    private func run(
        _ script: RedisScript, keys: [[UInt8]], arguments: @escaping @Sendable (RedisEpoch) -> [RedisArgument]
    ) async throws(StoreFailure) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.run(script, keys: keys, arguments: arguments)
        } catch {
            throw error.asStoreFailure
        }
    }

    /// 16 hexadecimal digits that no other incarnation has.
    static func randomIncarnation() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
