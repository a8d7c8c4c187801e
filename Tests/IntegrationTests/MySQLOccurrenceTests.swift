import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

/// Samples of occurrences: one for every record, none twice, and never more of an error than the rule keeps.
@Suite struct MySQLOccurrenceTests {
    /// The report of an error in one window.
    private static func record(_ number: Int, window: Int, _ texts: [ErrorField: String] = [:]) -> ErrorRecord {
        var texts = texts
        texts[.eventId] = "event-\(number)-\(window)"
        return Sample.record(number, at: Sample.newYear + Int64(window) * 30_000, texts)
    }

    private static func put(
        _ records: [ErrorRecord], in fixture: MySQLFixture, keeping inBetween: Int = OccurrenceThinning.defaultInBetween
    ) async throws(WorkFailure) {
        let store = MySQLErrorStore(pool: fixture.pool, thinning: OccurrenceThinning(inBetween: inBetween))
        let queued = records.map { QueueRecord(payload: $0.encoded()) }
        try await store.transaction { transaction throws(WorkFailure) in try transaction.store(queued[...]) }
    }

    private static func page(
        _ fixture: MySQLFixture, _ number: Int, limit: Int = 100, after cursor: TimeOrderedKey? = nil
    ) async throws -> OccurrencePage {
        let reader = MySQLOccurrenceReader(pool: fixture.pool)
        return try #require(
            try await reader.occurrences(of: Sample.fingerprint(number), limit: limit, after: cursor))
    }

    /// The windows of the kept samples, oldest first.
    private static func windows(_ fixture: MySQLFixture, _ number: Int) async throws -> [Int] {
        try await page(fixture, number).occurrences.reversed()
            .map { Int(($0.occurredMilliseconds - Sample.newYear) / 30_000) }
    }

    @Test func everythingOfAnOccurrenceIsKept() async throws {
        let fixture = try await MySQLFixture.migrated()
        let full = Self.record(
            1, window: 0,
            [
                .message: "añ💥\u{0}", .stackTrace: String(repeating: "frame\n", count: 40_000), .type: "TypeError",
                .level: "error", .service: "checkout", .environment: "production", .release: "1.2.3",
                .context: #"{"a":[1,{"b":"é"}]}"#,
            ])
        try await fixture.put([full, Self.record(1, window: 1)])
        let found = try await Self.page(fixture, 1).occurrences
        #expect(found.count == 2)
        let (latest, first) = (found[0], found[1])
        #expect(first.eventID == "event-1-0")
        #expect(first.occurredMilliseconds == Sample.newYear)
        #expect(first.receivedMilliseconds == Sample.newYear + 5)
        #expect(first.key.milliseconds == Sample.newYear)
        #expect(first.type == "TypeError")
        #expect(first.message == "añ💥\u{0}")
        #expect(first.stackTrace?.utf8.count == 240_000)
        #expect(first.level == "error")
        #expect(first.service == "checkout")
        #expect(first.environment == "production")
        #expect(first.release == "1.2.3")
        #expect(first.contextJSON == #"{"a":[1,{"b":"é"}]}"#)
        #expect(latest.eventID == "event-1-1")
        #expect(latest.type == nil && latest.stackTrace == nil && latest.contextJSON == nil)
    }

    /// Two windows' reports of one error may meet in one batch: each is a sample, the first makes the details.
    @Test func everyRecordOfABatchIsASample() async throws {
        let fixture = try await MySQLFixture.migrated()
        let records = (0..<3).flatMap { window in (0..<201).map { Self.record($0, window: window) } }
        try await fixture.put(records)
        #expect(try await fixture.number("SELECT COUNT(*) FROM occurrences") == 603)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 201)
        let first = try await fixture.number("SELECT COUNT(*) FROM error_details WHERE event_id LIKE 'event-%-0'")
        #expect(first == 201)
    }

    @Test func redeliveryAddsNoRow() async throws {
        let fixture = try await MySQLFixture.migrated()
        let records = (0..<130).map { Self.record($0, window: 0) }
        for _ in 0..<3 { try await fixture.put(records.shuffled()) }
        // The same record twice in one batch.
        try await fixture.put(records + records)
        #expect(try await fixture.number("SELECT COUNT(*) FROM occurrences") == 130)
        // A job whose samples have been thinned out since comes again: the bound holds.
        for window in 1..<60 { try await Self.put([Self.record(1, window: window)], in: fixture, keeping: 5) }
        for window in 0..<60 { try await Self.put([Self.record(1, window: window)], in: fixture, keeping: 5) }
        let kept = try await Self.windows(fixture, 1)
        #expect(kept.count == 7)
        #expect(kept.first == 0 && kept.last == 59)
    }

    @Test(arguments: [0, 1, 5, 20, 1_000])
    func neverMoreThanTheRuleKeeps(inBetween: Int) async throws {
        let fixture = try await MySQLFixture.migrated()
        for window in 0..<60 {
            try await Self.put([Self.record(1, window: window)], in: fixture, keeping: inBetween)
            let kept = try await Self.windows(fixture, 1)
            #expect(kept.count == min(window + 1, inBetween + 2))
            #expect(kept.first == 0 && kept.last == window)
        }
        let kept = try await Self.windows(fixture, 1)
        let gaps = zip(kept, kept.dropFirst()).map { $1 - $0 }
        #expect(gaps.allSatisfy { $0 <= max(3, 60 * 2 / (inBetween + 1) + 1) }, "\(kept)")
    }

    /// The pure rule and the store agree, whatever order the samples come in.
    @Test func theStoreKeepsWhatTheRuleSays() async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 5)
        let thinning = OccurrenceThinning(inBetween: 7)
        var expected: [Int] = []
        for _ in 0..<40 {
            let window = Int.random(in: 0..<500, using: &random)
            if !expected.contains(window) { expected.append(window) }
            expected.sort()
            let keys = try expected.map { try #require(Self.key(window: $0)) }
            let gone = Set(thinning.surplus(of: keys).map { Int($0.milliseconds) })
            expected.removeAll { gone.contains($0) }
            try await Self.put([Self.record(1, window: window)], in: fixture, keeping: 7)
            #expect(try await Self.windows(fixture, 1) == expected)
        }
    }

    private static func key(window: Int) -> TimeOrderedKey? {
        Digest16(bytes: [UInt8](repeating: 0, count: 16)).map {
            TimeOrderedKey(atMilliseconds: Int64(window), digest: $0)
        }
    }

    @Test func aSmallerLimitIsReachedStepByStep() async throws {
        let fixture = try await MySQLFixture.migrated()
        for window in 0..<30 {
            try await Self.put((0..<300).map { Self.record($0, window: window) }, in: fixture, keeping: 1_000)
        }
        #expect(try await fixture.number("SELECT COUNT(*) FROM occurrences") == 9_000)
        try await Self.put((0..<300).map { Self.record($0, window: 30) }, in: fixture, keeping: 3)
        #expect(try await fixture.number("SELECT COUNT(*) FROM occurrences") == 1_500)
        #expect(try await Self.windows(fixture, 299).last == 30)
    }

    @Test func aBadSampleOfAKnownErrorIsBuriedAlone() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Self.record(1, window: 0)])
        let bad = Self.record(1, window: 1, [.release: String(repeating: "r", count: 256)])
        let good = (2..<20).map { Self.record(1, window: $0) }
        let job = Job(
            id: JobID("1-0"), version: JobFormat.version,
            records: ([Self.record(1, window: 30)] + good + [bad]).map { QueueRecord(payload: $0.encoded()) },
            byteCount: 0, deaths: 0, enqueuedAtMilliseconds: 0, replayKey: nil)
        let work = BatchWork(queue: "errors", batch: Batch(jobs: [job]), breaker: BuryBreaker()) { false }
        let result = try await fixture.store.transaction { transaction throws(WorkFailure) in
            try work.perform(in: &transaction)
        }
        #expect(result.storedCount == 19)
        #expect(result.buriedCount == 1)
        #expect(try await Self.windows(fixture, 1) == [0] + Array(2..<20) + [30])
        // Mended and sent again under its letter's key, it is a sample like any other.
        let mended = Self.record(1, window: 1)
        let replay = Job(
            id: JobID("2-0"), version: JobFormat.version, records: [QueueRecord(payload: mended.encoded())],
            byteCount: 0, deaths: 0, enqueuedAtMilliseconds: 0, replayKey: mended.fingerprint.bytes)
        let again = BatchWork(queue: "errors", batch: Batch(jobs: [replay]), breaker: BuryBreaker()) { false }
        _ = try await fixture.store.transaction { transaction throws(WorkFailure) in
            try again.perform(in: &transaction)
        }
        #expect(try await Self.windows(fixture, 1) == Array(0..<20) + [30])
        #expect(try await fixture.number("SELECT COUNT(*) FROM dead_letters WHERE state = 'replayed'") == 1)
    }

    /// Two workers with samples of the same errors: no deadlock, and at every commit exactly what the rule keeps.
    @Test func twoWorkersTrimTheSameErrors() async throws {
        // Time for a lock to come free on a busy machine; a deadlock is found at once.
        let fixture = try await MySQLFixture.migrated(size: 8, readTimeout: .seconds(240))
        let rounds = 40
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for round in 0..<rounds {
                        let window = round * 4 + worker
                        let records = (0..<20).shuffled().map { Self.record($0, window: window) }
                        try await Self.put(records, in: fixture, keeping: 5)
                    }
                }
            }
            group.addTask {
                var fullest: Int64 = 0
                while fullest < 7 {
                    let sql = "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM occurrences GROUP BY fingerprint) AS t"
                    fullest = try await fixture.number(sql) ?? 0
                }
                #expect(fullest == 7)
            }
            try await group.waitForAll()
        }
        for number in 0..<20 {
            let kept = try await Self.windows(fixture, number)
            #expect(kept.count == 7)
            #expect(kept.first == 0 && kept.last == rounds * 4 - 1)
        }
    }

    // MARK: - Plans

    private static func plan(
        _ fixture: MySQLFixture, _ sql: String, _ values: [MySQLValue]
    ) async throws -> [String: String] {
        let outcome = try await fixture.execute("EXPLAIN " + sql, values)
        let row = try #require(outcome.rows.first)
        #expect(outcome.rows.count == 1, "\(outcome.rows)")
        let texts = row.map { $0.string ?? $0.int64.map(String.init) ?? "" }
        return Dictionary(uniqueKeysWithValues: zip(outcome.columns, texts))
    }

    /// Trimming reads and deletes by the primary key, in a small table and in a larger one, for every size of statement.
    @Test(arguments: [30, 2_000])
    func trimmingUsesThePrimaryKey(errors: Int) async throws {
        let fixture = try await MySQLFixture.migrated()
        for window in 0..<3 {
            for start in stride(from: 0, to: errors, by: 500) {
                let numbers = start..<min(start + 500, errors)
                try await Self.put(numbers.map { Self.record($0, window: window) }, in: fixture)
            }
        }
        try await fixture.execute("ANALYZE TABLE occurrences")
        for rows in MultiRowSQL.sizes {
            let fingerprints = (0..<rows).map { MySQLValue.bytes(Sample.fingerprint($0 % errors).bytes) }
            let keys = try await fixture.execute(
                "SELECT fingerprint, occurrence_id FROM occurrences ORDER BY 1, 2 LIMIT \(rows)"
            ).rows
            let select = try await Self.plan(
                fixture, OccurrenceStatements.crowded(rows: rows), fingerprints + [.int(22)])
            #expect(select["key"] == "PRIMARY", "\(rows) of \(errors): \(select)")
            #expect(["range", "ref"].contains(select["type"]), "\(rows) of \(errors): \(select)")
            #expect(select["Extra"]?.contains("temporary") == false && select["Extra"]?.contains("filesort") == false)
            guard keys.count == rows else { continue }
            let delete = try await Self.plan(fixture, OccurrenceStatements.delete(rows: rows), Array(keys.joined()))
            #expect(delete["key"] == "PRIMARY", "\(rows) of \(errors): \(delete)")
            #expect(["range", "const"].contains(delete["type"]), "\(rows) of \(errors): \(delete)")
            #expect(delete["key_len"] == "48", "\(rows) of \(errors): \(delete)")
        }
    }

    // MARK: - Reading

    @Test(arguments: [1, 3, 7, 22, 100])
    func pagesShowEverySampleOnceNewestFirst(limit: Int) async throws {
        let fixture = try await MySQLFixture.migrated()
        try await Self.put((0..<22).map { Self.record(1, window: $0) } + [Self.record(2, window: 3)], in: fixture)
        var seen: [String] = []
        var cursor: TimeOrderedKey?
        repeat {
            let page = try await Self.page(fixture, 1, limit: limit, after: cursor)
            #expect(page.occurrences.count <= limit)
            seen += page.occurrences.map(\.eventID)
            cursor = page.nextCursor
        } while cursor != nil && seen.count < 100
        #expect(seen == (0..<22).reversed().map { "event-1-\($0)" })
    }

    @Test func aPageEndsEarlyWhenItsTextsAreLarge() async throws {
        let fixture = try await MySQLFixture.migrated()
        let stack = String(repeating: "s", count: ErrorLimits.stackTraceBytes)
        for window in 0..<20 { try await Self.put([Self.record(1, window: window, [.stackTrace: stack])], in: fixture) }
        let first = try await Self.page(fixture, 1)
        #expect(first.occurrences.count == OccurrencePage.maxTextBytes / ErrorLimits.stackTraceBytes - 1)
        let cursor = try #require(first.nextCursor)
        let second = try await Self.page(fixture, 1, after: cursor)
        #expect(first.occurrences.count + second.occurrences.count == 20)
        #expect(second.nextCursor == nil)
    }

    @Test func anUnknownErrorIsNilAndOneWithoutSamplesEmpty() async throws {
        let fixture = try await MySQLFixture.migrated()
        let reader = MySQLOccurrenceReader(pool: fixture.pool)
        #expect(try await reader.occurrences(of: Sample.fingerprint(1), limit: 20, after: nil) == nil)
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: [Sample.count(1, 3)])
        let page = try await Self.page(fixture, 1)
        #expect(page.occurrences.isEmpty && page.nextCursor == nil)
        #expect(String(decoding: page.json, as: UTF8.self) == #"{"occurrences":[],"nextCursor":null}"#)
    }
}
