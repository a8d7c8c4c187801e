import RedisClient
import TestServers
import Testing

/// The checker itself: a check that cannot fail proves nothing.
@Suite struct CheckerTests {
    @Test func everyDifferenceIsSeen() async throws {
        try await Deployment.run(.external) { deployment in
            var plan = LoadPlan(ports: deployment.ports, kinds: try LoadKind.make(3, name: "checked"))
            plan.connections = 2
            plan.requests = 30
            let log = try await LoadClient(plan).log()
            let checker = Checker(deployment: deployment)
            try await checker.check([log])

            var short = log
            short.records.removeLast()
            var long = log
            long.records.append(log.records[0])
            var early = log
            for index in early.records.indices { early.records[index].answeredMilliseconds -= 60_000 }
            var late = log
            for index in late.records.indices { late.records[index].sentMilliseconds += 60_000 }
            var strange = log
            strange.records[0].outcome = .unexpected
            for (name, other) in [
                ("short", short), ("long", long), ("early", early), ("late", late), ("strange", strange),
            ] {
                await #expect(throws: TestServerError.self, "\(name)") { try await checker.check([other]) }
            }
            await #expect(throws: TestServerError.self) { try await checker.check([log], otherReports: 1) }
            await #expect(throws: TestServerError.self) { try await checker.check([]) }

            let stores = deployment.stores
            let key = RedisArgument.string(stores.key("count:left:over:0"))
            _ = try await stores.redis("HSET", [key, "field", "value"])
            await #expect(throws: TestServerError.self) { try await checker.check([log]) }
            _ = try await stores.redis("DEL", [key])
            try await checker.check([log])

            try await stores.sql("UPDATE errors SET `count` = `count` + 1 LIMIT 1")
            await #expect(throws: TestServerError.self) { try await checker.check([log]) }
            try await stores.sql("UPDATE errors SET `count` = `count` - 1 LIMIT 1")
            try await stores.sql("DELETE FROM error_details LIMIT 1")
            await #expect(throws: TestServerError.self) { try await checker.check([log]) }
        }
    }
}
