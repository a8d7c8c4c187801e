import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

@Suite struct MySQLEventStoreTests {
    /// A value the column refuses although it passes the decoder: properties that are no JSON.
    private static let noJSON = EventSample.record(900_001, [.properties: "{nope"])

    private static func queued(_ records: [EventRecord]) -> [QueueRecord] {
        records.map { QueueRecord(payload: $0.encoded()) }
    }

    @Test func everythingOfAnEventIsStored() async throws {
        let fixture = try await MySQLFixture.migrated()
        let record = EventSample.record(
            7, site: "shöp", type: "purchase", at: 1_767_225_600_123,
            [
                .path: "/cart", .userID: "u1", .sessionID: "s1", .url: "https://shop.example/cart?a=1",
                .referrer: "https://search.example/", .eventID: "e-7", .properties: #"{"a":[1,{"b":"é"}]}"#,
            ],
            value: -12.25)
        try await fixture.put([record])
        let rows = try await fixture.execute(
            """
            SELECT received_on, event_key, site_id, event_type, occurred_at, received_at, event_id, path, user_id, session_id, url, \
            referrer, value, properties FROM events
            """
        ).rows
        let row = try #require(rows.first)
        #expect(row[0].dateTimeMilliseconds == Sample.newYear)
        #expect(row[1].byteArray == record.eventKey.bytes)
        #expect(row[4].dateTimeMilliseconds == 1_767_225_600_123)
        #expect(row[5].dateTimeMilliseconds == Sample.newYear + 5_000)
        let texts = [2, 3, 6, 7, 8, 9, 10, 11, 13].map { row[$0].string }
        #expect(
            texts == [
                "shöp", "purchase", "e-7", "/cart", "u1", "s1", "https://shop.example/cart?a=1",
                "https://search.example/", #"{"a":[1,{"b":"é"}]}"#,
            ])
        #expect(row[12] == .double(-12.25))
    }

    @Test func whatIsAbsentIsNull() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([EventSample.record(1)])
        let row = try await fixture.execute(
            "SELECT path, user_id, session_id, url, referrer, value, properties FROM events"
        ).rows.first
        #expect(row == Array(repeating: .null, count: 7))
    }

    /// The longest of everything passes: the columns are as wide as the limits of the edge.
    @Test func theLongestEventFits() async throws {
        let fixture = try await MySQLFixture.migrated()
        func long(_ count: Int) -> String { String(repeating: "💥", count: count) }
        let record = EventSample.record(
            1, site: long(EventLimits.siteIDCharacters), type: long(EventLimits.eventTypeCharacters),
            [
                .path: long(EventLimits.pathCharacters), .userID: long(EventLimits.personIDCharacters),
                .sessionID: long(EventLimits.personIDCharacters), .url: long(EventLimits.addressCharacters),
                .referrer: long(EventLimits.addressCharacters), .eventID: long(EventLimits.eventIDCharacters),
                .properties: "{\"c\":\"" + String(repeating: "c", count: EventLimits.propertiesBytes - 8) + "\"}",
            ])
        try await fixture.put([record, EventSample.record(2, [.path: long(EventLimits.pathCharacters)])])
        #expect(try await fixture.number("SELECT MAX(CHAR_LENGTH(site_id)) FROM events") == 64)
        #expect(try await fixture.number("SELECT MAX(CHAR_LENGTH(url)) FROM events") == 2_048)
        #expect(
            try await fixture.number("SELECT MAX(LENGTH(properties)) FROM events") == Int64(EventLimits.propertiesBytes)
        )
        #expect(try await fixture.number("SELECT CHAR_LENGTH(path) FROM event_path_names") == 1_024)
        #expect(try await fixture.number("SELECT MAX(LENGTH(site_id)) FROM event_stats") == 256)
    }

    // MARK: - Once

    @Test func aBatchThatIsOfferedAgainAddsNothing() async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 1)
        let records = EventSample.random(0..<700, &random)
        try await fixture.put(records)
        let before = try await EventFold(storedIn: fixture)
        #expect(try await EventFold(of: fixture) == before)
        try await fixture.put(records)
        try await fixture.put(records.reversed())
        #expect(try await fixture.count(of: "events") == 700)
        #expect(try await EventFold(storedIn: fixture) == before)
    }

    @Test func ofOverlappingBatchesOnlyTheNewEventsAreCounted() async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 2)
        let records = EventSample.random(0..<600, &random)
        for range in [0..<300, 100..<450, 449..<600, 0..<600] { try await fixture.put(Array(records[range])) }
        #expect(try await fixture.count(of: "events") == 600)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    @Test func aKeyThatComesTwiceInABatchIsStoredOnce() async throws {
        let fixture = try await MySQLFixture.migrated()
        let one = EventSample.record(1, [.path: "/a", .userID: "u"])
        let other = EventSample.record(1, at: Sample.newYear + 1_000, [.path: "/a", .userID: "u"])
        try await fixture.put([one, EventSample.record(2), other, one])
        #expect(try await fixture.count(of: "events") == 2)
        // Also over the parts of a bisected batch, in one transaction.
        let first = Self.queued([EventSample.record(3, [.path: "/a"])])
        try await fixture.events.transaction { transaction throws(WorkFailure) in
            try transaction.store(first[...])
            try transaction.store(first[...])
        }
        #expect(try await fixture.count(of: "events") == 3)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    /// The same event received on two days is two rows: the day travels in the job, so a redelivered one keeps it.
    @Test func theDayOfReceiptIsPartOfTheKey() async throws {
        let fixture = try await MySQLFixture.migrated()
        let records = [
            EventSample.record(1), EventSample.record(1, received: Sample.newYear + 86_400_000), EventSample.record(1),
        ]
        try await fixture.put(records)
        try await fixture.put(records)
        #expect(try await fixture.count(of: "events") == 2)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    enum Workers: CaseIterable {
        case ofOneProcess, ofProcessesOfTheirOwn, onAServerWithoutReturning
    }

    /// Workers whose batches have many events and nearly all users and paths in common, at the same time.
    @Test(arguments: [3, 4, 5] as [UInt64], Workers.allCases)
    func workersAtTheSameTimeCountEachEventOnce(seed: UInt64, workers: Workers) async throws {
        let fixture = try await MySQLFixture.migrated(size: 8)
        var random = SeededRandom(seed: seed)
        let records = EventSample.random(0..<1_500, &random)
        var batches: [[EventRecord]] = []
        for start in stride(from: 0, to: 1_500, by: 100) {
            batches.append(Array(records[start..<min(1_500, start + 250)]))
        }
        let shuffled = batches.shuffled(using: &random)
        let shared = fixture.events
        await withTaskGroup { group in
            for worker in 0..<4 {
                group.addTask {
                    let store =
                        switch workers {
                        case .ofOneProcess: shared
                        case .ofProcessesOfTheirOwn: fixture.events
                        case .onAServerWithoutReturning: fixture.eventsWithoutReturning
                        }
                    for batch in worker < 2 ? shuffled : shuffled.reversed() {
                        // A deadlock is infrastructure, and tried again by the worker.
                        while true {
                            do throws(WorkFailure) {
                                try await fixture.put(batch, in: store)
                                break
                            } catch {
                                #expect(error.class == .infrastructure && !error.unknownCode, "\(error)")
                            }
                        }
                    }
                }
            }
        }
        #expect(try await fixture.count(of: "events") == 1_500)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    /// Batches of all sizes, with repeats of earlier events: the counts are always a fold of the rows.
    @Test(arguments: [11, 12] as [UInt64], [true, false])
    func theCountsAreAFoldOfTheStoredRows(seed: UInt64, isReturning: Bool) async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: seed)
        let store = isReturning ? fixture.events : fixture.eventsWithoutReturning
        var all: [EventRecord] = []
        for _ in 0..<25 {
            let size = Int.random(in: 1...160, using: &random)
            let new = EventSample.random(all.count..<all.count + size, &random)
            let again = all.shuffled(using: &random).prefix(Int.random(in: 0...40, using: &random))
            all += new
            try await fixture.put((new + again).shuffled(using: &random), in: store)
        }
        #expect(try await fixture.count(of: "events") == Int64(all.count))
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    // MARK: - Refused

    @Test func anEventTheStoreRefusesLeavesTheTransactionAsItWas() async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 3)
        // 300 known rows: their warnings must not hide the one of the bad event.
        let known = EventSample.random(0..<300, &random)
        try await fixture.put(known)
        let batch = Self.queued(known + [Self.noJSON] + EventSample.random(300..<310, &random))
        let good = Self.queued([EventSample.record(400, [.path: "/good", .userID: "good"])])
        let failure = try await fixture.events.transaction { transaction throws(WorkFailure) -> WorkFailure? in
            try transaction.store(good[...])
            do throws(WorkFailure) {
                try transaction.store(batch[...])
                return nil
            } catch {
                return error
            }
        }
        #expect(failure?.class == .data)
        #expect(try await fixture.count(of: "events") == 301)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
    }

    @Test func aPoisonEventAmong500IsBuriedAlone() async throws {
        let fixture = try await MySQLFixture.migrated()
        var random = SeededRandom(seed: 4)
        var records = Self.queued(EventSample.random(0..<500, &random))
        records.insert(contentsOf: Self.queued([Self.noJSON]), at: 123)
        records.insert(QueueRecord(payload: [1, 2, 3]), at: 321)
        let result = try await fixture.work(records)
        #expect(result.storedCount == 500)
        #expect(result.buriedCount == 2)
        #expect(try await fixture.count(of: "events") == 500)
        #expect(try await EventFold(storedIn: fixture) == EventFold(of: fixture))
        let letters = try await fixture.execute(
            "SELECT queue, letter_key, reason, payload FROM dead_letters ORDER BY LENGTH(payload) DESC"
        ).rows
        #expect(letters.count == 2)
        #expect(letters[0][0].string == "events")
        #expect(letters[0][1].byteArray == Self.noJSON.eventKey.bytes)
        #expect(letters[0][2].string == DeadLetter.Reason.refused)
        #expect(letters[0][3].byteArray == Self.noJSON.encoded())
        #expect(letters[1][3].byteArray == [1, 2, 3])
    }

    @Test func aReplayedLetterIsMarkedInTheTransactionThatStoresIt() async throws {
        let fixture = try await MySQLFixture.migrated()
        _ = try await fixture.work(Self.queued([Self.noJSON]))
        let mended = EventSample.record(900_001, [.properties: "{}"])
        _ = try await fixture.work(Self.queued([mended]), replayKey: Self.noJSON.eventKey.bytes)
        #expect(try await fixture.count(of: "events") == 1)
        let states = try await fixture.execute("SELECT state FROM dead_letters").rows.map { $0[0].string }
        #expect(states == ["replayed"])
    }

    @Test func aRecordOfANewerVersionIsNeverBuried() async throws {
        let fixture = try await MySQLFixture.migrated()
        var bytes = EventSample.record(1).encoded()
        bytes[0] = 2
        let newer = [QueueRecord(payload: bytes)]
        await #expect(throws: WorkFailure.self) {
            do throws(WorkFailure) {
                _ = try await fixture.work(newer)
            } catch {
                #expect(error.class == .newerFormat)
                throw error
            }
        }
        #expect(try await fixture.count(of: "dead_letters") == 0)
    }
}
