import Fingerprint
import Ingest
import IngestStorage
import Logging
import MySQLClient
import QueueCore
import SyncJob
import TestServers
import Testing

/// What goes, what stays, and that whoever writes at the same time loses nothing.
@Suite struct MySQLRetentionTests {
    private static let day: Int64 = 86_400_000
    /// Old is before it.
    private static let cutoff = Sample.newYear + 100 * day
    private static let young = Sample.newYear + 300 * day

    private func turn(_ fixture: MySQLFixture, maxForgotten: Int = 1_000) async throws -> any RetentionTurn {
        let retention = MySQLRetention(configuration: fixture.configuration, maxForgottenErrors: maxForgotten)
        return try #require(try await retention.begin())
    }

    /// Steps until nothing is left.
    private func deleteAll(
        _ fixture: MySQLFixture, _ chore: RetentionChore, before cutoff: Int64 = Self.cutoff, limit: Int = 500,
        maxForgotten: Int = 1_000
    ) async throws -> (deleted: [String: Int], steps: Int) {
        let turn = try await turn(fixture, maxForgotten: maxForgotten)
        var deleted: [String: Int] = [:]
        var position: RetentionPosition?
        var steps = 0
        repeat {
            let step = try await turn.delete(chore, before: cutoff, limit: limit, after: position)
            // Each error takes what belongs to it along.
            #expect(step.deleted["errors"] ?? step.rows <= limit)
            deleted.merge(step.deleted, uniquingKeysWith: +)
            position = step.next
            steps += 1
        } while position != nil && steps < 1_000
        await turn.end()
        return (deleted, steps)
    }

    private func window(
        _ fixture: MySQLFixture, _ sequence: Int, _ numbers: some Sequence<Int>, at milliseconds: Int64,
        _ count: UInt64 = 1
    ) async throws {
        _ = try await fixture.counts.apply(
            window: Sample.window(sequence), part: Sample.part(0),
            counts: numbers.map { Sample.count($0, count, first: milliseconds, last: milliseconds) })
    }

    private func change(_ fixture: MySQLFixture, _ number: Int) async throws {
        try await fixture.execute(
            """
            INSERT INTO status_changes (fingerprint, change_id, changed_at, from_status, to_status, changed_by)
            VALUES (?, ?, ?, 'unresolved', 'ignored', 'test')
            """,
            [
                .bytes(Sample.fingerprint(number).bytes), .bytes([UInt8](repeating: 7, count: 16)),
                .dateTime(milliseconds: Sample.newYear),
            ])
    }

    // MARK: - Errors

    @Test func anErrorNotSeenForLongGoesWithAllThatBelongsToIt() async throws {
        let fixture = try await MySQLFixture.migrated()
        let long = String(repeating: "é", count: 300)
        try await fixture.put((0..<3).map { Sample.record($0, [.message: long, .type: "OldError", .project: "shop"]) })
        try await fixture.put((3..<5).map { Sample.record($0, at: Self.young) })
        try await window(fixture, 1, 0..<3, at: Sample.newYear, 7)
        try await window(fixture, 2, 3..<5, at: Self.young, 7)
        for number in 0..<5 { try await change(fixture, number) }
        let (deleted, _) = try await deleteAll(fixture, .errors)
        for table in ["errors", "error_details", "occurrences", "status_changes"] {
            #expect(deleted[table] == 3, "\(table)")
            #expect(try await fixture.number("SELECT COUNT(*) FROM \(table)") == 2, "\(table)")
        }
        #expect(deleted["error_series"] ?? 0 >= 3)
        #expect(deleted["error_words"] ?? 0 >= 3)
        #expect(try await fixture.number("SELECT COUNT(DISTINCT fingerprint) FROM error_words") == 2)
        let rest = "SELECT COUNT(*) FROM error_series WHERE fingerprint NOT IN (SELECT fingerprint FROM errors)"
        #expect(try await fixture.number(rest) == 0)
        #expect(try await fixture.number("SELECT COUNT(DISTINCT fingerprint) FROM error_series") == 2)

        let kept = try await fixture.execute(
            "SELECT project, type, message, status, count, first_seen_at, last_seen_at FROM forgotten_errors"
        ).rows
        #expect(kept.count == 3)
        #expect(kept[0][0].string == "shop")
        #expect(kept[0][1].string == "OldError")
        #expect(kept[0][2].string == String(repeating: "é", count: 255))
        #expect(kept[0][3].string == "unresolved")
        #expect(kept[0][4].uint64 == 7)
        #expect(kept[0][5].dateTimeMilliseconds == Sample.newYear)
        #expect(kept[0][6].dateTimeMilliseconds == Sample.newYear)
    }

    @Test func deletesAreBoundedAndGoOn() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<50).map { Sample.record($0, at: Sample.newYear + Int64($0 % 5)) })
        let turn = try await turn(fixture)
        let first = try await turn.delete(.errors, before: Self.cutoff, limit: 20, after: nil)
        #expect(first.deleted["errors"] == 20)
        #expect(first.next != nil)
        await turn.end()
        // Another process begins at the beginning.
        let (deleted, steps) = try await deleteAll(fixture, .errors, limit: 20)
        #expect(deleted["errors"] == 30)
        #expect(steps == 2)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 0)
        #expect(try await fixture.number("SELECT COUNT(*) FROM forgotten_errors") == 50)
    }

    @Test func anErrorThatComesBackStartsAgainAndIsAddedWhenItGoes() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        try await window(fixture, 1, [1], at: Sample.newYear, 5)
        _ = try await deleteAll(fixture, .errors)
        try await fixture.put([Sample.record(1, at: Self.young)])
        try await window(fixture, 2, [1], at: Self.young, 3)
        #expect(try await fixture.number("SELECT CAST(count AS SIGNED) FROM errors") == 3)
        _ = try await deleteAll(fixture, .errors, before: Self.young + Self.day)
        let row = try await fixture.execute("SELECT count, first_seen_at, last_seen_at FROM forgotten_errors").rows
        #expect(row.count == 1)
        #expect(row[0][0].uint64 == 8)
        #expect(row[0][1].dateTimeMilliseconds == Sample.newYear)
        #expect(row[0][2].dateTimeMilliseconds == Self.young)
    }

    /// A sync that is adding to an old error when retention comes. It keeps its lock until retention is through: had that waited for it,
    /// the wait could only have ended with a failure (after a second, `RetentionStatements.lowerLockWait`).
    @Test func anErrorSomebodyIsWritingIsLeftAlone() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<3).map { Sample.record($0) })
        let writer = try await MySQLConnection.connect(fixture.configuration)
        try await writer.begin()
        try await writer.execute(
            "UPDATE errors SET count = count + 1, last_seen_at = ? WHERE fingerprint = ?",
            [.dateTime(milliseconds: Self.young), .bytes(Sample.fingerprint(1).bytes)])
        let (deleted, _) = try await deleteAll(fixture, .errors)
        #expect(deleted["errors"] == 2)
        try await writer.commit()
        #expect(try await deleteAll(fixture, .errors).deleted["errors"] == nil)
        #expect(try await fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM errors") == 1)
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 1)
    }

    /// The worker has stored a new report of an old error; its count, and with it `last_seen_at`, comes with the next sync. Were the
    /// error deleted now, the sync would bring it back without its details.
    @Test func anErrorReportedAgainStaysThoughItsCountIsStillOnItsWay() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<3).map { Sample.record($0) })
        try await fixture.put([Sample.record(1, at: Self.young, [.eventId: "again"])])
        let last = "SELECT last_seen_at FROM errors WHERE fingerprint = ?"
        let before = try await fixture.execute(last, [.bytes(Sample.fingerprint(1).bytes)]).rows[0][0]
        #expect(before.dateTimeMilliseconds ?? 0 < Self.cutoff, "the row itself still looks old")
        #expect(try await deleteAll(fixture, .errors).deleted["errors"] == 2)
        try await window(fixture, 1, [1], at: Self.young)
        let row = try await fixture.execute(
            "SELECT e.count FROM errors e JOIN error_details d ON d.fingerprint = e.fingerprint"
        ).rows
        #expect(row.map { $0[0].uint64 } == [1])
    }

    /// Old errors come back, by report and by count in either order, while they are being deleted.
    @Test func nothingIsLostOrDoubledWhenOldErrorsComeBackMeanwhile() async throws {
        let fixture = try await MySQLFixture.migrated(size: 8)
        let numbers = 0..<400
        var applied: Int64 = 0
        for round in 0..<4 {
            try await fixture.put(numbers.map { Sample.record($0, [.eventId: "old \(round)"]) })
            try await window(fixture, round * 100, numbers, at: Sample.newYear)
            try await fixture.execute(
                "UPDATE errors SET last_seen_at = ?", [.dateTime(milliseconds: Sample.newYear)])
            try await fixture.execute(
                "UPDATE occurrences SET received_at = ?", [.dateTime(milliseconds: Sample.newYear)])
            applied += Int64(numbers.count)
            let returning = numbers.filter { $0 % 4 != 3 }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await deleteAll(fixture, .errors, limit: 16) }
                for part in 0..<3 {
                    group.addTask {
                        for number in returning.filter({ $0 % 3 == part }).shuffled() {
                            let record = Sample.record(number, at: Self.young, [.eventId: "new \(round)"])
                            let sequence = 1_000 + round * 1_000 + number
                            if number.isMultiple(of: 2) {
                                try await fixture.put([record])
                                try await window(fixture, sequence, [number], at: Self.young)
                            } else {
                                try await window(fixture, sequence, [number], at: Self.young)
                                try await fixture.put([record])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            applied += Int64(returning.count)
            let bare = try await fixture.number(
                "SELECT COUNT(*) FROM errors e LEFT JOIN error_details d USING (fingerprint) WHERE d.fingerprint IS NULL"
            )
            #expect(bare == 0, "errors without details")
            let orphans = try await fixture.number(
                "SELECT COUNT(*) FROM error_details d LEFT JOIN errors e USING (fingerprint) WHERE e.fingerprint IS NULL"
            )
            #expect(orphans == 0, "details without error")
            let counted = try await fixture.number(
                """
                SELECT CAST((SELECT COALESCE(SUM(count), 0) FROM errors) + \
                (SELECT COALESCE(SUM(count), 0) FROM forgotten_errors) AS SIGNED)
                """)
            #expect(counted == applied)
            // Those that came back are there; the others are gone.
            #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == Int64(returning.count))
        }
    }

    // MARK: - Occurrences

    @Test func samplesBetweenTheFirstAndTheLatestGoByAge() async throws {
        let fixture = try await MySQLFixture.migrated()
        func put(_ number: Int, _ days: [Int64]) async throws {
            for day in days {
                try await fixture.put([
                    Sample.record(number, at: Sample.newYear + day * Self.day, [.eventId: "\(number) \(day)"])
                ])
            }
        }
        try await put(1, [0, 10, 20, 99, 101, 150])
        try await put(2, [0, 1, 2])
        try await put(3, [5])
        let (deleted, _) = try await deleteAll(fixture, .occurrences, limit: 2)
        #expect(deleted == ["occurrences": 4])
        let rows = try await fixture.execute("SELECT event_id FROM occurrences ORDER BY event_id").rows
        #expect(rows.compactMap { $0[0].string } == ["1 0", "1 101", "1 150", "2 0", "2 2", "3 5"])
        #expect(try await deleteAll(fixture, .occurrences, limit: 2).deleted == ["occurrences": 0])
    }

    // MARK: - By age alone

    @Test func countsOverTimeGoByTheirWidth() async throws {
        let fixture = try await MySQLFixture.migrated()
        let cutoffMinute = Self.cutoff / 60_000
        let starts: [(Int64, Int64)] = [
            (60, cutoffMinute - 100), (60, cutoffMinute - 2), (60, cutoffMinute - 1), (60, cutoffMinute),
            (3_600, cutoffMinute - 6_000), (3_600, cutoffMinute - 60), (3_600, cutoffMinute - 59),
        ]
        for (width, start) in starts {
            try await fixture.execute(
                "INSERT INTO error_series VALUES (?, ?, ?, 1)",
                [.bytes(Sample.fingerprint(1).bytes), .int(width), .int(start)])
        }
        #expect(try await deleteAll(fixture, .minuteSeries, limit: 1).deleted == ["error_series": 2])
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_series WHERE width_seconds = 3600") == 3)
        #expect(try await deleteAll(fixture, .hourSeries).deleted == ["error_series": 1])
        let left = try await fixture.execute(
            "SELECT CAST(start_at AS SIGNED) FROM error_series ORDER BY width_seconds, start_at"
        ).rows.compactMap { $0[0].int64 }
        #expect(left == [cutoffMinute - 1, cutoffMinute, cutoffMinute - 60, cutoffMinute - 59])
    }

    @Test func ledgerRowsGo() async throws {
        let fixture = try await MySQLFixture.migrated()
        for sequence in 0..<10 { try await window(fixture, sequence, [], at: Sample.newYear) }
        try await fixture.execute(
            "UPDATE sync_ledger SET applied_at = ? ORDER BY window_id LIMIT 7",
            [.dateTime(milliseconds: Self.cutoff - 1)])
        try await fixture.execute(
            "UPDATE sync_ledger SET applied_at = ? WHERE applied_at > ?",
            [.dateTime(milliseconds: Self.cutoff), .dateTime(milliseconds: Self.cutoff)])
        let (deleted, steps) = try await deleteAll(fixture, .ledger, limit: 3)
        #expect(deleted == ["sync_ledger": 7])
        #expect(steps == 3)
        #expect(try await fixture.number("SELECT COUNT(*) FROM sync_ledger") == 3)
    }

    @Test func deadLettersGoByTheirStateAndLastChange() async throws {
        let fixture = try await MySQLFixture.migrated()
        for (key, state, age) in [
            ("a", "dead", Int64(-1)), ("b", "dead", 0), ("c", "replaying", -1), ("d", "replayed", -1),
            ("e", "replayed", 0),
        ] {
            try await fixture.execute(
                """
                INSERT INTO dead_letters (queue, letter_key, state, attempts, first_failed_at, last_failed_at, reason, code,
                detail, payload, changed_at) VALUES ('errors', ?, ?, 1, NOW(3), NOW(3), 'x', 1, '', '', ?)
                """,
                [.string(key), .string(state), .dateTime(milliseconds: Self.cutoff + age)])
        }
        #expect(try await deleteAll(fixture, .replayedLetters).deleted == ["dead_letters": 1])
        #expect(try await deleteAll(fixture, .deadLetters).deleted == ["dead_letters": 2])
        let left = try await fixture.execute("SELECT letter_key FROM dead_letters ORDER BY 1").rows
        #expect(left.compactMap { $0[0].string } == ["b", "e"])
        // Being replayed is a change: its age starts again.
        try await fixture.execute("UPDATE dead_letters SET state = 'replayed' WHERE letter_key = 'b'")
        #expect(
            try await fixture.number(
                "SELECT COUNT(*) FROM dead_letters WHERE letter_key = 'b' AND ABS(TIMESTAMPDIFF(SECOND, changed_at, UTC_TIMESTAMP())) < 60"
            ) == 1)
    }

    /// The row says the day; a value seen late on it is as old as its last moment.
    @Test func filterValuesGoWhenTheirWholeDayIsOld() async throws {
        let fixture = try await MySQLFixture.migrated()
        for (value, days) in [("older", Int64(98)), ("old", 99), ("young", 100), ("younger", 101)] {
            try await fixture.execute(
                "INSERT INTO facets (kind, project, value, last_seen) VALUES ('service', 'shop', ?, ?)",
                [.string(value), .dateTime(milliseconds: Sample.newYear + days * Self.day)])
        }
        // Noon of day 100.
        let noon = Self.cutoff + Self.day / 2
        #expect(try await deleteAll(fixture, .facets, before: noon, limit: 1).deleted == ["facets": 2])
        let left = try await fixture.execute("SELECT value FROM facets ORDER BY value").rows
        #expect(left.compactMap { $0[0].string } == ["young", "younger"])
    }

    @Test func summaryRowsGoByAgeAndByNumber() async throws {
        let fixture = try await MySQLFixture.migrated()
        for number in 0..<10 {
            try await fixture.execute(
                """
                INSERT INTO forgotten_errors (fingerprint, status, count, first_seen_at, last_seen_at, forgotten_at)
                VALUES (?, 'unresolved', 1, NOW(3), NOW(3), ?)
                """,
                [
                    .bytes(Sample.fingerprint(number).bytes),
                    .dateTime(milliseconds: Self.cutoff + Int64(number) - 2),
                ])
        }
        #expect(try await deleteAll(fixture, .forgottenErrors).deleted == ["forgotten_errors": 2])
        let (deleted, steps) = try await deleteAll(fixture, .forgottenErrors, limit: 2, maxForgotten: 3)
        #expect(deleted == ["forgotten_errors": 5])
        #expect(steps == 3)
        let least = try await fixture.execute("SELECT MIN(forgotten_at) FROM forgotten_errors").rows[0][0]
        #expect(least.dateTimeMilliseconds == Self.cutoff + 5)
    }

    // MARK: - The right to delete

    @Test func oneProcessAtATimeDeletesInADatabase() async throws {
        let fixture = try await MySQLFixture.migrated()
        let other = try await MySQLFixture.migrated()
        let first = try await turn(fixture)
        #expect(try await MySQLRetention(configuration: fixture.configuration).begin() == nil)
        let elsewhere = try await turn(other)
        await elsewhere.end()
        await first.end()
        // The server lets go when it has seen the connection end.
        try await eventually {
            guard let next = try await MySQLRetention(configuration: fixture.configuration).begin() else {
                return false
            }
            await next.end()
            return true
        }
    }

    @Test func aMissingTableIsAMatterOfConfiguration() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        try await fixture.execute("DROP TABLE forgotten_errors")
        let turn = try await turn(fixture)
        let failure = await #expect(throws: StoreFailure.self) {
            _ = try await turn.delete(.errors, before: Self.cutoff, limit: 10, after: nil)
        }
        #expect(failure?.code == .configuration)
        // Rolled back as a whole, and of use for the next chore.
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 1)
        _ = try await turn.delete(.ledger, before: Self.cutoff, limit: 10, after: nil)
        await turn.end()
    }

    @Test func aWholePassOverARealDatabase() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<300).map { Sample.record($0, at: Sample.newYear - 300 * Self.day) })
        try await window(fixture, 1, 0..<300, at: Sample.newYear - 300 * Self.day)
        try await fixture.put([Sample.record(1_000, at: SystemQueueClock().unixMilliseconds)])
        let job = RetentionJob(
            store: MySQLRetention(configuration: fixture.configuration), rules: RetentionRules(),
            configuration: RetentionConfiguration(minPause: .zero, maxPause: .zero), logger: MySQLFixture.logger)
        let result = await job.runOnce()
        #expect(result.ending == .complete)
        #expect(Set(result.finished) == Set(RetentionChore.allCases))
        #expect(result.deleted["errors"] == 300)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 1)
        #expect(try await fixture.number("SELECT COUNT(*) FROM forgotten_errors") == 300)
    }
}
