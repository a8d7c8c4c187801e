import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

@Suite struct MySQLEventRetentionTests {
    private static let day_ms: Int64 = 86_400_000
    private static let today = Sample.newYear
    private static let todayNumber = Int(Sample.newYear / day_ms)

    /// Runs a chore to its end; returns how many rows went.
    @discardableResult
    private static func run(
        _ chore: RetentionChore, before cutoff: Int64, _ fixture: MySQLFixture, limit: Int = 64
    ) async throws -> [String: Int] {
        let turn = try #require(try await MySQLRetention(configuration: fixture.configuration).begin())
        var deleted: [String: Int] = [:]
        var position: RetentionPosition?
        repeat {
            let step = try await turn.delete(chore, before: cutoff, limit: limit, after: position)
            deleted.merge(step.deleted, uniquingKeysWith: +)
            position = step.next
        } while position != nil
        await turn.end()
        return deleted
    }

    private static func partitions(_ fixture: MySQLFixture) async throws -> [String] {
        try await fixture.execute(
            """
            SELECT PARTITION_NAME FROM information_schema.PARTITIONS \
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'events' ORDER BY PARTITION_ORDINAL_POSITION
            """
        ).rows.map { $0[0].string ?? "" }
    }

    private static func rows(in partition: String, _ fixture: MySQLFixture) async throws -> Int64 {
        try await fixture.count(of: "events PARTITION (\(partition))")
    }

    // MARK: - Partitions

    @Test func theDaysToComeGetPartitions() async throws {
        let fixture = try await MySQLFixture.migrated()
        #expect(try await Self.partitions(fixture) == ["p_future"])
        try await Self.run(.eventPartitions, before: Self.today + 7_200_000, fixture)
        let week = (1...8).map { "p2026010\($0)" }
        #expect(try await Self.partitions(fixture) == week + ["p_future"])
        // Nothing to do, then one more.
        try await Self.run(.eventPartitions, before: Self.today + 7_300_000, fixture)
        #expect(try await Self.partitions(fixture) == week + ["p_future"])
        try await Self.run(.eventPartitions, before: Self.today + Self.day_ms, fixture)
        #expect(try await Self.partitions(fixture) == week + ["p20260109", "p_future"])
        try await fixture.put([
            EventSample.record(1), EventSample.record(2, received: Self.today + 8 * Self.day_ms),
            EventSample.record(3, received: Self.today + 9 * Self.day_ms),
            EventSample.record(4, received: Self.today - 9 * Self.day_ms),
        ])
        #expect(try await Self.rows(in: "p20260101", fixture) == 2)
        #expect(try await Self.rows(in: "p20260109", fixture) == 1)
        #expect(try await Self.rows(in: "p_future", fixture) == 1)
    }

    /// Without retention all rows are in `p_future`; it divides them when it is back, and a redelivered event is still found.
    @Test func rowsOfTheFutureAreDividedByDay() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await Self.run(.eventPartitions, before: Self.today - 20 * Self.day_ms, fixture)
        let records = (0..<300).map { number in
            EventSample.record(
                number, [.path: "/a", .userID: "u\(number % 7)"],
                received: Self.today - Int64(number % 12) * Self.day_ms)
        }
        try await fixture.put(records)
        #expect(try await Self.rows(in: "p_future", fixture) == 300)
        try await Self.run(.eventPartitions, before: Self.today, fixture)
        #expect(try await Self.rows(in: "p_future", fixture) == 0)
        for day in 21...31 { #expect(try await Self.rows(in: "p202512\(day)", fixture) == 25) }
        #expect(try await Self.rows(in: "p20260101", fixture) == 25)
        try await fixture.put(records)
        #expect(try await fixture.count(of: "events") == 300)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    /// Rows of more days than get partitions at once share the first one.
    @Test func veryOldRowsOfTheFutureShareAPartition() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([
            EventSample.record(1, received: Self.today - 400 * Self.day_ms),
            EventSample.record(2, received: Self.today),
        ])
        try await Self.run(.eventPartitions, before: Self.today, fixture)
        let partitions = try await Self.partitions(fixture)
        #expect(partitions.count == EventPartitions.maxAtOnce + 1)
        #expect(try await Self.rows(in: partitions[0], fixture) == 1)
        #expect(try await Self.rows(in: "p20260101", fixture) == 1)
    }

    @Test func oldDaysAreDroppedAndTheirCountsStay() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await Self.run(.eventPartitions, before: Self.today - 10 * Self.day_ms, fixture)
        try await Self.run(.eventPartitions, before: Self.today, fixture)
        try await fixture.put(
            (0..<60).map { EventSample.record($0, [.path: "/a"], received: Self.today - Int64($0 % 6) * Self.day_ms) })
        let before = try await EventFold(storedIn: fixture)
        let rules = RetentionRules(eventDays: 3)
        let cutoff = try #require(rules.cutoff(of: .events, now: Self.today + 7_200_000))
        try await Self.run(.events, before: cutoff, fixture)
        // Today and the three days before it, of which the first is not over 3 days old with all of its events.
        #expect(try await Self.partitions(fixture).first == "p20251229")
        #expect(try await fixture.count(of: "events") == 40)
        #expect(try await EventFold(storedIn: fixture) == before)
    }

    /// A transaction that somebody keeps open is waited for a second, and the rows stay.
    @Test func aTableInUseIsLeftForTheNextPass() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([EventSample.record(1)])
        let other = try await MySQLConnection.connect(fixture.configuration)
        // On a busy machine the server would end it before retention is tried.
        try await other.executeText("SET SESSION idle_transaction_timeout = 0")
        try await other.begin()
        _ = try await other.execute("SELECT COUNT(*) FROM events")
        await #expect(throws: StoreFailure.self) {
            try await Self.run(.eventPartitions, before: Self.today, fixture)
        }
        try await other.rollback()
        try await Self.run(.eventPartitions, before: Self.today, fixture)
        #expect(try await Self.partitions(fixture).count == 9)
        #expect(try await fixture.count(of: "events") == 1)
        await other.close()
    }

    @Test func whichDaysAreMissing() {
        let none = EventPartitions([])
        #expect(none.missingDays(today: 100, oldest: nil) == 100...107)
        #expect(none.missingDays(today: 100, oldest: 98) == 98...107)
        #expect(none.missingDays(today: 100, oldest: 120) == 100...107)
        #expect(none.missingDays(today: 1_000, oldest: 3) == 908...1_007)
        let known = EventPartitions([.init(name: "a", end: 100), .init(name: "b", end: 103)])
        #expect(known.missingDays(today: 100, oldest: nil) == 103...107)
        #expect(known.missingDays(today: 95, oldest: nil) == nil)
        #expect(known.missingDays(today: 200, oldest: 150) == 150...207)
        #expect(known.missingDays(today: 200, oldest: nil) == 200...207)
        #expect(known.outdated(before: 102).map(\.name) == ["a"])
        #expect(known.outdated(before: 103).map(\.name) == ["a", "b"])
        #expect(known.outdated(before: 99).isEmpty)
    }

    // MARK: - Counts

    @Test(arguments: [1, 7, 500])
    func oldCountsGoAndThoseOfAllTimeStay(limit: Int) async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: UInt64(limit))
        try await fixture.put(EventSample.random(0..<400, &random))
        var expected = try await EventFold(storedIn: fixture)
        let cutoff = Int64(EventSample.springDay + 1) * Self.day_ms + 5_000_000
        try await Self.run(.eventMinutes, before: cutoff, fixture, limit: limit)
        expected.stats = expected.stats.filter { $0.key.width != 60 || $0.key.slot >= cutoff / 60_000 }
        #expect(try await EventFold(storedIn: fixture) == expected)

        let deleted = try await Self.run(.eventStats, before: cutoff, fixture, limit: limit)
        func stays(_ slot: EventFold.Slot) -> Bool {
            slot.width == 0 || slot.width == 60 || slot.slot >= cutoff / 1_000 / slot.width
        }
        let paths = expected.paths.count
        expected.stats = expected.stats.filter { stays($0.key) }
        expected.paths = expected.paths.filter { stays($0.key.slot) }
        expected.users = expected.users.filter { $0.key.day < 0 || $0.key.day >= Int64(EventSample.springDay + 1) }
        #expect(try await EventFold(storedIn: fixture) == expected)
        #expect(deleted["event_paths"] == paths - expected.paths.count)
        // Nothing is left to do, and an empty store has nothing either.
        #expect(try await Self.run(.eventStats, before: cutoff, fixture).values.allSatisfy { $0 == 0 })
    }

    @Test func rules() {
        let rules = RetentionRules(eventDays: 0, statsDays: 0)
        #expect(rules.eventDays == 1)
        #expect(rules.statsDays == RetentionRules.minStatsDays)
        let usual = RetentionRules()
        #expect(usual.cutoff(of: .events, now: Self.today) == Self.today - 90 * Self.day_ms)
        #expect(usual.cutoff(of: .eventStats, now: Self.today) == Self.today - 800 * Self.day_ms)
        #expect(usual.cutoff(of: .eventMinutes, now: Self.today) == Self.today - 2 * Self.day_ms)
        #expect(usual.cutoff(of: .eventPartitions, now: Self.today) == Self.today)
    }
}
