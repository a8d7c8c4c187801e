import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import Synchronization
import TestServers
import Testing

/// Dead letters as those who look after them see them: lists, replays and discarding, beside the workers that bury.
@Suite struct MySQLDeadLetterTests {
    private static func archive(_ fixture: MySQLFixture) -> MySQLDeadLetterArchive {
        fixture.deadLetters
    }

    private static func id(_ key: String, _ queue: String = "errors") -> DeadLetterID {
        DeadLetterID(queue: queue, key: Array(key.utf8))
    }

    /// `number` seconds after new year.
    private static func put(
        _ fixture: MySQLFixture, _ id: DeadLetterID, at number: Int, state: DeadLetterState = .dead,
        reason: String = DeadLetter.Reason.refused, payload: [UInt8] = [1, 2, 3]
    ) async throws {
        let time = MySQLValue.dateTime(milliseconds: Sample.newYear + Int64(number) * 1_000)
        try await fixture.execute(
            """
            INSERT INTO dead_letters (queue, letter_key, state, attempts, first_failed_at, last_failed_at, reason, code, \
            detail, payload) VALUES (?, ?, ?, 1, ?, ?, ?, 1406, 'Data too long', ?)
            """,
            [
                .string(id.queue), .bytes(id.key), .string(state.rawValue), time, time, .string(reason),
                .bytes(payload),
            ])
    }

    private static func keys(_ page: DeadLetterPage) -> [String] {
        page.letters.map { String(decoding: $0.id.key, as: UTF8.self) }
    }

    // MARK: - Reading

    @Test func aLetterIsReadBackAsItWasBuried() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        let record = Sample.record(7)
        let letter = DeadLetter(
            queue: ErrorQueue.name, record: QueueRecord(payload: record.encoded()), reason: DeadLetter.Reason.refused,
            detail: "Data too long for column 'type'", code: 1_406, attempts: 1)
        for _ in 0..<2 {
            try await fixture.store.transaction { transaction throws(WorkFailure) in try transaction.bury([letter]) }
        }
        let page = try await archive.page(DeadLetterQuery())
        #expect(page.nextCursor == nil)
        let listed = try #require(page.letters.first)
        #expect(listed.id == DeadLetterID(queue: "errors", key: record.fingerprint.bytes))
        #expect(listed.state == .dead)
        #expect(listed.attempts == 2)
        #expect(listed.code == 1_406)
        #expect(listed.detail == "Data too long for column 'type'")
        #expect(listed.payloadByteCount == record.encoded().count)
        #expect(listed.payload == nil)
        let found = try #require(try await archive.find(listed.id))
        #expect(found.payload == record.encoded())
        #expect(try await archive.find(Self.id("nobody")) == nil)
        #expect(try await archive.find(Self.id("a", "é")) == nil)
    }

    @Test func pagesAreInOrderAndMeetEachLetterOnce() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        // Three of one moment, of two queues; the order within it is by queue and key.
        for (index, key) in ["a", "b", "c"].enumerated() { try await Self.put(fixture, Self.id(key), at: index) }
        for key in ["x", "y"] { try await Self.put(fixture, Self.id(key, "events"), at: 5) }
        try await Self.put(fixture, Self.id("z", "errors"), at: 5)
        let all = ["y", "x", "z", "c", "b", "a"]
        #expect(Self.keys(try await archive.page(DeadLetterQuery())) == all)
        for limit in 1...6 {
            var query = DeadLetterQuery(limit: limit)
            var met: [String] = []
            repeat {
                let page = try await archive.page(query)
                #expect(page.letters.count <= limit)
                met += Self.keys(page)
                query.cursor = page.nextCursor
            } while query.cursor != nil && met.count < 10
            #expect(met == all)
        }
    }

    @Test func filters() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        try await Self.put(fixture, Self.id("a"), at: 1)
        try await Self.put(fixture, Self.id("b"), at: 2, state: .replaying)
        try await Self.put(fixture, Self.id("c"), at: 3, state: .replayed, reason: DeadLetter.Reason.crashed)
        try await Self.put(fixture, Self.id("d", "events"), at: 4, reason: DeadLetter.Reason.crashed)
        func listed(_ filter: DeadLetterFilter) async throws -> String {
            Self.keys(try await archive.page(DeadLetterQuery(filter: filter))).joined()
        }
        let second = { (number: Int64) in Sample.newYear + number * 1_000 }
        #expect(try await listed(DeadLetterFilter()) == "dcba")
        #expect(try await listed(DeadLetterFilter(queue: "errors")) == "cba")
        #expect(try await listed(DeadLetterFilter(queue: "é")) == "")
        #expect(try await listed(DeadLetterFilter(reason: DeadLetter.Reason.crashed)) == "dc")
        #expect(try await listed(DeadLetterFilter(reason: "é 💥")) == "")
        #expect(try await listed(DeadLetterFilter(state: .dead)) == "da")
        #expect(try await listed(DeadLetterFilter(sinceMilliseconds: second(2), untilMilliseconds: second(4))) == "cb")
        #expect(try await listed(DeadLetterFilter(sinceMilliseconds: .min, untilMilliseconds: .max)) == "dcba")
        #expect(
            try await listed(
                DeadLetterFilter(
                    queue: "errors", reason: DeadLetter.Reason.refused, state: .dead, sinceMilliseconds: second(1),
                    untilMilliseconds: second(2))) == "a")
    }

    // MARK: - Discarding

    @Test func namedLettersAreDiscardedInWhateverState() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        try await Self.put(fixture, Self.id("a"), at: 1)
        try await Self.put(fixture, Self.id("b"), at: 2, state: .replayed)
        try await Self.put(fixture, Self.id("a", "events"), at: 3)
        let outcome = try await archive.discard(
            .letters([Self.id("b"), Self.id("a"), Self.id("nobody"), Self.id("é", "é")]))
        #expect(outcome == DiscardOutcome(discarded: 2, hasMore: false))
        #expect(Self.keys(try await archive.page(DeadLetterQuery())) == ["a"])
    }

    @Test func aFilterDiscardsAThousandAtATimeAndOnlyDeadOnes() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        try await fixture.execute(
            """
            INSERT INTO dead_letters (queue, letter_key, state, attempts, first_failed_at, last_failed_at, reason, code, \
            detail, payload) SELECT IF(seq % 2 = 0, 'errors', 'events'), seq, IF(seq <= 10, 'replaying', 'dead'), 1, \
            '2026-01-01', '2026-01-01', 'r', 0, '', '' FROM seq_1_to_2510
            """)
        #expect(
            try await archive.discard(.matching(DeadLetterFilter())) == DiscardOutcome(discarded: 1_000, hasMore: true))
        #expect(
            try await archive.discard(.matching(DeadLetterFilter())) == DiscardOutcome(discarded: 1_000, hasMore: true))
        #expect(
            try await archive.discard(.matching(DeadLetterFilter())) == DiscardOutcome(discarded: 500, hasMore: false))
        #expect(
            try await archive.page(DeadLetterQuery()).letters.map(\.state) == Array(repeating: .replaying, count: 10))
        let stuck = DeadLetterFilter(queue: "errors", state: .replaying)
        #expect(try await archive.discard(.matching(stuck)).discarded == 5)
    }

    // MARK: - Replaying

    @Test func beginReplayMarksAndReturnsThePayloads() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        try await Self.put(fixture, Self.id("a"), at: 1, payload: [7])
        try await Self.put(fixture, Self.id("b"), at: 2, state: .replaying, payload: [8])
        try await Self.put(fixture, Self.id("c"), at: 3, state: .replayed)
        let named = try await archive.beginReplay(.letters(["c", "b", "nobody", "a"].map { Self.id($0) }))
        #expect(named.letters.map(\.id) == [Self.id("b"), Self.id("a")])
        #expect(named.letters.map(\.record.payload) == [[8], [7]])
        #expect(named.notFound == 1)
        #expect(named.alreadyReplayed == 1)
        #expect(!named.hasMore)
        let ids = ["a", "b", "c", "nobody"].map { Self.id($0) }
        #expect(
            try await archive.states(of: ids) == [
                Self.id("a"): .replaying, Self.id("b"): .replaying, Self.id("c"): .replayed,
            ])
        #expect(try await archive.beginReplay(.matching(DeadLetterFilter())).letters.isEmpty, "none is dead")
        try await archive.cancelReplay([Self.id("a"), Self.id("c")])
        #expect(try await archive.states(of: ids)[Self.id("a")] == .dead)
        #expect(try await archive.states(of: ids)[Self.id("c")] == .replayed)
        #expect(try await archive.beginReplay(.matching(DeadLetterFilter())).letters.map(\.id) == [Self.id("a")])
    }

    @Test func whatOneCallTakesIsBoundedInBytes() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        let big = [UInt8](repeating: 0xFF, count: 7 * 1_024 * 1_024)
        for number in 1...3 { try await Self.put(fixture, Self.id("big \(number)"), at: number, payload: big) }
        let first = try await archive.beginReplay(.matching(DeadLetterFilter()))
        #expect(first.letters.map(\.id) == [Self.id("big 3"), Self.id("big 2")])
        #expect(first.hasMore)
        let rest = try await archive.beginReplay(.matching(DeadLetterFilter(), after: first.letters.last?.cursor))
        #expect(rest.letters.map(\.id) == [Self.id("big 1")])
        #expect(!rest.hasMore)
    }

    @Test func aPoisonRecordIsBuriedAloneAndStoredOnceAfterTheMend() async throws {
        let fixture = try await MySQLFixture.migrated()
        let archive = Self.archive(fixture)
        // The store refuses one of 500 for as long as the rule is there.
        try await fixture.execute("ALTER TABLE error_details ADD CONSTRAINT poison CHECK (message <> 'message 77')")
        let queue = InMemoryQueue()
        let worker = QueueWorker(
            queue: ErrorQueue.name, driver: queue.driver(consumer: "worker"), store: fixture.store,
            logger: MySQLFixture.logger)
        let running = Task { await worker.run() }
        let jobs = (0..<500).map { NewJob(records: [QueueRecord(payload: Sample.record($0).encoded())]) }
        let driver = queue.driver(consumer: "producer")
        try await driver.append(jobs)
        try await eventually(within: .seconds(60), description: "an empty queue") {
            try await driver.depth().records == 0
        }
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 499)
        let id = DeadLetterID(queue: ErrorQueue.name, key: Sample.fingerprint(77).bytes)
        #expect(try await archive.page(DeadLetterQuery()).letters.map(\.id) == [id])

        let replayer = DeadLetterReplayer(archive: archive, queues: ReplayQueues([ErrorQueue.name: [driver]]))
        let refused = try await replayer.replay(.matching(DeadLetterFilter()), watch: .seconds(60))
        #expect(refused.refusedAgain == 1)
        #expect(try await archive.find(id)?.state == .dead)
        #expect(try await archive.find(id)?.attempts == 2)

        try await fixture.execute("ALTER TABLE error_details DROP CONSTRAINT poison")
        let stored = try await replayer.replay(.matching(DeadLetterFilter()), watch: .seconds(60))
        #expect(stored.stored == 1)
        #expect(stored.isComplete)
        #expect(try await archive.find(id)?.state == .replayed)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 500)
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details WHERE message = 'message 77'") == 1)
        #expect(try await replayer.replay(.letters([id]), watch: .seconds(60)).alreadyReplayed == 1)
        worker.beginShutdown()
        await running.value
    }

    // MARK: - Plans

    private static let numbers = Atomic<Int>(0)

    private func explain(_ fixture: MySQLFixture, _ sql: String, _ values: [MySQLValue]) async throws -> [String] {
        // Prepared anew each time: MariaDB leaves "Using index" out of an EXPLAIN that it had to prepare again.
        let number = Self.numbers.add(1, ordering: .relaxed).newValue
        let outcome = try await fixture.execute("EXPLAIN \(sql) # \(number)", values)
        return ["type", "key", "Extra"].map { name in
            outcome.columns.firstIndex(of: name).flatMap { outcome.rows.first?[$0].string } ?? ""
        }
    }

    @Test func everyListWalksOneIndexAndSortsNothing() async throws {
        let fixture = try await Self.filled()
        let middle = Sample.newYear + 2_500_000
        let filters = [
            DeadLetterFilter(), DeadLetterFilter(queue: "errors"), DeadLetterFilter(reason: "undecodable"),
            DeadLetterFilter(state: .dead), DeadLetterFilter(sinceMilliseconds: middle),
            DeadLetterFilter(untilMilliseconds: middle),
            DeadLetterFilter(queue: "events", reason: "nothing", state: .replaying, sinceMilliseconds: 0),
        ]
        let cursor = DeadLetterCursor(lastFailedMilliseconds: middle, id: Self.id("x"))
        for filter in filters {
            for cursor in [nil, cursor] {
                let statement = DeadLetterStatements.keys(filter, after: cursor, limit: 51)
                let plan = try await explain(fixture, statement.sql, statement.values)
                let isRange = cursor != nil || filter.sinceMilliseconds != nil || filter.untilMilliseconds != nil
                #expect(plan[0] == (isRange ? "range" : "index"), "\(filter)")
                #expect(plan[1] == "dead_letters_listed", "\(filter)")
                #expect(plan[2].contains("Using index"), "\(filter)")
                #expect(!plan[2].contains("filesort"), "\(filter)")
            }
        }
    }

    @Test(arguments: ["rows", "states", "payloads", "lock", "beginReplay", "cancelReplay", "delete"])
    func lettersByNameAreFoundByThePrimaryKey(name: String) async throws {
        let fixture = try await Self.filled()
        for count in MultiRowSQL.sizes {
            let sql = try #require(DeadLetterStatements.textByKeys(name, rows: count))
            let values = (0..<count).flatMap { [MySQLValue.string("errors"), .bytes(Array("\($0 * 2 + 2)".utf8))] }
            let plan = try await explain(fixture, sql, values)
            #expect(["range", "const"].contains(plan[0]), "\(count)")
            #expect(plan[1] == "PRIMARY", "\(count)")
        }
    }

    private static func filled() async throws -> MySQLFixture {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute(
            """
            INSERT INTO dead_letters (queue, letter_key, state, attempts, first_failed_at, last_failed_at, reason, code, \
            detail, payload) SELECT IF(seq % 2 = 0, 'errors', 'events'), seq, IF(seq % 3 = 0, 'replayed', 'dead'), 1, \
            '2026-01-01' + INTERVAL seq SECOND, '2026-01-01' + INTERVAL seq SECOND, \
            IF(seq % 100 = 0, 'undecodable', 'refused by the store'), 0, '', REPEAT('x', 500) FROM seq_1_to_5000
            """)
        try await fixture.execute("ANALYZE TABLE dead_letters")
        return fixture
    }
}
