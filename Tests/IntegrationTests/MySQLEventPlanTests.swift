import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// Every statement over the tables of events finds its rows by the primary key.
@Suite struct MySQLEventPlanTests {
    private struct Step {
        let table: String
        let type: String
        let key: String?
        let extra: String
    }

    private static let shared = Task {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 9)
        let records = EventSample.random(0..<6_000, &random, users: 500)
        for start in stride(from: 0, to: 6_000, by: 500) {
            try await fixture.put(Array(records[start..<start + 500]))
        }
        try await fixture.execute("ANALYZE TABLE events, event_stats, event_paths, event_users, event_path_names")
        return fixture
    }

    private static func explain(_ sql: String, _ values: [MySQLValue]) async throws -> [Step] {
        let outcome = try await shared.value.execute("EXPLAIN " + sql, values)
        return outcome.rows.map { row in
            func text(_ name: String) -> String? { outcome.columns.firstIndex(of: name).flatMap { row[$0].string } }
            return Step(
                table: text("table") ?? "", type: text("type") ?? "", key: text("key"), extra: text("Extra") ?? "")
        }
    }

    private static func check(_ sql: String, _ values: [MySQLValue]) async throws {
        let steps = try await explain(sql, values).filter { !$0.table.hasPrefix("<") && $0.table != "p" }
        #expect(!steps.isEmpty, "\(sql)")
        for step in steps where !step.extra.contains("Impossible WHERE") {
            #expect(step.key == "PRIMARY", "\(sql): \(step)")
            #expect(["range", "ref", "eq_ref", "const"].contains(step.type), "\(sql): \(step)")
        }
    }

    @Test(arguments: [1, 16, 128, 500])
    func keysAreLookedUp(rows: Int) async throws {
        let keys = (0..<rows).map { MySQLValue.bytes(EventSample.key($0).bytes) }
        let day = MySQLValue.dateTime(milliseconds: Int64(EventSample.springDay - 1) * 86_400_000)
        try await Self.check(EventStatements.ownEvents(rows: rows), [day, .uint(1)] + keys)
        let users = keys.flatMap { [MySQLValue.bytes(Array("shop".utf8)), .int(Int64(EventSample.springDay)), $0] }
        try await Self.check(EventStatements.ownUsers(rows: rows), users + [.uint(1)])
        try await Self.check(StatsStatements.names(rows: rows), keys)
    }

    @Test func statisticsAreReadByTheirKeys() async throws {
        let start = Int64(EventSample.springDay - 1) * 86_400
        let ranges = [
            SlotRange(day: EventSample.springDay), SlotRange(seconds: start - 7_200..<start + 79_200),
            SlotRange(seconds: start - 7_200..<start + 3 * 86_400),
        ]
        for range in ranges {
            var statements = [
                StatsStatements.views("shop", in: range), StatsStatements.userDays("shop", in: range.days),
                StatsStatements.topPaths("shop", in: range, limit: 10),
                StatsStatements.paths("shop", in: range, viewed: 1, limit: 3),
            ]
            for sample in [UserSample.everybody, UserSample(userDays: 10_000, maxRows: 100)] {
                statements.append(StatsStatements.users("shop", in: range, sample))
            }
            for statement in statements { try await Self.check(statement.sql, statement.values) }
        }
        for statement in [StatsStatements.ever("shop"), StatsStatements.topPaths("shop", in: nil, limit: 10)] {
            try await Self.check(statement.sql, statement.values)
        }
        let query = StatsSeriesQuery(siteID: "shop", interval: .hour, seconds: start..<start + 86_400)
        let steps = StatsStatements.steps(try #require(query))
        try await Self.check(steps.sql, steps.values)
    }

    @Test func retentionWalksTheKeys() async throws {
        for table in EventRetentionStatements.minutes + EventRetentionStatements.stats {
            try await Self.check(table.delete, [.bytes(Array("shop".utf8)), .int(20_000), .int(64)])
        }
        let sites = try await Self.explain(EventRetentionStatements.sites, [.bytes([]), .int(64)])
        #expect(sites.map(\.key) == ["PRIMARY"])
        #expect(sites.first?.extra.contains("Using index for group-by") == true, "\(sites)")
    }
}
