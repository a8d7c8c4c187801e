import RedisClient
import TestServers
import Testing

extension HeavyTests {
    /// The main promise under load: one row per distinct error, every occurrence counted, and few writes to MySQL.
    @Suite struct LoadSlowTests {
        static let requests = 100_000
        static let distinct = 40
        /// Resident memory of `serve` or `api` itself.
        static let residentLimit = 60 * 1024 * 1024

        @Test(arguments: [Deployment.Kind.embedded, .roles])
        func hundredThousandReportsOfFortyErrors(kind: Deployment.Kind) async throws {
            try await Deployment.run(kind, ["SYNC_INTERVAL_SECONDS": "2"]) { deployment in
                let stores = deployment.stores
                try await stores.sql("SET GLOBAL userstat = 1")
                let changedBefore = try await stores.changedRows()
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(Self.distinct))
                plan.requests = Self.requests
                let start = ContinuousClock.now
                let log = try await LoadClient(plan).log()
                let time = ContinuousClock.now - start
                let resident = try deployment.front.residentBytes ?? .max
                print("\(kind): \(log) in \(time), \(resident / 1024) KiB resident")
                try #require(log.count(.acknowledged) == Self.requests)
                try await Checker(deployment: deployment).check([log])

                #expect(try await stores.number("SELECT COUNT(*) FROM errors") == Self.distinct)
                #expect(try await stores.number("SELECT COUNT(*) FROM error_details") == Self.distinct)
                #expect(
                    try await stores.number("SELECT CAST(SUM(`count`) AS SIGNED) FROM errors") == Self.requests)
                let syncs = try await stores.number("SELECT COUNT(DISTINCT window_id) FROM sync_ledger")
                let changed = try await stores.changedRows() - changedBefore
                #expect(changed >= 2 * Self.distinct)
                #expect(changed <= Self.distinct * (syncs + 3), "\(changed) rows changed in \(syncs) syncs")
                #expect(resident <= Self.residentLimit)
            }
        }

        @Test func fourShards() async throws {
            try await Deployment.run(.external, ["REDIS_SHARDS": "4"]) { deployment in
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(200, name: "shard"))
                plan.requests = 10_000
                plan.isIdentified = true
                let log = try await LoadClient(plan).log()
                try #require(log.count(.acknowledged) == plan.requests)
                let batch = (0..<100).map { "{\"message\":\"batch\",\"type\":\"Type\(Self.word($0))\"}" }
                let answer = try await deployment.front.post("/errors/batch", "[\(batch.joined(separator: ","))]")
                #expect(try answer.json["accepted"]?.int == 100)
                try await Checker(deployment: deployment).check([log], otherReports: 100)
                for shard in 0..<4 {
                    let meta = deployment.stores.key("meta", shard: shard)
                    #expect(try await deployment.stores.redisNumber("HGET", [.string(meta), "accepted"]) > 0)
                }
            }
        }

        /// Letters that stand for a number and are no hexadecimal digits.
        private static func word(_ number: Int) -> String {
            let alphabet = Array("ghijklmnop")
            return String([alphabet[number / 10 % 10], alphabet[number % 10]])
        }

        @Test func twoOfEachRoleAtOnce() async throws {
            try await Deployment.run(.roles, copies: 2) { deployment in
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(300, name: "pair"))
                plan.requests = 20_000
                plan.isIdentified = true
                let client = LoadClient(plan)
                try await eventually(within: .seconds(60)) { client.acknowledgedCount > 5_000 }
                try await deployment.service("worker", number: 1).kill()
                try await deployment.service("sync", number: 0).kill()
                try await eventually(within: .seconds(60)) { client.acknowledgedCount > 10_000 }
                try await deployment.start("worker", number: 1)
                try await deployment.start("sync", number: 0)
                let log = try await client.log()
                try #require(log.count(.acknowledged) == plan.requests)
                try await Checker(deployment: deployment).check([log])
            }
        }
    }
}
