import Glibc
import Ingest
import MySQLClient
import TestServers
import Testing

extension HeavyTests {
    /// Statistics of many events: quick, and equal to going through all rows.
    @Suite struct EventScaleSlowTests {
        /// `ERROR_INGEST_SCALE_EVENTS=5000000` for the whole of it.
        static let events = getenv("ERROR_INGEST_SCALE_EVENTS").flatMap { Int(String(cString: $0)) } ?? 250_000
        /// What the median of a request stays under, milliseconds.
        static let dayLimit = 20.0
        static let everLimit = 50.0
        static let repetitions = 11
        static let sites = [0, 41, 99]

        @Test func statisticsAreQuickAndEqualAFullScan() async throws {
            let mariadb = try await TestMariaDB.start(arguments: ScaleSlowTests.serverArguments)
            let servers = Deployment.Servers(redis: try await TestRedis.start(), mariadb: mariadb)
            try await Deployment.run(.external, servers: servers) { deployment in
                let data = try await load(deployment, mariadb)
                let caller = try await TimedCaller(port: try deployment.front.port)
                let day = Self.date(data.startDay + 11)
                let week = "from=\(Self.date(data.startDay + 11))&to=\(Self.date(data.startDay + 17))"
                let all = "from=\(Self.date(data.startDay))&to=\(Self.date(data.endDay - 1))"
                for site in Self.sites.map(EventScaleData.site) {
                    let target = "/stats?site_id=\(site)"
                    try await time(caller, target, limit: Self.everLimit)
                    try await time(caller, "\(target)&date=\(day)", limit: Self.dayLimit)
                    try await time(caller, "\(target)&date=\(day)&tz=%2B05:45")
                    try await time(caller, "\(target)&date=\(day)&tz=%2B05:45&exact=true")
                    try await time(caller, "\(target)&\(week)")
                    try await time(caller, "\(target)&\(all)")
                    try await time(caller, "/stats/timeseries?site_id=\(site)&interval=day&\(all)")
                }
                try await compareWithScans(deployment, caller, data.startDay)
            }
            await servers.redis.stop()
            await mariadb.stop()
        }

        private func load(_ deployment: Deployment, _ mariadb: TestMariaDB) async throws -> EventScaleData {
            let name = try await deployment.stores.sql("SELECT DATABASE()").first?.first?.string
            let configuration = MySQLConfiguration(
                endpoint: try MySQLEndpoint(url: mariadb.url(database: try #require(name))),
                readTimeout: .seconds(1_800))
            let start = ContinuousClock.now
            let today = Int(unixMilliseconds() / 86_400_000)
            let data = EventScaleData(events: Self.events, endDay: today, bulk: BulkLoad(configuration: configuration))
            try await data.load()
            print("loaded \(Self.events) events in \(ContinuousClock.now - start)")
            #expect(try await deployment.stores.number("SELECT COUNT(*) FROM events") == Self.events)
            return data
        }

        /// - Parameter limit: absent where none is promised: the time is only told.
        private func time(_ caller: TimedCaller, _ target: String, limit: Double? = nil) async throws {
            let times = try await caller.times(target, count: Self.repetitions)
            print("\(target): \(times)")
            if let limit { #expect(times.median < limit, "\(target)") }
        }

        // MARK: - Full scans

        /// Unix seconds.
        private typealias Moments = Range<Int>

        private func compareWithScans(_ deployment: Deployment, _ caller: TimedCaller, _ startDay: Int) async throws {
            let day = startDay + 11
            let kathmandu = (5 * 60 + 45) * 60
            for number in Self.sites {
                let target = "/stats?limit=1000&site_id=\(EventScaleData.site(number))"
                for (query, moments) in [
                    ("", 0..<(startDay + 60) * 86_400),
                    ("&date=\(Self.date(day))", day * 86_400..<(day + 1) * 86_400),
                    (
                        "&exact=true&date=\(Self.date(day))&tz=%2B05:45",
                        day * 86_400 - kathmandu..<(day + 1) * 86_400 - kathmandu
                    ),
                    (
                        "&exact=true&from=\(Self.date(day))&to=\(Self.date(day + 6))",
                        day * 86_400..<(day + 7) * 86_400
                    ),
                ] {
                    let answer = try await caller.get(target + query).answer.json
                    try await compare(answer, deployment, site: number, moments)
                }
            }
        }

        private func compare(
            _ answer: JSON, _ deployment: Deployment, site: Int, _ moments: Moments
        ) async throws {
            // The functions keep any index away, if there were one.
            let rows = """
                FROM events WHERE CONCAT(site_id, '') = '\(EventScaleData.site(site))' \
                AND UNIX_TIMESTAMP(occurred_at) >= \(moments.lowerBound) AND UNIX_TIMESTAMP(occurred_at) < \(moments.upperBound)
                """
            let views = try await deployment.stores.number("SELECT COUNT(*) \(rows) AND event_type = 'page_view'")
            let users = try await deployment.stores.number("SELECT COUNT(DISTINCT user_id) \(rows)")
            let paths = try await deployment.stores.sql(
                """
                SELECT path, COUNT(*) AS views \(rows) AND event_type = 'page_view' GROUP BY path \
                ORDER BY views DESC, path LIMIT 1000
                """)
            #expect(views > 20)
            #expect(answer["total_views"]?.int == views)
            #expect(answer["unique_users"]?.int == users)
            let listed = (answer["top_paths"]?.elements ?? []).map {
                "\($0["path"]?.string ?? "") \($0["views"]?.int ?? 0)"
            }
            #expect(listed == paths.map { "\($0[0].string ?? "") \($0[1].int64 ?? 0)" })
        }

        private static func date(_ day: Int) -> String {
            var text: [UInt8] = []
            EventTime.appendISO8601(milliseconds: Int64(day) * 86_400_000, to: &text)
            return String(decoding: text.prefix(10), as: UTF8.self)
        }
    }
}
