import QueueCore

/// Three consumers of the real queue, what each has in hand, and the model beside them.
struct QueueModelPlayers<Driver: QueueDriver> {
    private let fixture: QueueFixture<Driver>
    private let drivers: [Driver]
    private var model: QueueModel
    /// What each consumer believes it holds; some of it may be stale.
    private var hands: [[Job]] = [[], [], []]
    /// The name under which each job was last handed out, by its first payload.
    private var latestIDs: [[UInt8]: JobID] = [:]
    private var lastJob = 0

    init(fixture: QueueFixture<Driver>, limits: QueueLimits) async throws {
        self.fixture = fixture
        model = QueueModel(limits: limits, lease: fixture.lease)
        var drivers: [Driver] = []
        for name in ["a", "b", "c"] {
            drivers.append(try await fixture.makeDriver(name))
        }
        self.drivers = drivers
    }

    mutating func play(_ command: QueueCommand) async throws {
        let who = command.consumer
        switch command.kind {
        case .append: try await append(command.amount, by: who)
        case .claim: try await claim(1 + command.amount % 6, by: who)
        case .reclaim: try await reclaim(1 + command.amount % 6, by: who)
        case .acknowledge: try await acknowledge(pick(command.amount, of: who), by: who)
        case .staleAcknowledge: try await acknowledge(pick(command.amount, of: (who + 1) % 3), by: who)
        case .retryLater: try await retryLater(pick(command.amount, of: who), by: who, command.amount)
        case .promote: try await promote(by: who)
        case .release: try await release(pick(command.amount, of: who), by: who)
        case .extend: try await extend(by: who)
        case .kill: hands[who] = []
        case .skipTime:
            let duration = fixture.lease * Double(command.amount % 5) / 2
            try await fixture.advance(duration)
            model.now += duration
        }
        let depth = try await drivers[who].depth()
        try expectEqual(depth.records, model.recordCount, "records after \(command)")
        try expectEqual(depth.bytes, model.byteCount, "bytes after \(command)")
    }

    /// Some jobs of a hand; they stay in it, so that they may be used again when they are stale.
    private func pick(_ amount: Int, of who: Int) -> [Job] {
        guard !hands[who].isEmpty else { return [] }
        let start = amount % hands[who].count
        var seen: Set<JobID> = []
        return hands[who][start...].prefix(1 + amount % 3).filter { seen.insert($0.id).inserted }
    }

    private mutating func append(_ amount: Int, by who: Int) async throws {
        lastJob += 1
        let new = job("\(lastJob)", records: 1 + amount % 4)
        let code = await errorCode { () throws(QueueError) in
            try await drivers[who].append([new])
        }
        try expectEqual(code, model.fits(new) ? nil : .full, "error of an append")
        guard code == nil, let payload = new.records.first?.payload else { return }
        model.entries.append(
            QueueModel.Entry(payload: payload, recordCount: new.records.count, byteCount: new.byteCount)
        )
    }

    private mutating func claim(_ limit: Int, by who: Int) async throws {
        let jobs = try await drivers[who].claim(maxRecords: limit, maxBytes: 1_000_000, wait: .zero)
        let fresh = model.entries.filter { $0.isFresh && $0.place == .waiting }.map(\.payload)
        let claimedFresh = jobs.compactMap(\.records.first?.payload).filter { fresh.contains($0) }
        try expectEqual(claimedFresh, Array(fresh.prefix(claimedFresh.count)), "order of jobs that came in once")
        try model.take(jobs, by: who, maxRecords: limit) {
            $0.place == .waiting
        } change: { _ in
        }
        keep(jobs, by: who)
    }

    private mutating func reclaim(_ limit: Int, by who: Int) async throws {
        let jobs = try await drivers[who].reclaim(maxRecords: limit, maxBytes: 1_000_000)
        let now = model.now
        try model.take(jobs, by: who, maxRecords: limit) { entry in
            if case .held(_, let end) = entry.place { end <= now } else { false }
        } change: { entry in
            if case .held(let owner, _) = entry.place, owner != who {
                entry.deaths += 1
            }
        }
        keep(jobs, by: who)
    }

    private mutating func acknowledge(_ jobs: [Job], by who: Int) async throws {
        let removed = try await drivers[who].acknowledge(jobs)
        try expectEqual(removed, owned(jobs, by: who), "acknowledged")
        for job in jobs where removed.contains(job.id) {
            model.entries.remove(at: try index(of: job))
        }
    }

    private mutating func retryLater(_ jobs: [Job], by who: Int, _ amount: Int) async throws {
        // Where time is real, only what is due at once is sure to be due.
        let delay = amount % 2 == 0 ? Duration.zero : .seconds(1_000)
        let moved = try await drivers[who].retryLater(jobs, after: delay)
        try expectEqual(moved, owned(jobs, by: who), "put away")
        for job in jobs where moved.contains(job.id) {
            let index = try index(of: job)
            model.entries[index].place = .putAway(due: model.now + delay)
            model.entries[index].isFresh = false
        }
    }

    private mutating func promote(by who: Int) async throws {
        let due = model.entries.indices.filter { index in
            if case .putAway(let due) = model.entries[index].place { due <= model.now } else { false }
        }
        if !due.isEmpty {
            // A driver may count in milliseconds: what was put away within this one is due in the next.
            let tick = Duration.milliseconds(2)
            try await fixture.advance(tick)
            model.now += tick
        }
        try expectEqual(try await drivers[who].promoteDue(), due.count, "promoted")
        for index in due {
            model.entries[index].place = .waiting
        }
    }

    private mutating func release(_ jobs: [Job], by who: Int) async throws {
        let mine = owned(jobs, by: who)
        try await drivers[who].release(jobs)
        for job in jobs where mine.contains(job.id) {
            let index = try index(of: job)
            model.entries[index].place = .waiting
            model.entries[index].isFresh = false
        }
    }

    private mutating func extend(by who: Int) async throws {
        let jobs = hands[who]
        let mine = owned(jobs, by: who)
        try expectEqual(try await drivers[who].extend(jobs), mine, "extended")
        for job in jobs where mine.contains(job.id) {
            model.entries[try index(of: job)].place = .held(owner: who, leaseEnd: model.now + model.lease)
        }
    }

    private func owned(_ jobs: [Job], by who: Int) -> Set<JobID> {
        Set(jobs.filter { isCurrent($0, of: who) }.map(\.id))
    }

    /// A driver may name a job anew each time it comes back: then only the latest name counts.
    private func isCurrent(_ job: Job, of who: Int) -> Bool {
        guard let payload = job.records.first?.payload else { return false }
        return model.isOwned(job, by: who) && latestIDs[payload] == job.id
    }

    private mutating func keep(_ jobs: [Job], by who: Int) {
        hands[who].append(contentsOf: jobs)
        for job in jobs {
            if let payload = job.records.first?.payload {
                latestIDs[payload] = job.id
            }
        }
    }

    private func index(of job: Job) throws -> Int {
        guard let index = model.index(of: job) else {
            throw ConformanceFailure(message: "the model does not know job \(job.id)", line: #line)
        }
        return index
    }
}
