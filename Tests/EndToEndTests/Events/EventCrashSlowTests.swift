import TestServers
import Testing

extension HeavyTests {
    /// `kill -9` of the worker again and again: the same totals as without.
    @Suite struct EventCrashSlowTests {
        /// `ERROR_INGEST_EVENTS=1000000` for the load of the other tests.
        static let events = EventLoadSlowTests.askedFor ?? 100_000
        /// One every few seconds.
        static let kills = max(8, events / 50_000)

        @Test func workerIsKilledAgainAndAgain() async throws {
            try await Deployment.run(.roles) { deployment in
                // Clients notice nothing: the api goes on. Their event ids are there as they would be in earnest.
                let plan = EventPlan(events: Self.events, isIdentified: true)
                let load = EventLoad(plan)
                let port = try deployment.front.port
                async let sent = load.run(port: port)
                for kill in 0..<Self.kills {
                    // Spread over all of the work, by what is stored rather than by time.
                    let moment = Self.events * (kill + 1) / (Self.kills + 2)
                    try await eventually(within: .seconds(60), description: "\(moment) events are stored") {
                        try await deployment.stores.countedEvents() >= moment
                    }
                    try await deployment.service("worker").kill()
                    let stored = try await deployment.stores.countedEvents()
                    #expect(stored < Self.events, "it was killed when nothing was left to do")
                    try await deployment.start("worker")
                }
                let log = try await sent
                #expect(log.unknown == 0)
                #expect(log.numbers.count == Self.events)
                try await EventChecker(deployment: deployment, plan: plan).check(log, within: .seconds(90))
            }
        }
    }
}
