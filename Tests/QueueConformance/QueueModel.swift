import QueueCore

/// The queue as one would tell it to a child: a list of jobs, each in one place. Slow and obvious.
struct QueueModel {
    enum Place: Equatable {
        case waiting
        case held(owner: Int, leaseEnd: Duration)
        case putAway(due: Duration)
    }

    struct Entry {
        var payload: [UInt8]
        var recordCount: Int
        var byteCount: Int
        var deaths = 0
        /// Has been in the queue once only, so its place in the line is known.
        var isFresh = true
        var place = Place.waiting
    }

    let limits: QueueLimits
    let lease: Duration
    var now: Duration = .zero
    /// In the order of their append.
    var entries: [Entry] = []

    var recordCount: Int { entries.reduce(0) { $0 + $1.recordCount } }
    var byteCount: Int { entries.reduce(0) { $0 + $1.byteCount } }

    func fits(_ job: NewJob) -> Bool {
        recordCount + job.records.count <= limits.maxRecords && byteCount + job.byteCount <= limits.maxBytes
    }

    func index(of job: Job) -> Int? {
        entries.firstIndex { $0.payload == job.records.first?.payload }
    }

    func isOwned(_ job: Job, by owner: Int) -> Bool {
        guard let index = index(of: job), case .held(owner, _) = entries[index].place else { return false }
        return true
    }

    /// Takes in what a claim or a reclaim brought, if it may have brought that.
    mutating func take(
        _ jobs: [Job],
        by owner: Int,
        maxRecords: Int,
        from isEligible: (Entry) -> Bool,
        change: (inout Entry) -> Void
    ) throws {
        let eligible = entries.indices.filter { isEligible(entries[$0]) }
        let indices = jobs.map { index(of: $0) ?? -1 }
        try expect(
            Set(indices).isSubset(of: eligible) && Set(indices).count == jobs.count, "took \(indices) of \(eligible)")
        let before = jobs.dropLast().reduce(0) { $0 + $1.records.count }
        try expect(
            jobs.isEmpty || before < maxRecords, "took \(before) records before the last job, limit \(maxRecords)")
        let all = jobs.reduce(0) { $0 + $1.records.count }
        try expect(
            all >= maxRecords || jobs.count == eligible.count,
            "took \(jobs.count) of \(eligible.count) jobs, \(all) records, limit \(maxRecords)"
        )
        for (job, index) in zip(jobs, indices) {
            change(&entries[index])
            entries[index].place = .held(owner: owner, leaseEnd: now + lease)
            try expectEqual(job.deaths, entries[index].deaths, "deaths")
            try expectEqual(job.records.count, entries[index].recordCount, "records of a job")
        }
    }
}
