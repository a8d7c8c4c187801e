import Ingest
import QueueCore
import Testing

struct EventStatsTests {
    private func json(_ period: StatsAnswer.Period, _ figures: StatsFigures, site: String = "s") -> String {
        String(decoding: StatsAnswer(siteID: site, period: period, figures: figures).json, as: UTF8.self)
    }

    private static let figures = StatsFigures(
        totalViews: 12,
        uniqueUsers: UserCount(exactly: 3),
        topPaths: [PathViews(path: "/a\"é", views: 7), PathViews(path: "/", views: 5)])
    private static let rest =
        "\"total_views\":12,\"unique_users\":3,\"top_paths\":[{\"path\":\"/a\\\"é\",\"views\":7},{\"path\":\"/\",\"views\":5}]}"

    @Test func answers() {
        #expect(json(.date("2026-01-31"), Self.figures) == "{\"site_id\":\"s\",\"date\":\"2026-01-31\"," + Self.rest)
        #expect(json(.allTime(name: nil), Self.figures) == "{\"site_id\":\"s\",\"date\":null," + Self.rest)
        #expect(
            json(.allTime(name: "all-time"), Self.figures) == "{\"site_id\":\"s\",\"date\":\"all-time\"," + Self.rest)
        #expect(
            json(.dates(from: "2026-01-01", to: "2026-01-31"), Self.figures)
                == "{\"site_id\":\"s\",\"date\":null,\"from\":\"2026-01-01\",\"to\":\"2026-01-31\"," + Self.rest)
    }

    @Test func answersWithNothing() {
        let none = StatsFigures(totalViews: 0, uniqueUsers: UserCount(exactly: 0), topPaths: [])
        #expect(
            json(.date("2026-01-31"), none, site: "\"\n")
                == "{\"site_id\":\"\\\"\\n\",\"date\":\"2026-01-31\",\"total_views\":0,\"unique_users\":0,\"top_paths\":[]}"
        )
    }

    @Test(arguments: [(0.0039, "0.0039"), (0.00391, "0.004"), (0.0039062, "0.004"), (1, "1.0"), (0.000001, "0.0001")])
    func saysWhenUsersAreAnEstimate(_ error: Double, text: String) {
        var figures = Self.figures
        figures.uniqueUsers = UserCount(users: 65_000, standardError: error)
        #expect(
            json(.allTime(name: nil), figures).contains(",\"unique_users\":65000,\"unique_users_error\":\(text),\"top_")
        )
    }

    // MARK: - Time series

    @Test func readsWhatItsStepsAreMadeOf() throws {
        let minutes = try #require(
            StatsSeriesQuery(siteID: "s", interval: .minute, seconds: 1_700_000_000..<1_700_000_100))
        #expect(minutes.width == .minute)
        #expect(minutes.bounds == [28_333_333, 28_333_334, 28_333_335])
        let hours = try #require(StatsSeriesQuery(siteID: "s", interval: .hour, seconds: 3_599..<7_201))
        #expect(hours.width == .quarterHour)
        #expect(hours.bounds == [0, 4, 8, 12])
        let days = try #require(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [0, 86_400, 172_800]))
        #expect(days.width == .day && days.slots == 0..<2)
        // Berlin, spring forward: 23 hours.
        let berlin = try #require(
            StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [1_679_785_200, 1_679_868_000]))
        #expect(berlin.width == .quarterHour && berlin.slots.count == 92)
    }

    @Test func isBounded() {
        #expect(StatsSeriesQuery(siteID: "s", interval: .minute, seconds: 0..<86_400)?.bounds.count == 1441)
        #expect(StatsSeriesQuery(siteID: "s", interval: .minute, seconds: 0..<90_000)?.bounds.count == 1501)
        #expect(StatsSeriesQuery(siteID: "s", interval: .minute, seconds: 0..<90_001) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .hour, seconds: 5..<5) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .hour, seconds: Int64.min..<Int64.max) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [0]) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: []) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [900, 0]) == nil)
        #expect(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [0, 9_000, 900]) == nil)
        func days(_ count: Int, from start: Int64) -> StatsSeriesQuery? {
            StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: (0...count).map { start + Int64($0) * 86_400 })
        }
        #expect(days(800, from: 0) != nil)
        #expect(days(366, from: 3_600) != nil)
        #expect(days(367, from: 3_600) == nil)
    }

    @Test(arguments: 0..<50)
    func sumsUpByStep(_ seed: UInt64) throws {
        var generator = SeededRandom(seed: seed)
        var bounds: [Int64] = [Int64.random(in: 0...1000, using: &generator) * 900]
        for _ in 0..<Int.random(in: 1...40, using: &generator) {
            // Days of 23 to 25 hours, and one that is not there (Samoa, 2011-12-30).
            bounds.append(
                bounds[bounds.count - 1] + ([0, 92, 96, 96, 100].randomElement(using: &generator) ?? 96) * 900)
        }
        let query = try #require(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: bounds))
        let counts = (0..<500).map { _ in
            StatsCount(
                slot: Int.random(
                    in: query.bounds[0] - 50...query.bounds[query.bounds.count - 1] + 50, using: &generator),
                events: .random(in: 0...9, using: &generator), views: .random(in: 0...9, using: &generator),
                users: 1)
        }
        let steps = query.steps(of: counts)
        #expect(steps.count == bounds.count - 1)
        for (index, step) in steps.enumerated() {
            #expect(step.startSeconds == bounds[index])
            let own = counts.filter { $0.slot >= query.bounds[index] && $0.slot < query.bounds[index + 1] }
            #expect(step.events == own.reduce(0) { $0 + $1.events })
            #expect(step.views == own.reduce(0) { $0 + $1.views })
            #expect(step.users == (query.width == .day ? UInt64(own.count) : nil))
        }
    }

    @Test func answersWithASeries() throws {
        let query = try #require(StatsSeriesQuery(siteID: "s", interval: .day, boundsSeconds: [0, 86_400, 172_800]))
        let steps = query.steps(of: [StatsCount(slot: 1, events: 5, views: 3, users: 2)])
        let answer = StatsSeriesAnswer(siteID: "s", interval: .day, steps: steps)
        #expect(
            String(decoding: answer.json, as: UTF8.self)
                == "{\"site_id\":\"s\",\"interval\":\"day\",\"steps\":[{\"start\":\"1970-01-01T00:00:00.000Z\",\"events\":0,\"views\":0,"
                + "\"unique_users\":0},{\"start\":\"1970-01-02T00:00:00.000Z\",\"events\":5,\"views\":3,\"unique_users\":2}]}"
        )
        let hour = StatsSeriesAnswer(
            siteID: "s", interval: .hour, steps: [StatsStep(startSeconds: 3_600, events: 1, views: 0)])
        #expect(
            String(decoding: hour.json, as: UTF8.self)
                == "{\"site_id\":\"s\",\"interval\":\"hour\",\"steps\":[{\"start\":\"1970-01-01T01:00:00.000Z\",\"events\":1,\"views\":0}]}"
        )
    }
}
