import Ingest
import IngestStorage
import MySQLClient
import TestServers
import Testing

@Suite struct MySQLCountStoreTests {
    private func total(_ fixture: MySQLFixture) async throws -> Int64? {
        try await fixture.number("SELECT CAST(COALESCE(SUM(count), 0) AS SIGNED) FROM errors")
    }

    @Test func aPartIsAddedOnce() async throws {
        let fixture = try await MySQLFixture.migrated()
        let counts = (0..<700).map { Sample.count($0, UInt64($0 + 1)) }
        let first = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(3), counts: counts)
        #expect(first == .applied(fingerprints: 700))
        let again = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(3), counts: counts)
        #expect(again == .alreadyApplied)
        #expect(try await total(fixture) == 700 * 701 / 2)
        let other = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(4), counts: counts)
        #expect(other == .applied(fingerprints: 700))
        #expect(try await total(fixture) == 700 * 701)
    }

    @Test func anEmptyPartIsEnteredInTheLedger() async throws {
        let fixture = try await MySQLFixture.migrated()
        #expect(
            try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: [])
                == .applied(fingerprints: 0)
        )
        #expect(try await fixture.number("SELECT COUNT(*) FROM sync_ledger") == 1)
    }

    @Test func manySyncsOfTheSameWindowsAddThemOnce() async throws {
        let fixture = try await MySQLFixture.migrated(size: 8)
        let outcomes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var applied = 0
                    for window in 0..<10 {
                        let counts = (0..<100).shuffled().map { Sample.count($0, 1) }
                        let outcome = try await fixture.counts.apply(
                            window: Sample.window(window), part: Sample.part(0), counts: counts
                        )
                        if outcome != .alreadyApplied { applied += 1 }
                    }
                    return applied
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(outcomes == 10)
        #expect(try await total(fixture) == 1_000)
    }

    @Test func timesOnlyMoveTheRightWay() async throws {
        let fixture = try await MySQLFixture.migrated()
        let times: [(Int64, Int64)] = [(50, 60), (55, 58), (40, 45), (70, 90), (1, 1)]
        for (index, time) in times.enumerated() {
            _ = try await fixture.counts.apply(
                window: Sample.window(index), part: Sample.part(0),
                counts: [Sample.count(1, 1, first: Sample.newYear + time.0, last: Sample.newYear + time.1)]
            )
        }
        let row = try await fixture.execute("SELECT first_seen_at, last_seen_at, count FROM errors").rows[0]
        #expect(row[0].dateTimeMilliseconds == Sample.newYear + 1)
        #expect(row[1].dateTimeMilliseconds == Sample.newYear + 90)
        #expect(row[2].uint64 == 5)
    }

    @Test(arguments: [
        ("resolved", 1_000, "regressed"), ("resolved", 0, "resolved"), ("resolved", -1_000, "resolved"),
        ("ignored", 1_000, "ignored"), ("unresolved", 1_000, "unresolved"), ("regressed", 1_000, "regressed"),
    ])
    func onlyAResolvedErrorSeenLaterRegresses(status: String, later: Int64, expected: String) async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1, at: Sample.newYear - 5_000)])
        try await fixture.execute(
            "UPDATE errors SET status = ?, resolved_at = ?", [.string(status), .dateTime(milliseconds: Sample.newYear)]
        )
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0),
            counts: [Sample.count(1, 1, first: Sample.newYear - 9_000, last: Sample.newYear + later)]
        )
        #expect(try await fixture.execute("SELECT status FROM errors").rows[0][0].string == expected)
    }

    /// A lock wait that times out (1205) undoes only its statement: a COMMIT after it would keep the ledger without the
    /// counts.
    @Test func afterAFailureTheLedgerIsNeverWithoutItsCounts() async throws {
        let fixture = try await MySQLFixture.migrated(readTimeout: .seconds(5))
        try await fixture.put([Sample.record(1)])
        let holder = try await MySQLConnection.connect(fixture.configuration)
        try await holder.begin()
        try await holder.execute("SELECT * FROM errors FOR UPDATE")
        let counts = [Sample.count(1, 5)]
        let failure = await #expect(throws: StoreFailure.self) {
            _ = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: counts)
        }
        #expect(failure?.code == .unavailable)
        try await holder.rollback()
        #expect(try await fixture.number("SELECT COUNT(*) FROM sync_ledger") == 0)
        #expect(try await total(fixture) == 0)
        #expect(
            try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: counts)
                == .applied(fingerprints: 1)
        )
        #expect(try await total(fixture) == 5)
    }

    @Test func aServerKilledInTheMiddleNeverCountsTwice() async throws {
        let server = try await TestMariaDB.start()
        let fixture = try await MySQLFixture.migrated(on: server)
        let counts = (0..<500).map { Sample.count($0, 1) }
        let work = Task {
            var applied = 0
            var failed = false
            for window in 0..<10_000 where !failed {
                do throws(StoreFailure) {
                    _ = try await fixture.counts.apply(
                        window: Sample.window(window), part: Sample.part(0), counts: counts
                    )
                    applied += 1
                } catch {
                    failed = true
                }
            }
            return applied
        }
        try await eventually { try await (total(fixture) ?? 0) > 2_000 }
        await server.kill()
        let applied = await work.value
        try await server.start()
        // The window that failed is in or out as a whole; applying all again adds exactly what is missing.
        for window in 0...applied {
            _ = try await fixture.counts.apply(window: Sample.window(window), part: Sample.part(0), counts: counts)
        }
        #expect(try await total(fixture) == Int64(500 * (applied + 1)))
        await fixture.pool.shutDown()
        await server.stop()
    }

    @Test func aMissingTableIsAMatterOfConfiguration() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute("DROP TABLE sync_ledger")
        let failure = await #expect(throws: StoreFailure.self) {
            _ = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: [])
        }
        #expect(failure?.code == .configuration)
    }
}
