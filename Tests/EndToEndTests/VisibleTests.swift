import MySQLClient
import TestServers
import Testing

extension HeavyTests {
    /// A report is seen at once, its count is right at once, and both are in MySQL after the next sync.
    @Suite struct VisibleTests {
        @Test(arguments: Deployment.Kind.allCases)
        func reportIsSeenAtOnce(kind: Deployment.Kind) async throws {
            try await Deployment.run(kind, ["SYNC_INTERVAL_SECONDS": "2"]) { deployment in
                let service = try deployment.front
                let before = unixMilliseconds()
                let body = #"{"message":"Hello from curl","type":"FirstError","service":"shell"}"#
                let fingerprint = try await service.report(body)
                let first = try await eventuallyFound(fingerprint, at: service, within: .seconds(1))
                #expect(first["count"]?.int == 1)

                for _ in 0..<9 { try await service.report(body) }
                // Without waiting: the figures are live.
                let page = try await service.get("/errors").json
                let listed = page["errors"]?.elements?.filter { $0["fingerprint"]?.string == fingerprint } ?? []
                #expect(listed.count == 1)
                #expect(listed.first?["count"]?.int == 10)
                #expect(listed.first?["message"]?.string == "Hello from curl")
                let after = unixMilliseconds()
                let firstSeen = try #require(milliseconds(listed.first?["firstSeenAt"]?.string))
                let lastSeen = try #require(milliseconds(listed.first?["lastSeenAt"]?.string))
                #expect(before <= firstSeen && firstSeen <= lastSeen && lastSeen <= after)

                // And while the sync moves the counts, no read may see another figure.
                try await eventually(within: .seconds(10), description: "the count is in MySQL") {
                    #expect(try await service.get("/errors/\(fingerprint)").json["count"]?.int == 10)
                    return try await deployment.stores.number("SELECT CAST(SUM(`count`) AS SIGNED) FROM errors") == 10
                }
                try await Checker(deployment: deployment).check([], otherReports: 10)
            }
        }

        @Test func resolvedErrorThatComesBackHasRegressed() async throws {
            try await Deployment.run(.external) { deployment in
                let service = try deployment.front
                let body = #"{"message":"it is back"}"#
                let fingerprint = try await service.report(body)
                try await deployment.stores.waitUntilQuiet()
                try await deployment.stores.sql(
                    "UPDATE errors SET status = 'resolved', resolved_at = ?",
                    [.dateTime(milliseconds: unixMilliseconds())])
                #expect(try await service.get("/errors/\(fingerprint)").json["status"]?.string == "resolved")

                // Of the time before it was resolved: no regression.
                try await service.report(#"{"message":"it is back","timestamp":\#(unixMilliseconds() - 60_000)}"#)
                try await deployment.stores.waitUntilQuiet()
                #expect(try await service.get("/errors/\(fingerprint)").json["status"]?.string == "resolved")

                try await service.report(body)
                #expect(try await service.get("/errors/\(fingerprint)").json["status"]?.string == "regressed")
                try await deployment.stores.waitUntilQuiet()
                let regressed = try await service.get("/errors?status=regressed").json["errors"]
                #expect(regressed?.elements?.map { $0["fingerprint"]?.string } == [fingerprint])
                let stored = try await deployment.stores.sql("SELECT status, `count` FROM errors")
                #expect(stored.first?[0].string == "regressed")
                #expect(stored.first?[1].int64 == 3)
            }
        }
    }
}
