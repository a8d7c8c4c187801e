import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// Statistics against a fold over all stored events.
@Suite struct MySQLEventStatsTests {
    private static let sites = ["shop", "shop ", "blog", "müsli", "nobody"]
    private static let day = EventSample.springDay

    private static func fixture(seed: UInt64, events: Int = 3_000, users: Int = 300) async throws -> MySQLFixture {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: seed)
        let records = EventSample.random(0..<events, &random, users: users)
        for start in stride(from: 0, to: events, by: 500) {
            try await fixture.put(Array(records[start..<min(events, start + 500)]))
        }
        return fixture
    }

    /// What a range of Unix seconds has; nil: all of time.
    private static func figures(
        _ events: [EventFold.Event], _ site: String, _ seconds: Range<Int64>?, limit: Int
    ) -> StatsFigures {
        let events = events.filter { $0.site == site && (seconds?.contains($0.seconds) ?? true) }
        let views = events.filter(\.isView)
        let paths = Dictionary(grouping: views.compactMap(\.path), by: { $0 }).mapValues(\.count)
        let top = paths.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return StatsFigures(
            totalViews: UInt64(views.count),
            uniqueUsers: UserCount(exactly: UInt64(Set(events.compactMap(\.user)).count)),
            topPaths: top.prefix(limit).map { PathViews(path: $0.key, views: UInt64($0.value)) })
    }

    private static func check(
        _ fixture: MySQLFixture, _ events: [EventFold.Event], _ seconds: Range<Int64>?, limit: Int = 10
    ) async throws {
        let reader = MySQLStatsReader(pool: fixture.pool)
        for site in sites {
            let query = StatsQuery(siteID: site, range: seconds.map(SlotRange.init(seconds:)), limit: limit)
            let figures = try await reader.figures(query)
            #expect(
                figures == Self.figures(events, site, seconds, limit: limit), "\(site) \(String(describing: seconds))")
        }
    }

    @Test func allTimeAndUTCDays() async throws {
        let fixture = try await Self.fixture(seed: 1)
        let events = try await EventFold.events(fixture)
        for limit in [1, 3, 10, 24, 25, 1_000] { try await Self.check(fixture, events, nil, limit: limit) }
        for day in Int64(Self.day - 2)...Int64(Self.day + 4) {
            try await Self.check(fixture, events, day * 86_400..<(day + 1) * 86_400)
        }
    }

    /// Days of zones with offsets of quarter hours, and ranges of several.
    @Test(arguments: [5 * 60 + 45, 2 * 60, -9 * 60 - 30, 14 * 60, -12 * 60, 0])
    func daysOfOffsets(minutes: Int) async throws {
        let fixture = try await Self.fixture(seed: UInt64(1_000 + minutes))
        let events = try await EventFold.events(fixture)
        for first in Self.day - 2...Self.day + 3 {
            for days in [1, 2, 5] {
                let start = Int64(first) * 86_400 - Int64(minutes) * 60
                try await Self.check(fixture, events, start..<start + Int64(days) * 86_400)
            }
        }
    }

    /// Random stretches that end within no quarter hour and lie within no single day.
    @Test func stretchesOverMidnight() async throws {
        let fixture = try await Self.fixture(seed: 2)
        let events = try await EventFold.events(fixture)
        var random = SeededRandom(seed: 3)
        for _ in 0..<20 {
            let midnight = Int64(Self.day + Int.random(in: 0...2, using: &random)) * 86_400
            let start = midnight - 900 * Int64.random(in: 1...120, using: &random)
            try await Self.check(
                fixture, events, start..<midnight + 900 * Int64.random(in: 1...150, using: &random), limit: 5)
        }
    }

    /// In Berlin this day has 23 hours, its neighbours have 24; in autumn one has 25.
    @Test(arguments: ["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"])
    func daysOfNamedZones(zone: String) async throws {
        let server = try await TestServers.mariadb()
        try await server.loadZones()
        let fixture = try await Self.fixture(seed: 4)
        let events = try await EventFold.events(fixture)
        let days = Self.day - 2..<Self.day + 4
        let resolver = MySQLZoneResolver(pool: fixture.pool)
        let found = try await resolver.midnights(of: days, in: zone)
        let midnights = try #require(found)
        #expect(midnights.count == days.count)
        if zone == "Europe/Berlin" {
            #expect(zip(midnights, midnights.dropFirst()).map { $1 - $0 } == [86_400, 86_400, 82_800, 86_400, 86_400])
        }
        for (start, end) in zip(midnights, midnights.dropFirst()) {
            try await Self.check(fixture, events, start..<end)
        }
        try await Self.check(fixture, events, midnights[0]..<midnights[5])
    }

    // MARK: - Samples

    @Test func manyUsersAreEstimatedFromASample() async throws {
        let fixture = try await Self.fixture(seed: 5, events: 8_000, users: 3_000)
        let events = try await EventFold.events(fixture)
        let start = Int64(Self.day - 1) * 86_400 - 7_200
        let seconds = start..<start + 3 * 86_400
        let truth = Self.figures(events, "shop", seconds, limit: 10)
        let reader = MySQLStatsReader(pool: fixture.pool, maxSampleRows: 400)
        var query = StatsQuery(siteID: "shop", range: SlotRange(seconds: seconds))
        let sampled = try await reader.figures(query)
        #expect(sampled.totalViews == truth.totalViews)
        #expect(sampled.topPaths == truth.topPaths)
        let error = try #require(sampled.uniqueUsers.standardError)
        #expect(error > 0.01 && error < 0.1)
        let distance = abs(Double(sampled.uniqueUsers.users) / Double(truth.uniqueUsers.users) - 1)
        #expect(distance < 4 * error, "\(sampled.uniqueUsers) for \(truth.uniqueUsers.users)")
        query.wantsExactUsers = true
        #expect(try await reader.figures(query) == truth)
        // A UTC day and all time are exact in any case.
        for range in [SlotRange(day: Self.day), nil] {
            query = StatsQuery(siteID: "shop", range: range)
            let own = range.map { _ in Int64(Self.day) * 86_400..<Int64(Self.day + 1) * 86_400 }
            #expect(try await reader.figures(query) == Self.figures(events, "shop", own, limit: 10))
        }
    }

    // MARK: - Steps

    @Test func steps() async throws {
        let fixture = try await Self.fixture(seed: 6)
        let events = try await EventFold.events(fixture).filter { $0.site == "blog" }
        let start = Int64(Self.day - 1) * 86_400
        let berlin = [start - 3_600, start + 82_800, start + 165_600, start + 248_400]
        let queries = [
            StatsSeriesQuery(siteID: "blog", interval: .minute, seconds: start..<start + 86_400),
            StatsSeriesQuery(siteID: "blog", interval: .hour, seconds: start..<start + 4 * 86_400),
            StatsSeriesQuery(siteID: "blog", interval: .day, boundsSeconds: (0..<5).map { start + $0 * 86_400 }),
            StatsSeriesQuery(siteID: "blog", interval: .day, boundsSeconds: berlin),
        ]
        for query in queries {
            let query = try #require(query)
            let steps = try await MySQLStatsReader(pool: fixture.pool).steps(query)
            let width = Int64(query.width.rawValue)
            let expected = zip(query.bounds, query.bounds.dropFirst()).map { bounds in
                let own = events.filter {
                    ($0.seconds >= Int64(bounds.0) * width) && $0.seconds < Int64(bounds.1) * width
                }
                return StatsStep(
                    startSeconds: Int64(bounds.0) * width, events: UInt64(own.count),
                    views: UInt64(own.filter(\.isView).count),
                    users: query.width == .day ? UInt64(Set(own.compactMap(\.user)).count) : nil)
            }
            #expect(steps == expected)
        }
    }

    // MARK: - Zones

    @Test(arguments: ["Europe/Nowhere", "+02:00", "SYSTEM", "system", "", "Europe/Berlin'", "é", "Mars"])
    func whatIsNoZoneIsNil(name: String) async throws {
        let server = try await TestServers.mariadb()
        try await server.loadZones()
        let fixture = try await MySQLFixture.empty()
        let midnights = try await MySQLZoneResolver(pool: fixture.pool).midnights(of: 20_000..<20_001, in: name)
        #expect(midnights == nil)
    }

    @Test func withoutZoneTablesNoNameIsKnown() async throws {
        let server = try await TestMariaDB.start()
        let fixture = try await MySQLFixture.empty(on: server)
        let resolver = MySQLZoneResolver(pool: fixture.pool)
        #expect(try await resolver.midnights(of: 20_000..<20_001, in: "Europe/Berlin") == nil)
        // They can be filled while it runs, once.
        try await server.loadZones()
        try await server.loadZones()
        #expect(try await resolver.midnights(of: 20_000..<20_001, in: "Europe/Berlin") == [1_727_992_800 - 86_400 * 0])
        await server.stop()
    }

    /// More days than one statement takes; and a midnight that clocks skip, or show twice.
    @Test func midnights() async throws {
        let server = try await TestServers.mariadb()
        try await server.loadZones()
        let fixture = try await MySQLFixture.empty()
        let resolver = MySQLZoneResolver(pool: fixture.pool)
        let all = try await resolver.midnights(of: 20_000..<21_501, in: "Europe/Berlin")
        let many = try #require(all)
        #expect(many.count == 1_501)
        #expect(zip(many, many.dropFirst()).allSatisfy { (82_800...90_000).contains($1 - $0) })
        #expect(try await resolver.midnights(of: 20_000..<20_000, in: "Europe/Berlin") == [])
        // 2025-03-09 in Havana: 00:00 becomes 01:00, at 05:00 UTC. 2025-11-02: 01:00 becomes 00:00, at 05:00 UTC; midnight is at 04:00.
        #expect(
            try await resolver.midnights(of: 20_156..<20_158, in: "America/Havana") == [1_741_496_400, 1_741_579_200])
        #expect(
            try await resolver.midnights(of: 20_394..<20_396, in: "America/Havana") == [1_762_056_000, 1_762_146_000])
    }
}
