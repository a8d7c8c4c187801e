import TestServers
import Testing

extension HeavyTests {
    /// More events than MySQL takes, and a MySQL that stands still: the queue is full at its limit, whoever is refused is told when to come
    /// back, and what was taken is stored.
    @Suite struct EventBackpressureSlowTests {
        static let depth = 20_000
        /// The site of the client that is refused, and comes back when it was told to.
        static let caller = "caller"
        /// Events of its requests: more than the gap that is left when the others are refused.
        static let callerEvents = 500

        @Test func fullQueueRefusesAndDrains() async throws {
            let servers = try await Deployment.Servers.own()
            try await Deployment.run(.roles, ["QUEUE_MAX_DEPTH": "\(Self.depth)"], servers: servers) { deployment in
                let plan = EventPlan(events: 3_000_000, isIdentified: true)
                var taken: [Range<Int>] = []
                var ofCaller = try await overload(deployment, plan, &taken)
                ofCaller += try await standstill(deployment, servers, plan, &taken)

                // Equality: what was acknowledged, and nothing else.
                try await deployment.stores.waitUntilQueueIsEmpty(.events, within: .seconds(60))
                let rows = try await deployment.stores.number(
                    "SELECT COUNT(*) FROM events WHERE site_id = '\(Self.caller)'")
                #expect(rows == ofCaller)
                let answer = try await deployment.front.get("/stats?site_id=\(Self.caller)").json
                #expect(answer["total_views"]?.int == ofCaller)
                var checker = EventChecker(deployment: deployment, plan: plan)
                checker.otherSite = Self.caller
                try await checker.check(EventLoad.Log(taken: taken))
            }
            await servers.redis.stop()
            await servers.mariadb.stop()
        }

        /// MySQL works as fast as it can: the measured rate tells when there is room again.
        ///
        /// - Returns: how many events of the caller were taken.
        private func overload(
            _ deployment: Deployment, _ plan: EventPlan, _ taken: inout [Range<Int>]
        ) async throws -> Int {
            let service = try deployment.front
            let load = EventLoad(plan, pause: .atMost(.milliseconds(50)))
            let port = service.port
            async let sent = load.run(port: port)
            try await eventually(within: .seconds(60), description: "the queue is full, and its rate is known") {
                guard load.refusalCount > 0 else { return false }
                return try await storedPerSecond(service) > 100
            }
            var comesBack = ContinuousClock.now
            var count = 0
            try await eventually(within: .seconds(60), description: "the caller is refused") {
                let answer = try await call(service)
                if answer.status == 200 {
                    count += Self.callerEvents
                    return false
                }
                let seconds = try retryAfter(answer)
                comesBack = .now + .seconds(seconds)
                print("overloaded: told to wait \(seconds) s at \(try await storedPerSecond(service)) events/s")
                return true
            }
            // The others give up: this is about the rate, not about who comes first.
            load.stop()
            taken += try await sent.taken
            try await wait(until: comesBack)
            #expect(try await call(service).status == 200)
            return count + Self.callerEvents
        }

        /// MySQL stands still under load.
        private func standstill(
            _ deployment: Deployment, _ servers: Deployment.Servers, _ plan: EventPlan, _ taken: inout [Range<Int>]
        ) async throws -> Int {
            let service = try deployment.front
            let stores = deployment.stores
            // Batches that nobody has tried before.
            let first = (taken.map(\.upperBound).max() ?? 0) / EventLoad.batchSize + 100
            let load = EventLoad(plan, pause: .atMost(.milliseconds(50)), firstBatch: first)
            let port = service.port
            async let sent = load.run(port: port)
            try await eventually(within: .seconds(30), description: "the load is under way") {
                load.takenCount > Self.depth / 10
            }
            servers.mariadb.suspend()
            // Requests that arrive together are one job, taken or refused together.
            try await eventually(within: .seconds(30), description: "the queue is full") {
                try await stores.eventQueueDepth() > Self.depth - 10 * EventLoad.batchSize
            }
            var count = 0
            try await eventually(within: .seconds(60), description: "Retry-After has grown, as nothing moves") {
                let answer = try await call(service)
                if answer.status == 200 {
                    count += Self.callerEvents
                    return false
                }
                return try retryAfter(answer) >= 20
            }
            load.stop()
            taken += try await sent.taken
            #expect(try await stores.eventQueueDepth() <= Self.depth)
            count += try await refusals(service)
            #expect(try await stores.eventQueueDepth() == Self.depth)

            servers.mariadb.resume()
            let answer = try await call(service)
            if answer.status == 200 { return count + Self.callerEvents }
            let seconds = try retryAfter(answer)
            print("after a standstill: told to wait \(seconds) s")
            try await wait(until: .now + .seconds(seconds))
            #expect(try await call(service).status == 200)
            return count + Self.callerEvents
        }

        /// Fills the queue to its very limit, and is refused in the words of each dialect.
        private func refusals(_ service: ServiceUnderTest) async throws -> Int {
            var count = 0
            var plain: HTTPAnswer?
            try await eventually(within: .seconds(60), description: "not one event more is taken") {
                let answer = try await service.post("/event", Self.event)
                if answer.status == 200 {
                    count += 1
                    return false
                }
                plain = answer
                return true
            }
            let refused = try #require(plain)
            _ = try retryAfter(refused)
            #expect(try refused.json["error"]?["code"]?.string == "queue_full")
            let envelope = try await service.post("/api/event", Self.event)
            _ = try retryAfter(envelope)
            let json = try envelope.json
            #expect(json["success"]?.bool == false)
            #expect(json["error"]?.string?.contains("Retry-After") == true)
            #expect(json["details"]?.elements == [])
            let batch = try await service.post("/events", Self.event)
            _ = try retryAfter(batch)
            #expect(try batch.json["refused"]?.int == 1)
            #expect(try batch.json["results"]?[0]?["status"]?.string == "refused")
            return count
        }

        // MARK: - Requests

        private static let event =
            #"{"site_id":"caller","event_type":"page_view","timestamp":"2026-01-01T00:00:00Z"}"#

        private func call(_ service: ServiceUnderTest) async throws -> HTTPAnswer {
            let lines = Array(repeating: Self.event, count: Self.callerEvents).joined(separator: "\n")
            let answer = try await service.post("/events", lines)
            if answer.status == 200 { #expect(try answer.json["accepted"]?.int == Self.callerEvents) }
            return answer
        }

        /// Of a refusal, and of nothing else.
        private func retryAfter(_ answer: HTTPAnswer) throws -> Int {
            guard answer.status == 503, answer.header("x-outcome") == nil,
                let seconds = answer.header("retry-after").flatMap({ Int($0) }), (1...60).contains(seconds)
            else {
                throw TestServerError("not a refusal: \(answer.status) \(answer.headers) \(answer.text.prefix(500))")
            }
            return seconds
        }

        /// As `GET /pipelines` has it; 0 while it is not known.
        private func storedPerSecond(_ service: ServiceUnderTest) async throws -> Double {
            let pipelines = try await service.get("/pipelines").json["pipelines"]?.elements
            let events = pipelines?.first { $0["name"]?.string == "events" }
            guard case .number(let rate) = events?["storedPerSecond"] else { return 0 }
            return rate
        }

        /// As a client that was told when to come back.
        private func wait(until moment: ContinuousClock.Instant) async throws {
            try await eventually(within: .seconds(70), description: "the time is over") {
                ContinuousClock.now >= moment
            }
        }
    }
}
