import Fingerprint
import Ingest
import IngestStorage
import Logging
import NIOCore
import NIOPosix
import QueueCore
import RedisClient
import TestServers
import Testing

/// A namespace of its own on a Redis server, and the adapters over it on one link.
final class RedisFixture: Sendable {
    static let limits = AdmitLimits(
        maxQueueRecords: 100_000, maxQueueBytes: 64 * 1024 * 1024, eventIDWindowSeconds: 600, maxEventIDs: 1_000_000)

    let link: RedisLink
    let client: RedisClient
    let namespace: String
    let shards: [RedisKeys]
    private let admitter: NIOLoopBound<RedisErrorAdmitter>

    private init(link: RedisLink, namespace: String, shards: Int, limits: AdmitLimits) async throws {
        let keys = (0..<shards).map { RedisKeys(namespace: namespace, shard: $0) }
        self.link = link
        self.client = RedisClient(link: link)
        self.namespace = namespace
        self.shards = keys
        self.admitter = try await link.eventLoop.submit {
            NIOLoopBound(RedisErrorAdmitter(link: link, shards: keys, limits: limits), eventLoop: link.eventLoop)
        }.get()
    }

    /// Runs `body` on `server`, or on the one all tests share, and shuts the link down whatever happens.
    static func with(
        _ server: TestRedis? = nil,
        namespace: String = TestServers.freshNamespace(),
        shards: Int = 1,
        commandTimeout: Duration = .seconds(20),
        limits change: (inout AdmitLimits) -> Void = { _ in },
        _ body: (RedisFixture) async throws -> Void
    ) async throws {
        let server = if let server { server } else { try await TestServers.redis() }
        var configuration = RedisConfiguration(endpoint: try RedisEndpoint(url: server.url))
        configuration.scripts = RedisScripts.all
        // Tests of time limits set their own; the others must not fail because the machine is busy.
        configuration.connectTimeout = .seconds(10)
        configuration.commandTimeout = commandTimeout
        configuration.minReconnectDelay = .milliseconds(10)
        configuration.maxReconnectDelay = .milliseconds(50)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let link = RedisLink(
            configuration: configuration, eventLoop: MultiThreadedEventLoopGroup.singleton.next(), logger: logger)
        link.start()
        var limits = Self.limits
        change(&limits)
        do {
            let fixture = try await RedisFixture(link: link, namespace: namespace, shards: shards, limits: limits)
            try await fixture.client.waitUntilConnected(within: .seconds(10))
            try await body(fixture)
            try await link.shutDown().get()
        } catch {
            try? await link.shutDown().get()
            throw error
        }
    }

    // MARK: - Adapters

    var window: RedisWindowStore { window(0) }
    var live: RedisLiveCounts { RedisLiveCounts(client: client, shards: shards) }

    func window(_ shard: Int) -> RedisWindowStore {
        RedisWindowStore(client: client, keys: shards[shard])
    }

    /// A consumer of the queue of errors, as a worker has it.
    func queue(_ shard: Int = 0) -> RedisQueueDriver {
        RedisQueueDriver(
            client: client, blockingClient: client, keys: shards[shard], queue: ErrorQueue.name, consumer: "test",
            limits: QueueLimits(maxRecords: 100_000, maxBytes: 64 * 1024 * 1024), lease: .seconds(600))
    }

    /// Takes all that waits in the queue of a shard, acknowledges it and returns the records.
    func drain(_ shard: Int = 0) async throws -> [ErrorRecord] {
        var records: [ErrorRecord] = []
        while true {
            let jobs = try await queue(shard).claim(maxRecords: 1_000, maxBytes: 1 << 24, wait: .zero)
            if jobs.isEmpty { return records }
            records += try jobs.flatMap(\.records).map { try ErrorRecord(decoding: $0.payload) }
            let gone = try await queue(shard).acknowledge(jobs)
            guard gone.count == jobs.count else {
                throw TestServerError("\(jobs.count - gone.count) jobs were not ours")
            }
        }
    }

    // MARK: - Admission

    func admit(_ admission: ErrorAdmission) async -> AdmitOutcome {
        await withCheckedContinuation { continuation in
            link.eventLoop.execute {
                self.admitter.value.admit(admission) { continuation.resume(returning: $0) }
            }
        }
    }

    /// Admits one report and returns what became of its group.
    @discardableResult
    func admit(_ report: TestReport, isKnown: Bool = false) async throws -> AdmitOutcome.Group {
        let outcome = await admit(try report.admission(isKnown: isKnown))
        guard outcome.groups.count == 1 else { throw TestServerError("\(outcome.groups.count) groups for one report") }
        return outcome.groups[0]
    }

    /// Admits several reports as one request and returns what became of each, in their order.
    func admit(_ reports: [TestReport]) async throws -> [ItemOutcome] {
        let admission = try reports.admission()
        let outcomes = await admit(admission).outcomes(of: admission)
        return admission.items.map(outcomes.outcome(of:))
    }

    // MARK: - Looking into Redis

    @discardableResult
    func send(_ name: String, _ arguments: [RedisArgument] = []) async throws(RedisClientError) -> RedisValue {
        try await client.send(RedisCommand(name, arguments))
    }

    func meta(_ field: String, shard: Int = 0) async throws -> String? {
        try await send("HGET", [.bytes(shards[shard].meta), .string(field)]).text
    }

    func number(_ field: String, shard: Int = 0) async throws -> Int {
        try await meta(field, shard: shard).flatMap { Int($0) } ?? 0
    }

    func openWindow(_ shard: Int = 0) async throws -> WindowID? {
        try await meta("window", shard: shard).flatMap { WindowID(text: $0) }
    }

    /// The counts of one window over all parts.
    func counts(of window: WindowID, shard: Int = 0) async throws -> [Fingerprint: WindowCount] {
        var counts: [Fingerprint: WindowCount] = [:]
        for part in WindowPart.all {
            for count in try await self.window(shard).counts(of: window, part: part) {
                #expect(WindowPart(of: count.fingerprint) == part)
                #expect(counts.updateValue(count, forKey: count.fingerprint) == nil)
            }
        }
        return counts
    }

    /// Occurrences in all unapplied windows of all shards.
    func counted() async throws -> [Fingerprint: UInt64] {
        var totals: [Fingerprint: UInt64] = [:]
        for shard in shards.indices {
            var windows = try await window(shard).sealedWindows(limit: 10_000)
            if let open = try await openWindow(shard) { windows.append(open) }
            for window in windows {
                for count in try await counts(of: window, shard: shard).values {
                    totals[count.fingerprint, default: 0] += count.count
                }
            }
        }
        return totals
    }

    /// Keys of this namespace, without the tag.
    func keys() async throws -> [String] {
        let found = try await send("KEYS", [.string("{\(namespace):*")]).elements ?? []
        return found.compactMap { $0.text?.split(separator: "}:", maxSplits: 1).last.map(String.init) }.sorted()
    }

    /// Returns when the link has connected again since `connects`.
    func reconnected(since connects: Int) async throws {
        try await eventually(within: .seconds(30), description: "a new connection") {
            link.snapshot.connectCount > connects && link.snapshot.isConnected
        }
    }

    /// Ends `server` by SIGKILL and starts it again on the same data; returns when the link is back.
    func crash(_ server: TestRedis) async throws {
        let connects = link.snapshot.connectCount
        await server.kill()
        try await server.start()
        try await reconnected(since: connects)
    }
}
