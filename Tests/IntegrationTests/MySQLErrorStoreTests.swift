import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import TestServers
import Testing

@Suite struct MySQLErrorStoreTests {
    /// One `type` that is one character too long for its column: INSERT IGNORE would cut it with a warning.
    private static let tooLong = Sample.record(666, [.type: String(repeating: "x", count: 256)])
    /// A context that is no JSON: refused by the column's check.
    private static let noJSON = Sample.record(667, [.context: "{nope"])

    private static func queued(_ records: [ErrorRecord]) -> [QueueRecord] {
        records.map { QueueRecord(payload: $0.encoded()) }
    }

    @Test func everythingOfARecordIsStored() async throws {
        let fixture = try await MySQLFixture.migrated()
        let record = Sample.record(
            1,
            [
                .message: "añ💥\u{0}", .stackTrace: String(repeating: "frame\n", count: 40_000), .type: "TypeError",
                .level: "error", .service: "checkout", .environment: "production", .release: "1.2.3", .project: "shop",
                .context: #"{"a":[1,{"b":"é"}]}"#,
            ]
        )
        try await fixture.put([record])
        let stored = try await fixture.reader.detail(of: record.fingerprint, ledger: []).detail
        let detail = try #require(stored)
        #expect(detail.error.fingerprint == record.fingerprint)
        #expect(detail.error.count == 0)
        #expect(detail.error.firstSeenMilliseconds == Sample.newYear)
        #expect(detail.error.lastSeenMilliseconds == Sample.newYear)
        #expect(detail.error.status == .unresolved)
        #expect(detail.error.project == "shop")
        #expect(detail.error.type == "TypeError")
        #expect(detail.error.message == "añ💥\u{0}")
        #expect(detail.error.level == "error")
        #expect(detail.error.service == "checkout")
        #expect(detail.error.environment == "production")
        #expect(detail.error.release == "1.2.3")
        #expect(detail.stackTrace?.utf8.count == 240_000)
        #expect(detail.contextJSON == #"{"a":[1,{"b":"é"}]}"#)
        #expect(detail.groupingVersion == 1)
        #expect(detail.groupingPartsJSON == #"[{"name":"message","value":"message <n>"}]"#)
    }

    /// The longest of everything passes: the columns are as wide as the limits of the edge.
    @Test func theLongestRecordFits() async throws {
        let fixture = try await MySQLFixture.migrated()
        let long = String(repeating: "💥", count: ErrorLimits.shortTextCharacters)
        var texts: [ErrorField: String] = [
            .message: String(repeating: "m", count: ErrorLimits.messageBytes),
            .stackTrace: String(repeating: "s", count: ErrorLimits.stackTraceBytes),
            .eventId: String(repeating: "e", count: ErrorLimits.eventIDBytes),
            .context: "{\"c\":\"" + String(repeating: "c", count: ErrorLimits.contextBytes - 8) + "\"}",
        ]
        for field in [ErrorField.type, .level, .service, .environment, .release, .project] { texts[field] = long }
        let record = Sample.record(1, texts)
        try await fixture.put([record])
        let detail = try #require(try await fixture.reader.detail(of: record.fingerprint, ledger: []).detail)
        #expect(detail.error.service == long)
        #expect(detail.error.message?.utf8.count == ErrorLimits.messageBytes)
        #expect(detail.stackTrace?.utf8.count == ErrorLimits.stackTraceBytes)
        #expect(detail.contextJSON?.utf8.count == ErrorLimits.contextBytes)
    }

    /// 513 records, some of one fingerprint: every fixed size of statement is used.
    @Test func manyRecordsAreStoredOnceEach() async throws {
        let fixture = try await MySQLFixture.migrated()
        let records = (0..<663).map { Sample.record($0) }
        try await fixture.put(records + records.prefix(100))
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 663)
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 663)
    }

    @Test func offeringAKnownErrorAgainChangesNoRow() async throws {
        let fixture = try await MySQLFixture.migrated()
        let records = (0..<40).map { Sample.record($0, [.project: "shop"]) }
        try await fixture.put(records)
        let before = try await fixture.changedRows()
        #expect(before == 80)
        for window in 1...10 {
            try await fixture.put(
                (0..<40).map { Sample.record($0, at: Sample.newYear + Int64(window), [.project: "other"]) })
        }
        #expect(try await fixture.changedRows() == before)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE project = 'shop'") == 40)
    }

    /// The bound of the whole job: rows changed ≤ errors × (syncs + 3).
    @Test(arguments: [true, false])
    func rowChangesFollowSyncsNotTraffic(syncFirst: Bool) async throws {
        let fixture = try await MySQLFixture.migrated()
        let syncs = 6
        let records = (0..<40).map { Sample.record($0, [.project: "shop"]) }
        for sync in 0..<syncs {
            if !syncFirst { try await fixture.put(records) }
            for index in 0..<WindowPart.count {
                let part = Sample.part(index)
                let counts = (0..<40).map { Sample.count($0, 2_500, last: Sample.newYear + Int64(sync)) }
                _ = try await fixture.counts.apply(
                    window: Sample.window(sync), part: part,
                    counts: counts.filter { WindowPart(of: $0.fingerprint) == part }
                )
            }
            if syncFirst { try await fixture.put(records) }
        }
        let total = try await fixture.number("SELECT CAST(SUM(count) AS SIGNED) FROM errors")
        #expect(total == Int64(40 * 2_500 * syncs))
        #expect(try await fixture.changedRows() <= Int64(40 * (syncs + 3)))
    }

    @Test func detailsArriveAlthoughTheSyncCameFirst() async throws {
        let fixture = try await MySQLFixture.migrated()
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: WindowPart(of: Sample.fingerprint(1)),
            counts: [Sample.count(1, 7, first: Sample.newYear - 10, last: Sample.newYear + 10)]
        )
        try await fixture.put([Sample.record(1, [.project: "shop"])])
        let detail = try #require(try await fixture.reader.detail(of: Sample.fingerprint(1), ledger: []).detail)
        #expect(detail.error.count == 7)
        #expect(detail.error.message == "message 1")
        #expect(detail.error.project == "shop")
        #expect(detail.error.firstSeenMilliseconds == Sample.newYear - 10)
        #expect(detail.error.lastSeenMilliseconds == Sample.newYear + 10)
    }

    @Test func aRecordTheStoreWouldCutIsADataFailureAndLeavesTheTransactionAsItWas() async throws {
        let fixture = try await MySQLFixture.migrated()
        // 300 known rows: their warnings must not hide the one that says "truncated".
        let known = (0..<300).map { Sample.record($0) }
        try await fixture.put(known)
        for bad in [Self.tooLong, Self.noJSON] {
            let batch = Self.queued(known + [bad] + (300..<310).map { Sample.record($0) })
            let good = Self.queued([Sample.record(400)])
            let failure = try await fixture.store.transaction { transaction throws(WorkFailure) -> WorkFailure? in
                try transaction.store(good[...])
                do throws(WorkFailure) {
                    try transaction.store(batch[...])
                    return nil
                } catch {
                    return error
                }
            }
            #expect(failure?.class == .data)
            #expect(failure?.code != 0)
            #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 301)
            #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 301)
        }
    }

    @Test func onlyTheBadRecordsAreBuriedInTheSameTransaction() async throws {
        let fixture = try await MySQLFixture.migrated()
        let undecodable = QueueRecord(payload: [1, 2, 3])
        var records = Self.queued((0..<500).map { Sample.record($0) })
        records.insert(contentsOf: Self.queued([Self.tooLong]), at: 123)
        records.insert(undecodable, at: 321)
        let job = Job(
            id: JobID("1-0"), version: JobFormat.version, records: records, byteCount: 0, deaths: 0,
            enqueuedAtMilliseconds: 0, replayKey: nil
        )
        let work = BatchWork(queue: "errors", batch: Batch(jobs: [job]), breaker: BuryBreaker()) { false }
        let result = try await fixture.store.transaction { transaction throws(WorkFailure) in
            try work.perform(in: &transaction)
        }
        #expect(result.storedCount == 500)
        #expect(result.buriedCount == 2)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 500)
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 500)
        let letters = try await fixture.execute(
            "SELECT letter_key, reason, code, payload FROM dead_letters ORDER BY LENGTH(letter_key) DESC"
        ).rows
        #expect(letters.count == 2)
        #expect(letters[0][0].byteArray == Self.tooLong.fingerprint.bytes)
        #expect(letters[0][2].int64 == 1265 || letters[0][2].int64 == 1406)
        #expect(letters[0][3].byteArray == Self.tooLong.encoded())
        #expect(letters[1][3].byteArray == undecodable.payload)
        #expect(try await fixture.deadLetters.waiting() == ["errors": 2])
    }

    @Test func theSameLetterAgainUpdatesTheOneThatIsThereUntilItIsReplayed() async throws {
        let fixture = try await MySQLFixture.migrated()
        func letter(_ detail: String, _ key: [UInt8]?) -> DeadLetter {
            DeadLetter(
                queue: "errors", record: QueueRecord(payload: Self.tooLong.encoded()),
                reason: DeadLetter.Reason.refused, detail: detail, code: 1406, attempts: 2, replayKey: key
            )
        }
        let key = Self.tooLong.fingerprint.bytes
        for letters in [[letter("first", nil)], [letter(String(repeating: "e\u{301}", count: 5_000), key)]] {
            try await fixture.store.transaction { transaction throws(WorkFailure) in try transaction.bury(letters) }
        }
        let rows = try await fixture.execute("SELECT letter_key, attempts, detail FROM dead_letters").rows
        #expect(rows.count == 1)
        #expect(rows[0][0].byteArray == key)
        #expect(rows[0][1].uint64 == 4)
        #expect(rows[0][2].string?.hasPrefix("e\u{301}e\u{301}") == true)
        try await fixture.store.transaction { transaction throws(WorkFailure) in try transaction.markReplayed([key]) }
        #expect(try await fixture.number("SELECT COUNT(*) FROM dead_letters WHERE state = 'replayed'") == 1)
        #expect(try await fixture.deadLetters.waiting() == [:])
    }

    @Test func aRecordOfANewerVersionIsNeverBuried() async throws {
        let fixture = try await MySQLFixture.migrated()
        var payload = Sample.record(1).encoded()
        payload[0] = 200
        let records = [QueueRecord(payload: payload)]
        let failure = await #expect(throws: WorkFailure.self) {
            try await fixture.store.transaction { transaction throws(WorkFailure) in
                try transaction.store(records[...])
            }
        }
        #expect(failure?.class == .newerFormat)
    }

    @Test func aRecordOverAQuarterOfThePacketIsADataFailure() async throws {
        let server = try await TestMariaDB.start(arguments: ["--max-allowed-packet=1M"])
        let fixture = try await MySQLFixture.migrated(on: server)
        let stack = String(repeating: "s", count: ErrorLimits.stackTraceBytes)
        let failure = await #expect(throws: WorkFailure.self) {
            try await fixture.put([Sample.record(1, [.stackTrace: stack])])
        }
        #expect(failure?.class == .data)
        // Many of them that fit on their own are spread over statements.
        let half = String(stack.prefix(100_000))
        try await fixture.put((0..<40).map { Sample.record($0, [.stackTrace: half]) })
        #expect(try await fixture.number("SELECT COUNT(*) FROM error_details") == 40)
        await fixture.pool.shutDown()
        await server.stop()
    }

    @Test func aLockHeldByAnotherIsAnInfrastructureFailureThatStoresNothing() async throws {
        let fixture = try await MySQLFixture.migrated(readTimeout: .seconds(5))
        try await fixture.put([Sample.record(1)])
        let holder = try await MySQLConnection.connect(fixture.configuration)
        try await holder.begin()
        try await holder.execute(
            "SELECT * FROM errors WHERE fingerprint = ? FOR UPDATE", [.bytes(Sample.fingerprint(1).bytes)])
        let failure = await #expect(throws: WorkFailure.self) {
            try await fixture.put([Sample.record(0), Sample.record(1), Sample.record(2)])
        }
        #expect(failure?.class == .infrastructure)
        #expect(failure?.code == 1205)
        #expect(failure?.unknownCode == false)
        try await holder.rollback()
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 1)
        try await fixture.put([Sample.record(0), Sample.record(1), Sample.record(2)])
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 3)
    }

    @Test func aMissingTableOrColumnIsAMatterOfConfiguration() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute("ALTER TABLE error_details DROP COLUMN service")
        let column = await #expect(throws: WorkFailure.self) { try await fixture.put([Sample.record(1)]) }
        #expect(column?.class == .configuration)
        try await fixture.execute("DROP TABLE error_details")
        let table = await #expect(throws: WorkFailure.self) { try await fixture.put([Sample.record(1)]) }
        #expect(table?.class == .configuration)
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors") == 0)
    }

    @Test func workersAndSyncsOverTheSameErrorsDoNotDeadlock() async throws {
        // They all wait for one another: a time limit would speak of the machine and not of them.
        let fixture = try await MySQLFixture.migrated(size: 8, readTimeout: .seconds(300))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for _ in 0..<10 {
                        try await fixture.put((0..<200).shuffled().map { Sample.record($0) })
                    }
                }
                group.addTask {
                    for window in 0..<10 {
                        let counts = (0..<200).shuffled().map { Sample.count($0, 1) }
                        _ = try await fixture.counts.apply(
                            window: Sample.window(worker * 100 + window), part: Sample.part(0), counts: counts
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await fixture.number("SELECT COUNT(*) FROM errors WHERE count = 40") == 200)
    }
}
