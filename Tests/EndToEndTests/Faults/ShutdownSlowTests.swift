import EmbeddedServers
import Glibc
import TestServers
import Testing

extension HeavyTests {
    /// SIGTERM, restarts, and what a start refuses because of what is there already.
    @Suite struct ShutdownSlowTests {
        @Test(arguments: Deployment.Kind.allCases)
        func sigtermUnderLoadLosesNothing(kind: Deployment.Kind) async throws {
            try await Deployment.run(kind) { deployment in
                var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(100, name: "term"))
                plan.connections = 32
                let client = LoadClient(plan)
                try await eventually(within: .seconds(60)) { client.acknowledgedCount > 2_000 }

                // A request that has begun to arrive is answered, too.
                let slow = try await HTTPConnection.open(port: deployment.front.port)
                let body = plan.kinds[0].body(number: 1, eventID: nil)
                try await slow.send("POST /errors/log HTTP/1.1\r\nhost: t\r\ncontent-length: \(body.count)\r\n\r\n")
                try await slow.send(Array(body.prefix(10)))
                // Answered on another connection after it: the head has been read.
                _ = try await deployment.front.get("/health/live")

                let start = ContinuousClock.now
                let front = try deployment.front
                for service in deployment.services { service.signal(SIGTERM) }
                try await eventually(description: "no connection is taken any more") {
                    guard let connection = try? await HTTPConnection.open(port: front.port) else { return true }
                    await connection.close()
                    return false
                }
                try await slow.send(Array(body.dropFirst(10)))
                #expect(try await slow.answer().status == 200)
                try await eventually(description: "the connection is closed") { try await slow.isClosed }
                client.stop()
                let exits = await deployment.stopAll()
                #expect(exits.allSatisfy { $0 == .exited(0) }, "\(exits)")
                #expect(ContinuousClock.now - start < .seconds(kind == .embedded ? 35 : 15))

                let log = try await client.log()
                print("\(kind): \(log)")
                // A request may meet a connection that was just closed as idle.
                #expect(log.count(.unknown) <= plan.connections)
                try await deployment.startAll()
                try await Checker(deployment: deployment).check(
                    [log], otherReports: 0, inLoads: [plan.kinds[0].fingerprint: 1])
            }
        }

        /// Workers that wait for jobs stop together, however many there are.
        @Test func manyIdleWorkersStopAtOnce() async throws {
            try await Deployment.run(.external, ["WORKERS": "16"]) { deployment in
                try await deployment.front.report(#"{"message":"the last before the stop"}"#)
                try await deployment.stores.waitUntilQueueIsEmpty()
                let start = ContinuousClock.now
                #expect(await deployment.stopAll() == [.exited(0)])
                #expect(ContinuousClock.now - start < .seconds(6))
            }
        }

        @Test func secondServeOnTheSameDirectoryIsRefused() async throws {
            try await Deployment.run(.embedded) { deployment in
                let service = try deployment.front
                try await service.report(#"{"message":"first come"}"#)
                let second = try deployment.startAnother("serve")
                #expect(try await second.waitForExit(within: .seconds(10)) == .exited(1))
                #expect(second.log.contains("in use by process \(service.processID)"), "\(second.log)")
                #expect(second.log.contains("DATA_DIR"))
                try await service.report(#"{"message":"first come"}"#)
                try await Checker(deployment: deployment).check([], otherReports: 2)
            }
        }

        @Test func otherNumberOfShardsIsRefusedUntilTheyAreDrained() async throws {
            let settings = ["REDIS_SHARDS": "4", "SYNC_INTERVAL_SECONDS": "3600"]
            try await Deployment.run(.external, settings) { deployment in
                for word in ["red", "green", "blue", "white", "black", "gray"] {
                    try await deployment.front.report(#"{"message":"\#(word)"}"#)
                }
                await deployment.stopAll()
                let other = try deployment.startAnother("serve", ["REDIS_SHARDS": "2"])
                #expect(try await other.waitForExit(within: .seconds(20)) == .exited(1))
                #expect(other.log.contains("REDIS_SHARDS is 2"), "\(other.log)")

                deployment.configure(["SYNC_INTERVAL_SECONDS": "1"])
                try await deployment.startAll()
                try await Checker(deployment: deployment).check([], otherReports: 6)
                await deployment.stopAll()
                deployment.configure(["REDIS_SHARDS": "2"])
                try await deployment.startAll()
                try await deployment.front.report(#"{"message":"red"}"#)
                try await Checker(deployment: deployment, comparesAccepted: false).check([], otherReports: 7)
            }
        }
    }
}
