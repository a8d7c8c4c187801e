/// The jobs of an in-memory queue. A plain value: no clock, no lock, no waiting.
struct InMemoryQueueStorage: Sendable {
    struct Moment {
        var uptime: Duration
        var unixMilliseconds: Int64
    }

    private struct Held {
        var job: Job
        var owner: String
        var leaseEnd: Duration
        var order: Int
    }

    private struct Retry {
        var job: Job
        var due: Duration
    }

    /// Jobs that ``promote(at:)`` moves in one call, at most.
    static let maximumPromotedJobs = 1_000

    let limits: QueueLimits
    let lease: Duration
    private(set) var consumers: Set<String> = []
    private(set) var records = 0
    private(set) var bytes = 0
    private var waiting: [Job] = []
    private var held: [JobID: Held] = [:]
    private var retries: [Retry] = []
    private var lastID = 0
    private var lastOrder = 0

    init(limits: QueueLimits, lease: Duration) {
        self.limits = limits
        self.lease = lease
    }

    mutating func append(_ jobs: [NewJob], at now: Moment) throws(QueueError) {
        var newRecords = 0
        var newBytes = 0
        for job in jobs {
            guard (1...JobFormat.maximumRecords).contains(job.records.count) else {
                throw QueueError(.malformedJob, "a job of \(job.records.count) records")
            }
            newRecords += job.records.count
            newBytes += job.byteCount
        }
        guard records + newRecords <= limits.maxRecords, bytes + newBytes <= limits.maxBytes else {
            throw .full
        }
        for job in jobs {
            lastID += 1
            waiting.append(
                Job(
                    id: JobID("\(lastID)"),
                    version: job.version,
                    records: job.records,
                    byteCount: job.byteCount,
                    deaths: job.deaths,
                    enqueuedAtMilliseconds: now.unixMilliseconds,
                    replayKey: job.replayKey
                )
            )
        }
        records += newRecords
        bytes += newBytes
    }

    mutating func claim(maxRecords: Int, maxBytes: Int, by owner: String, at now: Moment) -> [Job] {
        consumers.insert(owner)
        let jobs = Self.prefix(of: waiting, maxRecords: maxRecords, maxBytes: maxBytes)
        waiting.removeFirst(jobs.count)
        for job in jobs {
            hold(job, by: owner, at: now)
        }
        return jobs
    }

    mutating func extend(_ ids: [JobID], by owner: String, at now: Moment) -> Set<JobID> {
        var extended: Set<JobID> = []
        for id in ids where held[id]?.owner == owner {
            held[id]?.leaseEnd = now.uptime + lease
            extended.insert(id)
        }
        return extended
    }

    mutating func acknowledge(_ ids: [JobID], by owner: String) -> Set<JobID> {
        var removed: Set<JobID> = []
        for id in ids {
            guard let job = take(id, from: owner) else { continue }
            records -= job.records.count
            bytes -= job.byteCount
            removed.insert(id)
        }
        return removed
    }

    mutating func retryLater(_ ids: [JobID], after delay: Duration, by owner: String, at now: Moment) -> Set<JobID> {
        var moved: Set<JobID> = []
        for id in ids {
            guard let job = take(id, from: owner) else { continue }
            retries.append(Retry(job: job, due: now.uptime + delay))
            moved.insert(id)
        }
        return moved
    }

    /// Answers how many were given back.
    mutating func release(_ ids: [JobID], by owner: String) -> Int {
        let jobs = ids.compactMap { take($0, from: owner) }
        waiting.append(contentsOf: jobs)
        return jobs.count
    }

    mutating func reclaim(maxRecords: Int, maxBytes: Int, by owner: String, at now: Moment) -> [Job] {
        consumers.insert(owner)
        let expired = held.values.filter { $0.leaseEnd <= now.uptime }.sorted { $0.order < $1.order }
        let jobs = Self.prefix(of: expired.map(\.job), maxRecords: maxRecords, maxBytes: maxBytes)
        return zip(jobs, expired).map { job, entry in
            var job = job
            if entry.owner != owner {
                job.deaths += 1
            }
            hold(job, by: owner, at: now)
            return job
        }
    }

    mutating func promote(at now: Moment) -> Int {
        let due = retries.enumerated()
            .filter { $0.element.due <= now.uptime }
            .sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }
            .prefix(Self.maximumPromotedJobs)
        waiting.append(contentsOf: due.map(\.element.job))
        for index in due.map(\.offset).sorted(by: >) {
            retries.remove(at: index)
        }
        return due.count
    }

    func depth(at now: Moment) -> QueueDepth {
        let times = waiting.lazy.map(\.enqueuedAtMilliseconds).min()
        let heldTimes = held.values.lazy.map(\.job.enqueuedAtMilliseconds).min()
        let retryTimes = retries.lazy.map(\.job.enqueuedAtMilliseconds).min()
        let oldest = [times, heldTimes, retryTimes].compactMap { $0 }.min()
        return QueueDepth(
            records: records,
            bytes: bytes,
            oldestAgeMilliseconds: oldest.map { max(0, now.unixMilliseconds - $0) }
        )
    }

    mutating func leave(_ consumer: String) {
        if !held.values.contains(where: { $0.owner == consumer }) {
            consumers.remove(consumer)
        }
    }

    private mutating func hold(_ job: Job, by owner: String, at now: Moment) {
        lastOrder += 1
        held[job.id] = Held(job: job, owner: owner, leaseEnd: now.uptime + lease, order: lastOrder)
    }

    private mutating func take(_ id: JobID, from owner: String) -> Job? {
        guard held[id]?.owner == owner else { return nil }
        return held.removeValue(forKey: id)?.job
    }

    /// Stops at the first job that reaches a limit, that job included.
    private static func prefix(of jobs: [Job], maxRecords: Int, maxBytes: Int) -> [Job] {
        var records = 0
        var bytes = 0
        var count = 0
        while count < jobs.count, records < maxRecords, bytes < maxBytes {
            records += jobs[count].records.count
            bytes += jobs[count].byteCount
            count += 1
        }
        return Array(jobs.prefix(count))
    }
}
