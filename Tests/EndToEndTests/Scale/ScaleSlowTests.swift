import EmbeddedServers
import MySQLClient
import TestServers
import Testing

extension HeavyTests {
    /// One million errors stored: lists, search and details stay quick, and taking reports costs what it costs in an empty database.
    @Suite struct ScaleSlowTests {
        static let errors = 1_000_000
        /// What every first page, page 100, search and detail stays under, milliseconds.
        static let limit = 50.0
        static let repetitions = 7

        /// What docs/operations.md asks for with a million errors.
        static let serverArguments = ["--innodb-buffer-pool-size=1G", "--innodb-log-file-size=1G"]

        @Test func aMillionErrors() async throws {
            let mariadb = try await TestMariaDB.start(arguments: Self.serverArguments)
            let servers = Deployment.Servers(redis: try await TestRedis.start(), mariadb: mariadb)
            try await Deployment.run(.external, servers: servers) { full in
                try await load(full, mariadb)
                try await lists(full)
                try await searches(full)
                try await details(full)
                try await Deployment.run(.external, servers: servers) { empty in
                    try await ingestion(full, empty, mariadb)
                }
            }
            await mariadb.stop()
        }

        private func load(_ deployment: Deployment, _ mariadb: TestMariaDB) async throws {
            let name = try await deployment.stores.sql("SELECT DATABASE()").first?.first?.string
            let configuration = MySQLConfiguration(
                endpoint: try MySQLEndpoint(url: mariadb.url(database: try #require(name))), readTimeout: .seconds(900))
            let connection = try await MySQLConnection.connect(configuration)
            let start = ContinuousClock.now
            try await ScaleData(errors: Self.errors, connection: connection).load()
            await connection.close()
            print("loaded \(Self.errors) errors in \(ContinuousClock.now - start)")
            #expect(try await deployment.stores.number("SELECT COUNT(*) FROM errors") == Self.errors)
        }

        // MARK: - Reading

        private static let filters = [
            "", "status=unresolved", "status=resolved", "status=regressed", "project=project-0", "project=project-19",
            "service=service-0", "service=service-199", "level=error", "level=fatal", "level=debug",
            "environment=production", "environment=dev", "environment=canary",
            "since=2026-05-31", "service=service-0&since=2026-05-01",
            "status=unresolved&environment=production&level=error&project=project-3", "status=resolved&environment=dev",
        ]
        private static let sorts = ["lastSeenAt", "firstSeenAt", "count"]

        private func lists(_ deployment: Deployment) async throws {
            let caller = try await TimedCaller(port: try deployment.front.port)
            for filter in Self.filters {
                for sort in Self.sorts {
                    try await check(caller, "/errors?sort=\(sort)" + (filter.isEmpty ? "" : "&" + filter))
                }
            }
        }

        private static let texts = [
            "timeout", "gateway", "ledger", "quasar", "nosuchword", "timeout%20nosuchword", "ledger%20failed", "typ",
            // Both common, never together; a phrase that is nowhere of words that are everywhere.
            "timeout%20gateway", "%22timeout%20failed%22",
            "gateway&service=service-0", "ledger&status=resolved",
        ]

        private func searches(_ deployment: Deployment) async throws {
            let caller = try await TimedCaller(port: try deployment.front.port)
            for text in Self.texts {
                for sort in Self.sorts {
                    try await check(caller, "/errors?sort=\(sort)&q=\(text)")
                }
            }
            for (word, perMille) in ScaleData.markers where perMille < 1 {
                let page = try await caller.get("/errors?limit=500&q=\(word)").answer
                #expect((page["errors"]?.elements?.count ?? 0) > 50, "\(word)")
            }
            for route in ["/projects", "/services", "/environments", "/releases?limit=500", "/services?q=service-1"] {
                let times = try await caller.times(route, count: Self.repetitions)
                print("\(route): \(times)")
                #expect(times.median < Self.limit, "\(route)")
            }
        }

        /// The first page of 50, and the one after 99 of them or what there is.
        private func check(_ caller: TimedCaller, _ target: String) async throws {
            let first = try await caller.times("\(target)&limit=50", count: Self.repetitions)
            var far = "\(target)&limit=50"
            var shown = 0
            for _ in 0..<10 {
                // Ten pages of 495 rows come to where 99 of 50 do.
                let answer = try await caller.get(far.replacingLimit(with: 495)).answer
                shown += answer["errors"]?.elements?.count ?? 0
                guard let cursor = answer["nextCursor"]?.string else { break }
                far = "\(target)&limit=50&cursor=\(cursor)"
            }
            let last = try await caller.times(far, count: Self.repetitions)
            print("\(target): first page \(first); after \(shown) rows \(last)")
            #expect(first.median < Self.limit, "\(target)")
            #expect(last.median < Self.limit, "\(far)")
        }

        private func details(_ deployment: Deployment) async throws {
            let caller = try await TimedCaller(port: try deployment.front.port)
            let rows = try await deployment.stores.sql(
                "SELECT LOWER(HEX(fingerprint)) FROM errors ORDER BY word_bits_low LIMIT 300")
            for suffix in ["", "/occurrences", "/timeseries", "/history"] {
                var times: [Double] = []
                for row in rows {
                    times.append(try await caller.get("/errors/\(row[0].string ?? "")\(suffix)").milliseconds)
                }
                print("/errors/{fingerprint}\(suffix): \(RequestTimes(times))")
                #expect(RequestTimes(times).median < Self.limit)
            }
        }
    }
}

extension String {
    fileprivate func replacingLimit(with limit: Int) -> String {
        split(separator: "&").map { $0.hasPrefix("limit=") ? "limit=\(limit)" : String($0) }.joined(separator: "&")
    }
}
