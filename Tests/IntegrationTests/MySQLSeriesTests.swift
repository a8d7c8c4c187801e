import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// How often an error happened over time, in the transaction of the totals.
@Suite struct MySQLSeriesTests {
    private static let minute: Int64 = 60_000
    private static let now = SystemQueueClock().unixMilliseconds

    private func count(_ number: Int, at times: [Int64], release: String? = nil) -> WindowCount {
        let tally = times.reduce(into: Tally.empty) {
            $0.merge(Tally(at: $1, receivedAt: Self.now, release: ReleaseID(of: release?.utf8)))
        }
        return WindowCount(fingerprint: Sample.fingerprint(number), tally: tally)
    }

    private func steps(
        _ fixture: MySQLFixture, _ number: Int, _ interval: SeriesInterval
    ) async throws -> [UInt32: UInt64] {
        let reader = MySQLSeriesReader(pool: fixture.pool)
        let whole: Range<UInt32> = 0..<UInt32(Self.now / Self.minute + 10)
        let found = try await reader.steps(
            of: Sample.fingerprint(number), by: interval, in: whole, ledger: [])
        return try #require(found).steps
    }

    @Test func everyOccurrenceIsInItsMinuteAndHour() async throws {
        let fixture = try await MySQLFixture.migrated()
        let recent = (0..<200).map { Self.now - Int64($0) * 20_000 }
        let old = (0..<100).map { Self.now - Int64(2 + $0 % 3) * 86_400_000 }
        for window in 0..<3 {
            _ = try await fixture.counts.apply(
                window: Sample.window(window), part: Sample.part(0),
                counts: [count(1, at: recent + old), count(2, at: [Self.now])])
            // The ledger keeps a second attempt from adding anything.
            _ = try await fixture.counts.apply(
                window: Sample.window(window), part: Sample.part(0), counts: [count(1, at: recent)])
        }
        let minutes = try await steps(fixture, 1, .minute)
        #expect(minutes == Dictionary(recent.map { (UInt32($0 / Self.minute), 3) }, uniquingKeysWith: +))
        let hours = try await steps(fixture, 1, .hour)
        let hourOf: (Int64) -> UInt32 = { UInt32($0 / Self.minute / 60 * 60) }
        #expect(hours == Dictionary((recent + old).map { (hourOf($0), 3) }, uniquingKeysWith: +))
        #expect(try await steps(fixture, 2, .minute) == [UInt32(Self.now / Self.minute): 3])
        #expect(
            try await fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM error_series WHERE width_seconds = 3600")
                == fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM errors"))
    }

    @Test func anUnknownErrorHasNoSeries() async throws {
        let fixture = try await MySQLFixture.migrated()
        let found = try await MySQLSeriesReader(pool: fixture.pool).steps(
            of: Sample.fingerprint(1), by: .hour, in: 0..<100, ledger: [])
        #expect(found == nil)
    }

    private static let releases: [(String?, String?, String)] = [
        (nil, "2.0", "regressed"), ("2.0", "2.0", "resolved"), ("2.0", "2.1", "regressed"), ("2.0", nil, "regressed"),
    ]

    @Test(arguments: releases)
    func aRegressionDependsOnTheReleaseAndIsKeptInTheHistory(
        resolvedIn: String?, seenIn: String?, expected: String
    ) async throws {
        let fixture = try await MySQLFixture.migrated()
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: (0..<20).map { count($0, at: [Self.now - 9_000]) })
        try await fixture.execute(
            "UPDATE errors SET status = 'resolved', resolved_at = ?, resolved_in_release = ? WHERE fingerprint IN (?, ?)",
            [
                .dateTime(milliseconds: Self.now - 5_000), resolvedIn.map(MySQLValue.string) ?? .null,
                .bytes(Sample.fingerprint(3).bytes), .bytes(Sample.fingerprint(4).bytes),
            ])
        _ = try await fixture.counts.apply(
            window: Sample.window(2), part: Sample.part(0),
            counts: (0..<20).filter { $0 != 4 }.map { count($0, at: [Self.now], release: seenIn) })
        let statuses = try await fixture.execute(
            "SELECT status FROM errors WHERE fingerprint IN (?, ?) ORDER BY count",
            [.bytes(Sample.fingerprint(3).bytes), .bytes(Sample.fingerprint(4).bytes)]
        ).rows.map { $0[0].string }
        #expect(statuses == ["resolved", expected])
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE status = 'unresolved'") == 18)
        let history = try await fixture.execute(
            "SELECT fingerprint, from_status, to_status, changed_by FROM status_changes"
        ).rows
        if expected == "regressed" {
            let change = try #require(history.first)
            #expect(history.count == 1)
            #expect(change[0].byteArray == Sample.fingerprint(3).bytes)
            #expect(change[1...].map(\.string) == ["resolved", "regressed", "sync"])
        } else {
            #expect(history.isEmpty)
        }
    }
}
