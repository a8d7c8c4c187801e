import EmbeddedServers
import Glibc
import MySQLClient
import TestServers
import Testing

extension HeavyTests {
    /// The promise of the event path under load: everything that was taken is stored once and counted exactly, nearly as fast as the
    /// database takes rows at all.
    @Suite struct EventLoadSlowTests {
        /// `ERROR_INGEST_EVENTS=1000000` for the whole of it, which takes two to six minutes.
        static let askedFor = getenv("ERROR_INGEST_EVENTS").flatMap { Int(String(cString: $0)) }
        static let events = askedFor ?? 300_000
        /// From the first request to the last row stored, of the rate of plain inserts of the same rows: docs/decisions/014-events.md.
        static let ratio = 0.6

        /// Again, from nothing, while the ratio is below the limit, three times at most: the plain inserts come after the load, and what else the
        /// machine does in one of the two halves moves it by a fifth.
        @Test func storesAndCountsAllAndFast() async throws {
            var ratios: [Double] = []
            for _ in 0..<3 where ratios.allSatisfy({ $0 < Self.ratio }) {
                ratios.append(try await storeAndCount())
            }
            #expect(ratios.contains { $0 >= Self.ratio }, "\(ratios)")
        }

        /// - Returns: the ratio.
        private func storeAndCount() async throws -> Double {
            let mariadb = try await TestMariaDB.start(arguments: ScaleSlowTests.serverArguments)
            let servers = Deployment.Servers(redis: try await TestRedis.start(), mariadb: mariadb)
            let ratio = try await Deployment.run(.external, servers: servers) { deployment in
                let plan = EventPlan(events: Self.events, isIdentified: false)
                let load = EventLoad(plan)
                let port = try deployment.front.port
                let start = ContinuousClock.now
                let log = try await load.run(port: port)
                let taken = ContinuousClock.now - start
                try await deployment.stores.waitUntilQueueIsEmpty(.events, within: .seconds(900))
                let stored = ContinuousClock.now - start
                print(
                    """
                    \(plan.events) events: taken in \(taken), stored in \(stored); \(log.refusals) batches refused, \
                    longest Retry-After \(log.longestWait) s, in doubt \(log.doubtful)
                    """)
                // A disk that stalls may leave the outcome of each client's request open; here twice.
                try #require(log.doubtful.count <= 2 * EventLoad.clients)
                let count = try await EventChecker(deployment: deployment, plan: plan).check(log)

                let plain = try await plainInserts(deployment, mariadb)
                let plainRate = Double(try #require(plain["itemsPerSecond"]?.int))
                #expect(plain["items"]?.int == count)
                let rate = (Double(count) * 1_000 / stored.milliseconds).rounded()
                print("stored \(rate) events/s; plain inserts \(plainRate) events/s; ratio \(rate / plainRate)")
                return rate / plainRate
            }
            await servers.redis.stop()
            await mariadb.stop()
            return ratio
        }

        /// The same rows into empty copies of their five tables, after the service has stopped: the database has nothing else to do.
        private func plainInserts(_ deployment: Deployment, _ mariadb: TestMariaDB) async throws -> JSON {
            await deployment.stopAll()
            let database = try await deployment.stores.sql("SELECT DATABASE()").first?.first?.string
            let run = try await ProgramRun(
                ["inserts", "--mysql", mariadb.url(database: try #require(database)), "--table-set", "events"],
                program: try BuiltBinary.yardsticks, within: .seconds(900))
            try #require(run.exit == .exited(0), "\(run.problems)")
            print(run.output)
            return try JSON(Array(run.output.utf8))
        }
    }
}
