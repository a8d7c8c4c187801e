import TestServers
import Testing

/// `GET /stats`, `GET /api/stats`, `GET /stats/timeseries` and `GET /pipelines`: exact answers and refusals.
@Suite struct EventStatsTests {
    /// Sends events of a site, and waits until they are counted.
    private static func send(_ events: [String], of site: String, to service: ServiceUnderTest) async throws {
        let lines = events.map { #"{"site_id":"\#(site)",\#($0)}"# }.joined(separator: "\n")
        let answer = try await service.post("/events", lines)
        #expect(try answer.json["accepted"]?.int == events.count, "\(answer.text)")
        try await eventually(within: .seconds(20), description: "the events of \(site) are counted") {
            let series = try await service.get(
                "/stats/timeseries?site_id=\(site)&interval=day&from=2025-10-01&to=2026-03-31")
            let steps = try series.json["steps"]?.elements ?? []
            return steps.reduce(0) { $0 + ($1["events"]?.int ?? 0) } == events.count
        }
    }

    private static func event(
        _ time: String, _ path: String? = nil, user: String? = nil, type: String = "page_view"
    ) -> String {
        #""event_type":"\#(type)","timestamp":"\#(time)""# + (path.map { #","path":"\#($0)""# } ?? "")
            + (user.map { #","user_id":"\#($0)""# } ?? "")
    }

    // MARK: - Statistics

    @Test func answersAreExact() async throws {
        let service = try await ContractService.service()
        let site = "stats-exact"
        try await Self.send(
            [
                Self.event("2025-11-12T00:00:00Z", "/pricing", user: "anna"),
                Self.event("2025-11-12T23:59:59.999Z", "/pricing", user: "bert", type: "view"),
                Self.event("2025-11-12T12:00:00Z", "/about", user: "anna"),
                Self.event("2025-11-12T13:00:00Z", "/b", user: "anna"),
                // No view: its user counts, its path does not.
                Self.event("2025-11-12T14:00:00Z", "/pricing", user: "carl", type: "click"),
                Self.event("2025-11-13T00:00:00Z", "/about", user: "anna"),
                Self.event("2025-11-13T01:00:00Z"),
            ], of: site, to: service)
        let day = """
            "total_views":4,"unique_users":3,"top_paths":[{"path":"/pricing","views":2},{"path":"/about","views":1},{"path":"/b","views":1}]}
            """
        let ever = """
            "total_views":6,"unique_users":3,"top_paths":[{"path":"/about","views":2},{"path":"/pricing","views":2},{"path":"/b","views":1}]}
            """
        let first = #""total_views":6,"unique_users":3,"top_paths":[{"path":"/about","views":2}]}"#
        for (target, body) in [
            ("/stats?site_id=\(site)&date=2025-11-12", #"{"site_id":"stats-exact","date":"2025-11-12",\#(day)"#),
            ("/api/stats?site_id=\(site)&date=2025-11-12", #"{"site_id":"stats-exact","date":"2025-11-12",\#(day)"#),
            ("/stats?site_id=\(site)", #"{"site_id":"stats-exact","date":null,\#(ever)"#),
            ("/api/stats?site_id=\(site)", #"{"site_id":"stats-exact","date":"all-time",\#(ever)"#),
            (
                "/stats?site_id=\(site)&from=2025-11-12&to=2025-11-13",
                #"{"site_id":"stats-exact","date":null,"from":"2025-11-12","to":"2025-11-13",\#(ever)"#
            ),
            ("/stats?site_id=\(site)&limit=1", #"{"site_id":"stats-exact","date":null,\#(first)"#),
            (
                "/stats?site_id=\(site)&exact=true&date=2025-11-12",
                #"{"site_id":"stats-exact","date":"2025-11-12",\#(day)"#
            ),
            (
                "/stats?site_id=\(site)&date=2025-12-24",
                #"{"site_id":"stats-exact","date":"2025-12-24","total_views":0,"unique_users":0,"top_paths":[]}"#
            ),
        ] {
            let answer = try await service.get(target)
            #expect(answer.status == 200)
            #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
            #expect(answer.text == body, "\(target)")
        }
    }

    /// Days of a zone are made of its own hours: in Berlin, 2026-03-29 begins at 23:00 UTC and has 23 of them.
    @Test func daysOfAZone() async throws {
        let service = try await ContractService.service()
        try await TestServers.mariadb().loadZones()
        let site = "stats-zone"
        try await Self.send(
            [
                Self.event("2026-03-28T22:30:00Z", "/1", user: "a"),
                Self.event("2026-03-28T23:00:00Z", "/2", user: "b"),
                Self.event("2026-03-29T21:59:59Z", "/3", user: "c"),
                Self.event("2026-03-29T22:00:00Z", "/4", user: "d"),
                Self.event("2026-03-29T23:30:00Z", "/5", user: "e"),
            ], of: site, to: service)
        for (zone, paths) in [
            ("", ["/3", "/4", "/5"]), ("Z", ["/3", "/4", "/5"]), ("%2B02:00", ["/1", "/2", "/3"]),
            // Not encoded: the plus sign arrives as a blank.
            ("+02:00", ["/1", "/2", "/3"]), ("-00:30", ["/3", "/4", "/5"]), ("Europe/Berlin", ["/2", "/3"]),
            ("UTC", ["/3", "/4", "/5"]),
        ] {
            let target = "/stats?site_id=\(site)&date=2026-03-29" + (zone.isEmpty ? "" : "&tz=\(zone)")
            let answer = try await service.get(target)
            #expect(answer.status == 200, "\(target): \(answer.text)")
            let json = try answer.json
            #expect(json["top_paths"]?.elements?.compactMap { $0["path"]?.string } == paths, "\(target)")
            #expect(json["total_views"]?.int == paths.count, "\(target)")
            #expect(json["unique_users"]?.int == paths.count, "\(target)")
            #expect(json["unique_users_error"] == nil, "\(target)")
        }
        let series = try await service.get(
            "/stats/timeseries?site_id=\(site)&interval=day&from=2026-03-28&to=2026-03-30&tz=Europe/Berlin"
        ).json
        let steps = series["steps"]?.elements ?? []
        #expect(
            steps.map { milliseconds($0["start"]?.string) } == [
                milliseconds("2026-03-27T23:00:00Z"), milliseconds("2026-03-28T23:00:00Z"),
                milliseconds("2026-03-29T22:00:00Z"),
            ])
        #expect(steps.map { $0["views"]?.int } == [1, 2, 2])
    }

    /// Embedded mode loads the zones of its machine by itself.
    @Test func embeddedModeKnowsZones() async throws {
        try await Deployment.run(.embedded) { deployment in
            let service = try deployment.front
            try await eventually(within: .seconds(60), description: "the zones are loaded") {
                try await service.get("/stats?site_id=s&date=2026-03-29&tz=Europe/Berlin").status == 200
            }
        }
    }

    // MARK: - Refusals

    @Test(arguments: [
        ("", "site_id query parameter is required"), ("site_id=", "site_id query parameter is required"),
        ("date=2025-11-12", "site_id query parameter is required"),
        ("site_id=s&date=12.11.2025", "Invalid date format. Use YYYY-MM-DD"),
        ("site_id=s&date=2025-13-01", "Invalid date format. Use YYYY-MM-DD"),
        ("site_id=s&date=2025-02-29", "Invalid date format. Use YYYY-MM-DD"),
        ("site_id=s&date=", "Invalid date format. Use YYYY-MM-DD"),
        ("site_id=s&from=yesterday&to=2025-11-12", "Invalid date format. Use YYYY-MM-DD"),
    ])
    func badQuestionsAreRefusedInTheWordsOfTheDialects(query: String, message: String) async throws {
        let service = try await ContractService.service()
        let plain = try await service.get("/stats?\(query)")
        #expect(plain.status == 400)
        #expect(try plain.json["error"]?.keys == ["code", "message", "fields"])
        #expect(try plain.json["error"]?["message"]?.string == message)
        let envelope = try await service.get("/api/stats?\(query)")
        #expect(envelope.status == 400)
        #expect(envelope.text == #"{"success":false,"error":"\#(message)"}"#)
    }

    @Test(arguments: [
        "tz=Nowhere/Atall", "tz=SYSTEM", "tz=%2B25:00", "tz=%2B0200", "tz=a%20b", "tz=",
    ])
    func unknownZoneIsRefusedAndSaysHow(zone: String) async throws {
        let service = try await ContractService.service()
        try await TestServers.mariadb().loadZones()
        let answer = try await service.get("/stats?site_id=s&date=2026-03-29&\(zone)")
        #expect(answer.status == 400, "\(answer.text)")
        let error = try #require(try answer.json["error"])
        #expect(error["fields"]?[0]?["field"]?.string == "tz")
        #expect(error["message"]?.string?.contains("zone tables") == true)
    }

    @Test(arguments: [
        "date=2025-11-12&from=2025-11-12&to=2025-11-13", "from=2025-11-12", "to=2025-11-12",
        "from=2025-11-13&to=2025-11-12", "from=2000-01-01&to=2025-11-12", "limit=0", "limit=1001", "limit=x",
        "exact=perhaps",
        "dat=2025-11-12",
    ])
    func senselessQuestionsAreRefused(query: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.get("/stats?site_id=s&\(query)")
        #expect(answer.status == 400, "\(answer.text)")
        #expect(try answer.json["error"]?["code"]?.string == "invalid_query")
    }

    // MARK: - Series and pipelines

    @Test func stepsOfEveryInterval() async throws {
        let service = try await ContractService.service()
        let site = "stats-series"
        try await Self.send(
            [
                Self.event("2025-11-12T19:30:01Z", "/a", user: "anna"),
                Self.event("2025-11-12T19:59:59Z", type: "click"),
                Self.event("2025-11-12T20:00:00Z", "/b", user: "anna"),
                Self.event("2025-11-13T20:00:00Z", user: "bert"),
            ], of: site, to: service)
        let hours = try await service.get(
            "/stats/timeseries?site_id=\(site)&interval=hour&since=2025-11-12T19:00:00Z&until=2025-11-12T21:00:00Z")
        #expect(hours.status == 200)
        let json = try hours.json
        #expect(json.keys == ["site_id", "interval", "steps"])
        #expect(json["site_id"]?.string == site)
        #expect(json["interval"]?.string == "hour")
        let steps = json["steps"]?.elements ?? []
        #expect(steps.allSatisfy { $0.keys == ["start", "events", "views"] })
        #expect(
            steps.map { milliseconds($0["start"]?.string) } == [
                milliseconds("2025-11-12T19:00:00Z"), milliseconds("2025-11-12T20:00:00Z"),
            ])
        #expect(steps.map { $0["events"]?.int } == [2, 1])
        #expect(steps.map { $0["views"]?.int } == [1, 1])

        let days = try await service.get(
            "/stats/timeseries?site_id=\(site)&interval=day&from=2025-11-11&to=2025-11-13"
        ).json["steps"]?.elements
        #expect(days?.map { $0["events"]?.int } == [0, 3, 1])
        #expect(days?.map { $0["unique_users"]?.int } == [0, 1, 1])

        // Minutes are kept for a short time only.
        let now = unixMilliseconds()
        #expect(
            try await service.post("/event", #"{"site_id":"\#(site)-now",\#(Self.event(isoNow()))}"#).status == 200)
        try await eventually(description: "the minute has it") {
            let minutes = try await service.get("/stats/timeseries?site_id=\(site)-now&interval=minute").json["steps"]?
                .elements
            #expect((60...61).contains(minutes?.count ?? 0))
            guard let step = minutes?.first(where: { $0["events"]?.int == 1 }) else { return false }
            let start = try #require(milliseconds(step["start"]?.string))
            #expect(start % 60_000 == 0 && start > now - 60_000 && start <= unixMilliseconds())
            return true
        }
    }

    @Test(arguments: [
        "", "site_id=s&interval=week", "site_id=s&since=2025-11-12T00:00:00Z&until=2025-11-12T00:00:00Z",
        "site_id=s&interval=minute&since=2025-11-01T00:00:00Z&until=2025-11-12T00:00:00Z",
        "site_id=s&interval=day&from=2025-11-13&to=2025-11-12", "site_id=s&interval=day&tz=Nowhere/Atall",
        "site_id=s&intervall=day",
    ])
    func badSeriesAreRefused(query: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.get("/stats/timeseries?\(query)")
        #expect(answer.status == 400, "\(answer.text)")
        #expect(try answer.json["error"]?["code"]?.string == "invalid_query")
    }

    @Test func pipelinesAreShown() async throws {
        let service = try await ContractService.service()
        let answer = try await service.get("/pipelines")
        #expect(answer.status == 200)
        let json = try answer.json
        #expect(json.keys == ["pipelines"])
        let pipelines = json["pipelines"]?.elements ?? []
        #expect(pipelines.map { $0["name"]?.string } == ["errors", "events"])
        for pipeline in pipelines {
            #expect(
                pipeline.keys == [
                    "name", "depth", "bytes", "maxDepth", "maxBytes", "storedPerSecond", "lagSeconds", "deadLetters",
                    "retryAfterSeconds",
                ])
            #expect(pipeline["maxDepth"]?.int == 100_000)
            #expect(pipeline["maxBytes"]?.int == 268_435_456)
            #expect((1...60).contains(pipeline["retryAfterSeconds"]?.int ?? 0))
            #expect((pipeline["deadLetters"]?.int ?? -1) >= 0)
        }
    }

    @Test func metricsTellThePathsApart() async throws {
        let service = try await ContractService.service()
        let site = "stats-metrics"
        try await Self.send([Self.event("2025-11-12T19:30:01Z")], of: site, to: service)
        #expect(try await service.post("/event", "{}").status == 400)
        let metrics = try PrometheusText(try await service.get("/metrics").text)
        for outcome in ["accepted", "rejected"] {
            #expect((metrics.value("ingest_total", ["path": "events", "outcome": outcome]) ?? 0) >= 1, "\(outcome)")
        }
        let requests = metrics.value(
            "http_requests_total", ["method": "POST", "route": "/events", "status_code": "200"])
        #expect((requests ?? 0) >= 1)
        let queues = Set(metrics.samples.filter { $0.name == "queue_depth" }.compactMap { $0.labels["queue"] })
        #expect(queues == ["errors", "events"])
    }
}
