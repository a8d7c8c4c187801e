import Glibc
import MySQLClient
import NIOCore
import QueueCore
import TestServers
import Testing

extension HeavyTests {
    /// `kill -9` of anything at any moment: nothing acknowledged is lost, nothing is counted twice.
    @Suite struct CrashSlowTests {
        /// The processes and servers that are killed.
        enum Victim: String, CaseIterable { case api, worker, sync, redis, mariadb }

        /// How long `serve` may take to be ready again, the stopping of orphaned servers included.
        static let restartLimit = Duration.seconds(5)

        @Test func embeddedServeIsKilledFiveTimes() async throws {
            let requests = 100_000
            let seed = UInt64.random(in: .min ... .max)
            var random = SeededRandom(seed: seed)
            let moments = (0..<5).map { _ in Int.random(in: requests / 50..<requests * 9 / 10, using: &random) }
                .sorted()
            print("seed \(seed): kill -9 after \(moments) acknowledgements")
            try await Deployment.run(.embedded, ["SYNC_INTERVAL_SECONDS": "2"]) { deployment in
                // Half of the reporters send event ids, and send again what was not answered: theirs is exact.
                var careful = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(20, name: "careful"))
                careful.connections = 32
                careful.requests = requests / 2
                careful.isIdentified = true
                careful.timeLimit = .seconds(180)
                var plain = careful
                plain.kinds = try LoadKind.make(20, name: "plain")
                plain.isIdentified = false
                let clients = [LoadClient(careful), LoadClient(plain)]
                for moment in moments {
                    try await eventually(within: .seconds(120), description: "\(moment) acknowledgements") {
                        clients.reduce(0) { $0 + $1.acknowledgedCount } >= moment
                    }
                    try await deployment.front.kill()
                    let start = ContinuousClock.now
                    try await deployment.start("serve")
                    let time = ContinuousClock.now - start
                    print("ready again after \(time)")
                    #expect(time < Self.restartLimit)
                }
                var logs: [LoadLog] = []
                for client in clients { logs.append(try await client.log()) }
                print("careful: \(logs[0])\nplain: \(logs[1])")
                #expect(logs[0].count(.acknowledged) == careful.requests)
                #expect(logs[0].count(.unknown) == 0)
                // At most what was under way at each of the five moments.
                #expect(logs[1].count(.unknown) <= 5 * plain.connections)
                try await Checker(deployment: deployment).check(logs)
                #expect(try await deployment.stores.number("SELECT COUNT(*) FROM errors") == 40)
            }
        }

        @Test(arguments: Victim.allCases)
        func oneIsKilledUnderLoad(victim: Victim) async throws {
            let servers = [.redis, .mariadb].contains(victim) ? try await Deployment.Servers.own() : nil
            try await Deployment.run(.roles, servers: servers) { deployment in
                var careful = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(100, name: "careful"))
                careful.connections = 16
                careful.requests = 10_000
                careful.isIdentified = true
                var plain = careful
                plain.kinds = try LoadKind.make(100, name: "plain")
                plain.isIdentified = false
                let clients = [LoadClient(careful), LoadClient(plain)]
                try await eventually(within: .seconds(60), description: "the load is under way") {
                    clients.allSatisfy { $0.acknowledgedCount > careful.requests / 5 }
                }
                switch victim {
                case .api, .worker, .sync:
                    try await deployment.service(victim.rawValue).kill()
                    try await deployment.start(victim.rawValue)
                case .redis:
                    await servers?.redis.kill()
                    try await servers?.redis.start()
                case .mariadb:
                    await servers?.mariadb.kill()
                    try await servers?.mariadb.start()
                }
                var logs: [LoadLog] = []
                for client in clients { logs.append(try await client.log()) }
                print("\(victim): careful: \(logs[0])\n\(victim): plain: \(logs[1])")
                // Refused outright while Redis is away, or known in the end.
                #expect(logs[0].count(.acknowledged) + logs[0].count(.refused) == careful.requests)
                if victim != .redis { #expect(logs[0].count(.refused) == 0) }
                if victim != .api && victim != .redis {
                    // The accept path does not know them.
                    #expect(logs[1].count(.acknowledged) == plain.requests)
                }
                try await Checker(deployment: deployment).check(logs)
            }
        }

        @Test func workerThatStandsStillLosesItsJobsToAnother() async throws {
            try await Deployment.run(.roles, ["LEASE_SECONDS": "1"], copies: 2) { deployment in
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(300, name: "still"))
                plan.requests = 10_000
                let client = LoadClient(plan)
                try await eventually(within: .seconds(60)) { client.acknowledgedCount > 1_000 }
                let stopped = try deployment.service("worker", number: 0)
                stopped.signal(SIGSTOP)
                let log = try await client.log()
                // Longer than a lease: what it holds has been taken over, and everything is stored without it.
                try await deployment.stores.waitUntilQuiet()
                stopped.signal(SIGCONT)
                try await stopped.waitUntilReady()
                try #require(log.count(.acknowledged) == plan.requests)
                try await Checker(deployment: deployment).check([log])
            }
        }

        /// The server must end the transaction of a process that stands still, or its locks stop all others.
        @Test func workerFrozenInATransactionIsLeftBehind() async throws {
            try await Deployment.run(.roles, ["LEASE_SECONDS": "1"], copies: 2) { deployment in
                let stores = deployment.stores
                let frozen = try deployment.service("worker", number: 0)
                await (try deployment.service("worker", number: 1)).stop()
                let kinds = try LoadKind.make(1, name: "frozen")
                // The worker stores the row, and waits for the details that this transaction holds.
                let lock = try await stores.holdDetails(of: kinds[0].fingerprint)
                let report = HTTPRequest("POST", "/errors/log", body: kinds[0].body(number: 1, eventID: nil))
                #expect(try await deployment.front.send(report).status == 200)
                try await eventually(description: "the worker waits in its transaction") {
                    try await stores.isDetailAwaited()
                }
                frozen.signal(SIGSTOP)
                try await lock.rollback()
                await lock.close()
                try await deployment.start("worker", number: 1)
                try await Checker(deployment: deployment).check([], otherReports: 1)
                frozen.signal(SIGCONT)
                try await frozen.waitUntilReady()
                #expect(try await deployment.front.send(report).status == 200)
                try await Checker(deployment: deployment).check([], otherReports: 2)
            }
        }
    }
}
