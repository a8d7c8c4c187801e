public import QueueCore
public import RedisClient

/// One consumer of one queue in Redis Streams: consumer group `workers`, a job per entry, leases by idle time.
///
/// Every step is one script (`queue_*.lua`), so a process that dies between two steps leaves a job either where it was or where
/// it went, never in both or neither.
public struct RedisQueueDriver: QueueDriver {
    static let group = RedisArgument.string("workers")
    /// Postponed jobs brought back by one call.
    static let promotionLimit: Int64 = 200
    /// A consumer that holds nothing and was not heard of for this long is forgotten.
    static let silentConsumerLimit_ms: Int64 = 600_000

    /// How often the queue is looked at while the waiting connection is away.
    static let pollInterval: Duration = .milliseconds(100)

    private let client: RedisClient
    private let blockingClient: RedisClient
    private let name: RedisArgument
    private let consumer: RedisArgument
    private let limits: QueueLimits
    private let lease: Duration
    private let meta: [UInt8]
    private let stream: [UInt8]
    private let retry: [UInt8]
    private let reader: RedisQueueReader

    /// - Parameters:
    ///   - client: for every command that answers at once.
    ///   - blockingClient: of this driver alone, since waiting for jobs blocks its connection.
    ///   - queue: the queue's name, such as `errors`.
    ///   - consumer: unique in the whole deployment, over restarts too.
    ///   - lease: how long a claimed job stays ours without `extend`.
    public init(
        client: RedisClient,
        blockingClient: RedisClient,
        keys: RedisKeys,
        queue: String,
        consumer: String,
        limits: QueueLimits,
        lease: Duration
    ) {
        self.client = client
        self.blockingClient = blockingClient
        self.name = .string(queue)
        self.consumer = .string(consumer)
        self.limits = limits
        self.lease = lease
        self.meta = keys.meta
        self.stream = keys.queue(queue)
        self.retry = keys.retry(queue)
        self.reader = RedisQueueReader(client: client, keys: keys, queue: queue)
    }

    public func append(_ jobs: [NewJob]) async throws(QueueError) {
        var arguments: [RedisArgument] = [name, .integer(Int64(limits.maxRecords)), .integer(Int64(limits.maxBytes))]
        for job in jobs {
            guard (1...JobFormat.maximumRecords).contains(job.records.count) else {
                throw QueueError(.malformedJob, "a job carries 1 to \(JobFormat.maximumRecords) records")
            }
            arguments += [
                .integer(Int64(job.version)), .integer(Int64(job.records.count)), .integer(Int64(job.deaths)),
                .bytes(job.replayKey ?? []), .bytes(JobFormat.encode(job.records)),
            ]
        }
        let answer = try await run(RedisScripts.queueAppend, keys: [meta, stream], arguments)
        switch answer.elements?.first?.integerValue {
        case 0: return
        case 1: throw .full
        default: throw unexpected(RedisScripts.queueAppend)
        }
    }

    public func claim(maxRecords: Int, maxBytes: Int, wait: Duration) async throws(QueueError) -> [Job] {
        let waiting = try await run(
            RedisScripts.queueClaim,
            keys: [stream],
            [Self.group, consumer, .integer(Int64(maxRecords)), .integer(Int64(maxBytes))]
        )
        guard let entries = waiting.elements else { throw unexpected(RedisScripts.queueClaim) }
        if !entries.isEmpty || wait <= .zero { return entries.compactMap { RedisStreamEntry($0)?.job } }
        return try await claimOne(wait: wait)
    }

    /// Waits on the server for the next job. The group exists by now: the claim script made it.
    private func claimOne(wait: Duration) async throws(QueueError) -> [Job] {
        let wait_ms = max(wait.wholeMilliseconds, 1)
        let command = RedisCommand(
            "XREADGROUP",
            ["GROUP", Self.group, consumer, "COUNT", 1, "BLOCK", .integer(wait_ms), "STREAMS", .bytes(stream), ">"]
        )
        do throws(RedisClientError) {
            let answer = try await blockingClient.send(command, timeout: .milliseconds(wait_ms) + .seconds(1))
            let entries = answer.elements?.first?.elements?.last?.elements ?? []
            return entries.compactMap { RedisStreamEntry($0)?.job }
        } catch {
            if error.serverErrorCode == "NOGROUP" { return [] }
            if error.nothingWasSent {
                // Only the waiting connection is away: poll with the other one until it is back.
                try? await Task.sleep(for: min(wait, Self.pollInterval))
                return []
            }
            throw error.asQueueError
        }
    }

    public func extend(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        guard !jobs.isEmpty else { return [] }
        let held = jobs.map { RedisArgument.string($0.id.text) }
        return try await ids(RedisScripts.queueExtend, keys: [stream], [Self.group, consumer] + held)
    }

    public func acknowledge(_ jobs: [Job]) async throws(QueueError) -> Set<JobID> {
        guard !jobs.isEmpty else { return [] }
        var arguments = [name, Self.group, consumer]
        for job in jobs {
            // The records of a damaged job are not the ones that were counted when it was queued: 0 has the script look.
            let records = job.damage == nil ? Int64(job.records.count) : 0
            arguments += [.string(job.id.text), .integer(records), .integer(Int64(job.byteCount))]
        }
        return try await ids(RedisScripts.queueAcknowledge, keys: [meta, stream], arguments)
    }

    public func retryLater(_ jobs: [Job], after delay: Duration) async throws(QueueError) -> Set<JobID> {
        try await postpone(jobs, by: max(delay.wholeMilliseconds, 1))
    }

    public func release(_ jobs: [Job]) async throws(QueueError) {
        _ = try await postpone(jobs, by: 0)
    }

    private func postpone(_ jobs: [Job], by delay_ms: Int64) async throws(QueueError) -> Set<JobID> {
        guard !jobs.isEmpty else { return [] }
        var arguments = [Self.group, consumer, .integer(delay_ms)]
        for job in jobs { arguments += [.string(job.id.text), .integer(Int64(job.deaths))] }
        return try await ids(RedisScripts.queuePostpone, keys: [stream, retry], arguments)
    }

    public func reclaim(maxRecords: Int, maxBytes: Int) async throws(QueueError) -> [Job] {
        let answer = try await run(
            RedisScripts.queueReclaim,
            keys: [stream],
            [
                Self.group, consumer, .integer(lease.wholeMilliseconds), .integer(Int64(maxRecords)),
                .integer(Int64(maxBytes)),
            ]
        )
        guard let entries = answer.elements else { throw unexpected(RedisScripts.queueReclaim) }
        return entries.compactMap { RedisStreamEntry($0)?.job }
    }

    public func promoteDue() async throws(QueueError) -> Int {
        let answer = try await run(RedisScripts.queuePromote, keys: [stream, retry], [.integer(Self.promotionLimit)])
        guard let count = answer.integerValue else { throw unexpected(RedisScripts.queuePromote) }
        return Int(count)
    }

    public func depth() async throws(QueueError) -> QueueDepth {
        try await reader.read().depth
    }

    public func leave() async {
        _ = try? await run(
            RedisScripts.queueLeave, keys: [stream], [Self.group, consumer, .integer(Self.silentConsumerLimit_ms)])
    }

    private func ids(
        _ script: RedisScript, keys: [[UInt8]], _ arguments: [RedisArgument]
    ) async throws(QueueError) -> Set<JobID> {
        guard let values = try await run(script, keys: keys, arguments).elements else { throw unexpected(script) }
        return Set(values.compactMap { $0.text.map(JobID.init) })
    }

    private func run(
        _ script: RedisScript, keys: [[UInt8]], _ arguments: [RedisArgument]
    ) async throws(QueueError) -> RedisValue {
        do throws(RedisClientError) {
            return try await client.run(script, keys: keys, arguments: arguments)
        } catch {
            throw error.asQueueError
        }
    }

    private func unexpected(_ script: RedisScript) -> QueueError {
        QueueError(.unexpectedAnswer, "Redis answered \(script.name) in an unknown shape")
    }
}
