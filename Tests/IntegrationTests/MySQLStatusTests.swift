import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// Changes of status: rows, history, and what happens beside workers and syncs.
@Suite struct MySQLStatusTests {
    /// Half an hour after the errors of the samples.
    private static let now = Sample.newYear + 1_800_000

    private static func store(_ fixture: MySQLFixture) -> MySQLStatusStore {
        MySQLStatusStore(pool: fixture.pool, readPool: fixture.pool)
    }

    /// Without a fast store: what is stored decides.
    private static func changer(_ fixture: MySQLFixture) -> StatusChanger<NoLiveCounts, MySQLStatusStore> {
        StatusChanger(live: NoLiveCounts(), store: store(fixture))
    }

    private static func change(
        _ fixture: MySQLFixture, _ numbers: some Sequence<Int>, to status: ErrorStatus, in release: String? = nil,
        by caller: String = "ann", at milliseconds: Int64 = now
    ) async throws(StoreFailure) -> StatusOutcome {
        try await changer(fixture).change(
            numbers.map(Sample.fingerprint), to: StatusChange(status: status, resolvedInRelease: release), by: caller,
            at: milliseconds)
    }

    private static func row(_ fixture: MySQLFixture, _ number: Int) async throws -> StoredError {
        let detail = try await fixture.reader.detail(of: Sample.fingerprint(number), ledger: []).detail
        return try #require(detail).error
    }

    private static func history(_ fixture: MySQLFixture, _ number: Int) async throws -> [StatusHistoryPage.Entry] {
        let page = try await store(fixture).history(of: Sample.fingerprint(number), limit: 100, after: nil)
        return try #require(page).entries
    }

    @Test func everyStepIsInTheRowAndInTheHistory() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        let steps: [(ErrorStatus, String?)] = [
            (.resolved, "1.0"), (.ignored, nil), (.resolved, nil), (.unresolved, nil),
        ]
        for (index, step) in steps.enumerated() {
            let outcome = try await Self.change(
                fixture, [1], to: step.0, in: step.1, by: "person \(index)", at: Self.now + Int64(index))
            #expect(outcome == StatusOutcome(updated: 1, unchanged: 0, notFound: []))
            let row = try await Self.row(fixture, 1)
            #expect(row.status == step.0)
            #expect(row.resolvedMilliseconds == (step.0 == .resolved ? Self.now + Int64(index) : nil))
            #expect(row.resolvedInRelease == step.1)
        }
        let history = try await Self.history(fixture, 1)
        #expect(history.map(\.step.to) == [.unresolved, .resolved, .ignored, .resolved])
        #expect(history.map(\.step.from) == [.resolved, .ignored, .resolved, .unresolved])
        #expect(history.map(\.step.by) == ["person 3", "person 2", "person 1", "person 0"])
        #expect(history.map(\.step.release) == [nil, nil, nil, "1.0"])
        #expect(history.map(\.changedMilliseconds) == [3, 2, 1, 0].map { Self.now + $0 })
    }

    @Test func theSameStatusAgainChangesNothing() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        _ = try await Self.change(fixture, [1], to: .resolved, in: "1.0")
        let again = try await Self.change(fixture, [1], to: .resolved, in: "1.0", by: "bob", at: Self.now + 5_000)
        #expect(again == StatusOutcome(updated: 0, unchanged: 1, notFound: []))
        #expect(try await Self.row(fixture, 1).resolvedMilliseconds == Self.now)
        #expect(try await Self.history(fixture, 1).count == 1)
        let other = try await Self.change(fixture, [1], to: .resolved, in: "2.0", by: "bob", at: Self.now + 6_000)
        #expect(other.updated == 1)
        #expect(try await Self.row(fixture, 1).resolvedInRelease == "2.0")
        #expect(try await Self.row(fixture, 1).resolvedMilliseconds == Self.now + 6_000)
        #expect(try await Self.history(fixture, 1).map(\.step.from) == [.resolved, .unresolved])
    }

    /// 1,000 of them: every size of statement, in one transaction.
    @Test func manyAtOnce() async throws {
        let fixture = try await MySQLFixture.migrated()
        for start in stride(from: 0, to: 990, by: 330) {
            try await fixture.put((start..<start + 330).map { Sample.record($0) })
        }
        _ = try await Self.change(fixture, [5, 6], to: .resolved)
        // Some were seen after now by their own clock.
        let ahead = Self.now + 60_000
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: [100, 200].map { Sample.count($0, 1, last: ahead) })
        let asked = Array((0..<1_000).reversed())
        let outcome = try await Self.change(fixture, asked, to: .resolved)
        #expect(outcome.updated == 988)
        #expect(outcome.unchanged == 2)
        #expect(outcome.notFound == (990..<1_000).reversed().map(Sample.fingerprint))
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE status = 'resolved'") == 990)
        #expect(try await fixture.number("SELECT COUNT(*) FROM status_changes") == 990)
        #expect(try await Self.row(fixture, 100).resolvedMilliseconds == ahead)
        #expect(try await Self.row(fixture, 101).resolvedMilliseconds == Self.now)
        let later = try await fixture.number(
            "SELECT COUNT(*) FROM errors WHERE resolved_at > ?", [.dateTime(milliseconds: Self.now)])
        #expect(later == 2)
    }

    @Test func aFailureInTheMiddleChangesNothing() async throws {
        let fixture = try await MySQLFixture.migrated(readTimeout: .seconds(4))
        try await fixture.put((0..<20).map { Sample.record($0) })
        let holder = try await MySQLConnection.connect(fixture.configuration)
        try await holder.begin()
        let last = (0..<20).map(Sample.fingerprint).max()
        try await holder.execute(
            "SELECT * FROM errors WHERE fingerprint = ? FOR UPDATE", [.bytes(try #require(last).bytes)])
        let started = ContinuousClock.now
        let failure = await #expect(throws: StoreFailure.self) {
            _ = try await Self.change(fixture, 0..<20, to: .ignored)
        }
        // The wait for a lock is bounded: half of the time limit of the pool.
        #expect(ContinuousClock.now - started < .seconds(10))
        #expect(failure?.code == .unavailable)
        try await holder.rollback()
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE status = 'ignored'") == 0)
        #expect(try await fixture.number("SELECT COUNT(*) FROM status_changes") == 0)
        #expect(try await Self.change(fixture, 0..<20, to: .ignored).updated == 20)
    }

    // MARK: - Regressions

    @Test(arguments: [(0, false), (-1_000, false), (1, true)])
    func onlyWhatHappenedAfterwardsOpensItAgain(later: Int64, regresses: Bool) async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        _ = try await Self.change(fixture, [1], to: .resolved)
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: [Sample.count(1, 1, last: Self.now + later)])
        #expect(try await Self.row(fixture, 1).status == (regresses ? .regressed : .resolved))
        let history = try await Self.history(fixture, 1)
        #expect(history.map(\.step.by) == (regresses ? ["sync", "ann"] : ["ann"]))
    }

    /// The history is in the order in which things happened, whichever clock is ahead: that of an API here, by an hour.
    @Test func aRegressionComesAfterTheChangeItUndid() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1), Sample.record(2)])
        let ahead = SystemQueueClock().unixMilliseconds + 3_600_000
        _ = try await Self.change(fixture, [1], to: .ignored, at: ahead)
        _ = try await Self.change(fixture, [1, 2], to: .resolved, at: ahead)
        let part = [Sample.count(1, 1, last: ahead + 1), Sample.count(2, 1, last: ahead + 1)]
        _ = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: part)
        #expect(try await Self.history(fixture, 1).map(\.step.to) == [.regressed, .resolved, .ignored])
        #expect(try await Self.history(fixture, 2).map(\.step.to) == [.regressed, .resolved])
        let times = try await Self.history(fixture, 1).map(\.changedMilliseconds)
        #expect(times == times.sorted(by: >))
    }

    /// Counted before it was resolved, its time ahead of our clock, applied afterwards.
    @Test func whatWasCountedBeforeDoesNotOpenItAgain() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1)])
        let ahead = Self.now + 200_000
        let window = LiveWindow(id: Sample.window(1), counts: [Sample.count(1, 4, last: ahead)])
        let changer = StatusChanger(live: FixedLiveCounts(window: window), store: Self.store(fixture))
        _ = try await changer.change(
            [Sample.fingerprint(1)], to: StatusChange(status: .resolved), by: "ann", at: Self.now)
        #expect(try await Self.row(fixture, 1).resolvedMilliseconds == ahead)
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: WindowPart(of: Sample.fingerprint(1)), counts: window.counts)
        #expect(try await Self.row(fixture, 1).status == .resolved)
        #expect(try await Self.row(fixture, 1).count == 4)
        // Once it is in the ledger the window is not looked at again.
        _ = try await changer.change(
            [Sample.fingerprint(1)], to: StatusChange(status: .ignored), by: "ann", at: Self.now)
        #expect(try await Self.history(fixture, 1).map(\.step.to) == [.ignored, .resolved])
    }

    // MARK: - History

    @Test func theNewestHundredAreKept() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1), Sample.record(2)])
        _ = try await Self.change(fixture, [2], to: .ignored)
        for number in 0..<130 {
            let status = number % 2 == 0 ? ErrorStatus.ignored : .unresolved
            // One clock stands still, another goes back.
            _ = try await Self.change(
                fixture, [1], to: status, by: "change \(number)", at: Self.now - Int64(number / 100) * 60_000)
        }
        let history = try await Self.history(fixture, 1)
        #expect(history.map(\.step.by) == (30..<130).reversed().map { "change \($0)" })
        #expect(try await Self.history(fixture, 2).count == 1)
        var seen: [String] = []
        var cursor: TimeOrderedKey?
        repeat {
            let page = try #require(
                try await Self.store(fixture).history(of: Sample.fingerprint(1), limit: 33, after: cursor))
            seen += page.entries.map(\.step.by)
            cursor = page.nextCursor
        } while cursor != nil && seen.count < 200
        #expect(seen == history.map(\.step.by))
    }

    @Test func historyOfAnUnknownErrorIsNil() async throws {
        let fixture = try await MySQLFixture.migrated()
        #expect(try await Self.store(fixture).history(of: Sample.fingerprint(1), limit: 5, after: nil) == nil)
        try await fixture.put([Sample.record(1)])
        let page = try #require(try await Self.store(fixture).history(of: Sample.fingerprint(1), limit: 5, after: nil))
        #expect(String(decoding: page.json, as: UTF8.self) == #"{"history":[],"nextCursor":null}"#)
    }

    // MARK: - Together

    /// Changes, syncs and workers over the same errors: nobody is chosen as a deadlock's victim, and rows and history agree.
    @Test func changesSyncsAndWorkersDoNotDeadlock() async throws {
        // Time for a lock to come free on a busy machine; a deadlock is found at once.
        let fixture = try await MySQLFixture.migrated(size: 8, readTimeout: .seconds(240))
        let numbers = Array(0..<20)
        try await fixture.put(numbers.map { Sample.record($0) })
        let rounds = 200
        try await withThrowingTaskGroup(of: Void.self) { group in
            for changer in 0..<2 {
                group.addTask {
                    for round in 0..<rounds {
                        let status: ErrorStatus = round % 3 == 0 ? .ignored : round % 3 == 1 ? .resolved : .unresolved
                        _ = try await Self.change(
                            fixture, numbers.shuffled(), to: status, by: "changer \(changer)",
                            at: Self.now + Int64(round))
                    }
                }
            }
            for sync in 0..<2 {
                group.addTask {
                    for round in 0..<rounds {
                        let counts = numbers.shuffled().map { Sample.count($0, 1, last: Self.now + Int64(round * 7)) }
                        _ = try await fixture.counts.apply(
                            window: Sample.window(sync * rounds + round), part: Sample.part(0), counts: counts)
                    }
                }
            }
            group.addTask {
                for round in 0..<rounds / 4 {
                    try await fixture.put(
                        numbers.shuffled().map {
                            Sample.record($0, at: Sample.newYear + Int64(round), [.eventId: "\($0)-\(round)"])
                        })
                }
            }
            try await group.waitForAll()
        }
        let total = try await fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM errors")
        #expect(total == Int64(numbers.count * rounds * 2))
        for number in numbers {
            let history = try await Self.history(fixture, number)
            #expect(history.first?.step.to == (try await Self.row(fixture, number).status))
        }
    }

    /// Locking and changing read the primary key, however small the table: a scan would wait for rows of no concern.
    @Test func changingUsesThePrimaryKey() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<20).map { Sample.record($0) })
        for rows in MultiRowSQL.sizes {
            let fingerprints = (0..<rows).map { MySQLValue.bytes(Sample.fingerprint($0).bytes) }
            for (sql, values) in [
                (StatusStatements.lock(rows: rows), fingerprints),
                (StatusStatements.update(rows: rows), [.string("ignored"), .null, .null] + fingerprints),
            ] {
                let outcome = try await fixture.execute("EXPLAIN " + sql, values)
                let texts = try #require(outcome.rows.first).map { $0.string ?? "" }
                let plan = Dictionary(uniqueKeysWithValues: zip(outcome.columns, texts))
                #expect(plan["key"] == "PRIMARY", "\(rows): \(plan)")
                #expect(["range", "const"].contains(plan["type"]), "\(rows): \(plan)")
                #expect(plan["Extra"]?.contains("filesort") == false)
            }
        }
    }
}

/// A fast store with nothing in it.
private struct NoLiveCounts: LiveCounts {
    func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow] { [] }
    func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint] { [] }
}

/// A fast store with one window in it.
private struct FixedLiveCounts: LiveCounts {
    let window: LiveWindow

    func windows(for fingerprints: [Fingerprint]) async throws(StoreFailure) -> [LiveWindow] { [window] }
    func recentlyTouched(limit: Int) async throws(StoreFailure) -> [Fingerprint] { [] }
}
