import Ingest
import MySQLClient
import RedisClient
import TestServers
import Testing

/// Checks that the events that are stored are those that were taken, each once, and that everything counted of them is exact.
struct EventChecker {
    let deployment: Deployment
    let plan: EventPlan
    /// Sites whose `/stats` are compared with what was sent.
    var sites: Set<Int> = [0, 7, 42, 99]
    /// A site with events of no plan.
    var otherSite = "none"

    private var stores: StoreAccess { deployment.stores }
    private var isOfPlan: String { "site_id <> '\(otherSite)'" }

    /// Waits until all are stored, and compares.
    ///
    /// - Parameter log: batches it is in doubt about must be stored whole or not at all, and count accordingly.
    /// - Returns: how many events were taken.
    @discardableResult
    func check(_ log: EventLoad.Log, within limit: Duration = .seconds(60)) async throws -> Int {
        try await stores.waitUntilQueueIsEmpty(.events, within: limit)
        var log = log
        for numbers in log.doubtful {
            let rows = try await stores.number(
                "SELECT COUNT(*) FROM events WHERE \(isOfPlan) AND value >= ? AND value < ?",
                [.int(Int64(numbers.lowerBound)), .int(Int64(numbers.upperBound))])
            #expect(rows == 0 || rows == numbers.count, "\(numbers)")
            if rows > 0 { log.taken.append(numbers) }
        }
        try await check(log.numbers)
        return log.numbers.count
    }

    /// - Parameter numbers: of the events that were taken; the queue is empty.
    private func check(_ numbers: some Sequence<Int>) async throws {
        let expected = EventExpectation(plan, numbers, sites: sites)
        try await checkRows(expected)
        try await checkCounts(expected)
        try await checkSums(expected)
        try await checkQueue()
        try await checkAnswers(expected)
    }

    /// None is missing, none twice, none that nobody sent.
    private func checkRows(_ expected: EventExpectation) async throws {
        let row = try await stores.sql(
            """
            SELECT COUNT(*), COUNT(DISTINCT value), \(EventExpectation.fingerprintSQL), \
            CAST(SUM(event_type = 'page_view') AS SIGNED), CAST(SUM(value) AS SIGNED) FROM events WHERE \(isOfPlan)
            """
        ).first
        #expect(row?[0].int64 == Int64(expected.events))
        #expect(row?[1].int64 == Int64(expected.events))
        #expect(row?[2].uint64 == expected.fingerprint)
        #expect(row?[3].int64 == Int64(expected.views))
        #expect(row?[4].int64 == Int64(expected.sum))
        #expect(try await stores.number("SELECT COUNT(*) FROM dead_letters") == 0)
    }

    /// Every row of every site.
    private func checkCounts(_ expected: EventExpectation) async throws {
        var rows = 0
        var wrong: [String] = []
        for site in 0..<EventPlan.sites {
            let stored = try await stores.sql(
                """
                SELECT width_seconds, slot, events, views, users FROM event_stats \
                WHERE site_id = ? AND width_seconds <> 60
                """, [.bytes(Array(EventPlan.site(site).utf8))])
            rows += stored.count
            for row in stored {
                let values = row.map { Int($0.int64 ?? -1) }
                let slot = EventExpectation.Slot(site: site, width: values[0], slot: values[1])
                let counts = EventExpectation.Counts(events: values[2], views: values[3], users: values[4])
                if expected.counts[slot] != counts {
                    wrong.append("\(slot): \(counts), not \(expected.counts[slot] ?? EventExpectation.Counts())")
                }
            }
        }
        #expect(rows == expected.counts.count)
        #expect(wrong.isEmpty, "\(wrong.count) counts are wrong: \(wrong.prefix(5))")
    }

    /// Views of all paths, and the users, each once a day and once for all time.
    private func checkSums(_ expected: EventExpectation) async throws {
        for width in EventExpectation.Slot.widths {
            let views = try await stores.number(
                """
                SELECT CAST(COALESCE(SUM(views), 0) AS SIGNED) FROM event_paths \
                WHERE width_seconds = \(width) AND \(isOfPlan)
                """)
            #expect(views == expected.views, "paths of width \(width)")
        }
        for (width, days) in [(86_400, "day >= 0"), (0, "day = -1")] {
            let users = try await stores.number("SELECT COUNT(*) FROM event_users WHERE \(days) AND \(isOfPlan)")
            #expect(users == expected.users(width: width), "users of width \(width)")
        }
    }

    /// The queue knows that it is empty, and nobody holds anything.
    private func checkQueue() async throws {
        for shard in 0..<stores.shards {
            for field in ["records:events", "bytes:events"] {
                let meta = RedisArgument.string(stores.key("meta", shard: shard))
                #expect(try await stores.redisNumber("HGET", [meta, .string(field)]) == 0, "\(field)")
            }
            let pending = try await stores.redis(
                "XPENDING", [.string(stores.key("queue:events", shard: shard)), "workers"])
            #expect(pending.elements?.first?.integerValue == 0)
        }
    }

    /// What `/stats` says of some sites: all time, three days, and a range of days.
    private func checkAnswers(_ expected: EventExpectation) async throws {
        let service = try deployment.front
        for site in sites.sorted() {
            let target = "/stats?site_id=\(EventPlan.site(site))&limit=20"
            try check(try await service.get(target), expected.ever[site] ?? EventTotals(), "site \(site)")
            for day in [0, 13, EventPlan.days - 1] {
                let totals = expected.days[site]?[plan.startDay + day] ?? EventTotals()
                let answer = try await service.get("\(target)&date=\(Self.date(plan.startDay + day))")
                try check(answer, totals, "site \(site), day \(day)")
            }
        }
    }

    private func check(_ answer: HTTPAnswer, _ expected: EventTotals, _ name: String) throws {
        #expect(answer.status == 200, "\(name): \(answer.text)")
        let json = try answer.json
        #expect(json["total_views"]?.int == expected.views, "\(name)")
        #expect(json["unique_users"]?.int == expected.uniqueUsers, "\(name)")
        #expect(json["unique_users_error"] == nil, "\(name)")
        let paths = json["top_paths"]?.elements ?? []
        let wanted = expected.topPaths(20)
        #expect(paths.map { $0["path"]?.string } == wanted.map(\.path), "\(name)")
        #expect(paths.map { $0["views"]?.int } == wanted.map(\.views), "\(name)")
    }

    /// `YYYY-MM-DD`.
    static func date(_ day: Int) -> String {
        var text: [UInt8] = []
        EventTime.appendISO8601(milliseconds: Int64(day) * EventPlan.dayMilliseconds, to: &text)
        return String(decoding: text.prefix(10), as: UTF8.self)
    }
}
