import RedisClient
import TestServers
import Testing

extension HeavyTests {
    /// A store that goes away, stands still, forgets, or promises too little, while the service runs.
    @Suite struct StoreFaultSlowTests {
        enum Absence: String, CaseIterable { case stopped, suspended }

        /// Redis is noticed to be away, and the reporter told so, within this time.
        static let refusalLimit = Duration.seconds(2)
        static let body = #"{"message":"while a store is away","type":"Known"}"#

        @Test(arguments: Absence.allCases)
        func redisGoesAwayAndComesBack(absence: Absence) async throws {
            let servers = try await Deployment.Servers.own()
            try await Deployment.run(.external, servers: servers) { deployment in
                let service = try deployment.front
                try await service.report(Self.body)
                switch absence {
                case .stopped: await servers.redis.stop()
                case .suspended: servers.redis.suspend()
                }
                var unknown = 0
                for _ in 0..<5 {
                    let start = ContinuousClock.now
                    let answer = try await service.post("/errors/log", Self.body)
                    #expect(ContinuousClock.now - start < Self.refusalLimit)
                    #expect(answer.status == 503)
                    #expect((answer.header("retry-after").flatMap { Int($0) } ?? 0) >= 1)
                    if answer.header("x-outcome") == "unknown" { unknown += 1 }
                }
                if absence == .stopped { #expect(unknown <= 1) }
                #expect(try await service.get("/health/live").status == 200)
                try await eventually(description: "ready says so") {
                    try await service.get("/health/ready").status == 503
                }
                // Stored figures are still shown.
                let page = try await service.get("/errors")
                #expect(page.status == 200)
                #expect(try page.json["live"]?.bool == false)

                switch absence {
                case .stopped: try await servers.redis.start()
                case .suspended: servers.redis.resume()
                }
                try await eventually(description: "reports are taken again") {
                    try await service.post("/errors/log", Self.body).status == 200
                }
                try await service.waitUntilReady(within: .seconds(5))
                try await deployment.stores.waitUntilQuiet()
                let counted = try await deployment.stores.number("SELECT CAST(SUM(`count`) AS SIGNED) FROM errors")
                #expect((2...2 + unknown).contains(counted))
                try await Checker(deployment: deployment).check([], otherReports: counted)
            }
        }

        @Test(arguments: Absence.allCases)
        func mysqlGoesAwayAndComesBack(absence: Absence) async throws {
            let servers = try await Deployment.Servers.own()
            try await Deployment.run(.roles, servers: servers) { deployment in
                let service = try deployment.front
                try await service.report(Self.body)
                switch absence {
                case .stopped: await servers.mariadb.stop()
                case .suspended: servers.mariadb.suspend()
                }
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(300, name: "away"))
                plan.requests = 5_000
                let log = try await LoadClient(plan).log()
                // Reporters notice nothing.
                try #require(log.count(.acknowledged) == plan.requests)
                if absence == .stopped {
                    try await eventually(within: .seconds(15), description: "ready says so") {
                        let answer = try await service.get("/health/ready")
                        #expect(answer.status == 200)
                        return try answer.json["status"]?.string == "degraded"
                    }
                    #expect(try await service.get("/errors").status == 503)
                    let worker = try deployment.service("worker")
                    try await eventually(within: .seconds(15), description: "the worker is not ready") {
                        try await worker.get("/health/ready").status == 503
                    }
                }
                switch absence {
                case .stopped: try await servers.mariadb.start()
                case .suspended: servers.mariadb.resume()
                }
                try await Checker(deployment: deployment, quietLimit: .seconds(40)).check([log], otherReports: 1)
                try await eventually(description: "all is well again") {
                    try await service.get("/health").json["status"]?.string == "ok"
                }
            }
        }

        @Test func redisForgetsItsScriptsAndEverythingElse() async throws {
            let servers = try await Deployment.Servers.own()
            try await Deployment.run(.external, servers: servers) { deployment in
                let service = try deployment.front
                try await service.report(Self.body)
                _ = try await deployment.stores.redis("SCRIPT", ["FLUSH"])
                try await service.report(Self.body)
                try await deployment.stores.waitUntilQuiet()
                _ = try await deployment.stores.redis("FLUSHALL")
                try await service.report(Self.body)
                try await service.report(#"{"message":"new after the loss"}"#)
                try await deployment.stores.waitUntilQuiet()
                try await Checker(deployment: deployment, comparesAccepted: false).check([], otherReports: 4)
            }
        }

        @Test func weakRedisIsSaidToBeWeak() async throws {
            let servers = Deployment.Servers(
                redis: try await TestRedis.start(arguments: ["--appendfsync", "everysec"]),
                mariadb: try await TestServers.mariadb()
            )
            try await Deployment.run(.external, servers: servers) { deployment in
                let service = try deployment.front
                try await service.report(Self.body)
                let health = try await service.get("/health")
                #expect(health.status == 200)
                #expect(try health.json["status"]?.string == "degraded")
                #expect(try health.json["redis"]?["durability"]?.string == "degraded")
                #expect(health.text.contains("appendfsync"))
                let metrics = try PrometheusText(try await service.get("/metrics").text)
                #expect(metrics.value("durability_degraded", ["store": "redis"]) == 1)
                #expect(metrics.value("durability_degraded", ["store": "mysql"]) == 0)
                #expect(service.log.contains("appendfsync"))
                await servers.redis.stop()
            }
        }

        @Test func fullQueueRefusesWhatIsNewAndCountsWhatIsKnown() async throws {
            let servers = try await Deployment.Servers.own()
            // No window is sealed meanwhile: an error seen in this window stays known.
            let settings = ["QUEUE_MAX_DEPTH": "5", "SYNC_INTERVAL_SECONDS": "3600"]
            try await Deployment.run(.external, settings, servers: servers) { deployment in
                let service = try deployment.front
                let kinds = try LoadKind.make(6, name: "full")
                func post(_ kind: Int) async throws -> HTTPAnswer {
                    let body = kinds[kind].body(number: kind, eventID: nil)
                    return try await service.send(HTTPRequest("POST", "/errors/log", body: body))
                }
                await servers.mariadb.stop()
                for kind in 0..<5 { #expect(try await post(kind).status == 200) }
                let refused = try await post(5)
                #expect(refused.status == 503)
                #expect(try refused.json["error"]?["code"]?.string == "queue_full")
                #expect((1...60).contains(refused.header("retry-after").flatMap { Int($0) } ?? 0))
                #expect(refused.header("x-outcome") == nil)
                for kind in 0..<5 { #expect(try await post(kind).status == 200) }

                try await servers.mariadb.start()
                try await eventually(within: .seconds(40), description: "the queue has drained") {
                    try await post(5).status == 200
                }
                try await deployment.stores.waitUntilQueueIsEmpty()
                let page = try await service.get("/errors").json
                #expect(page["errors"]?.elements?.reduce(0) { $0 + ($1["count"]?.int ?? 0) } == 11)
                // The sync of the next start stores the counts.
                await deployment.stopAll()
                deployment.configure(["SYNC_INTERVAL_SECONDS": "1"])
                try await deployment.startAll()
                try await Checker(deployment: deployment).check([], otherReports: 11)
            }
        }
    }
}
