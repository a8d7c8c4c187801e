import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import QueueCore
import Testing

/// Lists and searches of the real store, compared with going through all errors one by one.
@Suite struct MySQLListTests {
    private static let words = ["gateway", "timed", "out", "Überlauf", "of", "memory", "gate", "HTTP", "503", "naïve"]

    /// Some values are common and some rare; times and counts repeat, so that pages end inside a tie.
    private func filled(_ count: Int, seed: UInt64) async throws -> MySQLFixture {
        var random = SeededRandom(seed: seed)
        let fixture = try await MySQLFixture.migrated()
        func rare(_ name: String) -> String {
            "\(name) \(Int.random(in: 0..<4, using: &random) * Int.random(in: 0..<4, using: &random))"
        }
        let records = (0..<count).map { number in
            var texts: [ErrorField: String] = [
                .message: (0..<4).map { _ in Self.words.randomElement(using: &random) ?? "" }.joined(separator: ", "),
                .service: rare("service"), .level: rare("level"), .environment: rare("environment"),
            ]
            if number % 3 != 0 { texts[.project] = rare("project") }
            if number % 5 != 0 { texts[.type] = "TimeoutError" }
            return Sample.record(number, at: Sample.newYear + Int64(number % 17) * 1_000, texts)
        }
        try await fixture.put(records)
        let counts = (0..<count).map { number in
            let time = Sample.newYear + Int64(number % 17) * 1_000
            return Sample.count(number, UInt64(number % 7 + 1), first: time, last: time + Int64(number % 29) * 60_000)
        }
        _ = try await fixture.counts.apply(window: Sample.window(1), part: Sample.part(0), counts: counts)
        for (status, number) in [("resolved", 4), ("ignored", 9), ("regressed", 31)] {
            try await fixture.execute(
                "UPDATE errors SET status = ? WHERE CONV(HEX(RIGHT(fingerprint, 1)), 16, 10) % ? = 0",
                [.string(status), .int(Int64(number))])
        }
        return fixture
    }

    private static func value(_ error: StoredError, _ sort: ErrorQuery.Sort) -> Int64 {
        switch sort {
        case .lastSeenAt: error.lastSeenMilliseconds
        case .firstSeenAt: error.firstSeenMilliseconds
        case .count: Int64(clamping: error.count)
        }
    }

    private static func randomQuery(_ random: inout SeededRandom) throws -> ErrorQuery {
        var query = ErrorQuery()
        func maybe(_ name: String) -> String? {
            Int.random(in: 0..<10, using: &random) < 7
                ? nil : "\(name) \([0, 1, 2, 3, 6, 9].randomElement(using: &random) ?? 0)"
        }
        query.project = maybe("project")
        query.service = maybe("service")
        query.level = maybe("level")
        query.environment = maybe("environment")
        if Int.random(in: 0..<3, using: &random) == 0 {
            query.status = ErrorStatus.allCases.randomElement(using: &random)
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            query.sinceMilliseconds = Sample.newYear + Int64.random(in: 0...40, using: &random) * 60_000
        }
        if Int.random(in: 0..<2, using: &random) == 0 {
            let texts = [
                "gat", "gateway mem", "\"timed out\"", "uberlauf", "naive http", "503", "timeout gat", "absent",
                "of mem",
            ]
            query.search = try SearchQuery(texts.randomElement(using: &random) ?? "out")
        }
        query.sort = ErrorQuery.Sort.allCases.randomElement(using: &random) ?? .count
        query.limit = [1, 3, 10, 100, 500].randomElement(using: &random) ?? 1
        return query
    }

    /// Limits so small that every way of finding rows, and every early end of a page, is taken by a few hundred errors.
    private static let smallLimits: PageLimits = {
        var limits = PageLimits()
        limits.steps = [5, 20, 40]
        limits.costlySteps = [3, 8]
        limits.fewEntries = 12
        limits.fewRows = 9
        limits.fewErrors = 10
        limits.maxRejected = 7
        return limits
    }()

    @Test(arguments: [true, false], UInt64(1)...3)
    func everyListHasExactlyItsErrorsInOrder(isBounded: Bool, seed: UInt64) async throws {
        let fixture = try await filled(400, seed: seed)
        let all = try await fixture.reader.snapshot(of: (0..<400).map(Sample.fingerprint), ledger: []).errors
        try #require(all.count == 400)
        let reader = isBounded ? MySQLErrorReader(pool: fixture.pool, limits: Self.smallLimits) : fixture.reader
        var random = SeededRandom(seed: seed * 31)
        var early = 0
        for _ in 0..<150 {
            var query = try Self.randomQuery(&random)
            let sort = query.sort
            let expected = all.filter(query.matches)
                .sorted { (Self.value($0, sort), $0.fingerprint) > (Self.value($1, sort), $1.fingerprint) }
            var shown: [Fingerprint] = []
            var pages = 0
            repeat {
                let page = try await reader.page(query)
                #expect(page.errors.count <= query.limit)
                if page.errors.count < query.limit, page.next != nil { early += 1 }
                shown += page.errors.map(\.fingerprint)
                query.cursor = page.next
                pages += 1
            } while query.cursor != nil && pages < 1_000
            #expect(query.cursor == nil)
            #expect(shown == expected.map(\.fingerprint), "\(query)")
        }
        #expect((early > 0) == isBounded)
    }

    /// CRC-32 is easily made equal: both names have the same key, and only the one asked for is shown.
    @Test func namesThatShareAKeyAreToldApart() async throws {
        let (one, other) = ("plumless", "buckeroo")
        try #require(CRC32.of(one.utf8) == CRC32.of(other.utf8))
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<20).map { Sample.record($0, [.service: $0 % 2 == 0 ? one : other]) })
        var query = ErrorQuery()
        query.service = one
        query.limit = 4
        var shown = 0
        repeat {
            let page = try await fixture.reader.page(query)
            #expect(page.errors.allSatisfy { $0.service == one })
            shown += page.errors.count
            query.cursor = page.next
        } while query.cursor != nil
        #expect(shown == 10)
    }

    @Test func keysAreThoseOfTheServer() async throws {
        let fixture = try await MySQLFixture.migrated()
        let texts: [ErrorField: String] = [
            .project: "projé 🙂", .service: "s'\"\\", .level: "LEVEL", .environment: String(repeating: "ü", count: 255),
        ]
        try await fixture.put([Sample.record(1, texts), Sample.record(2)])
        let equal = try await fixture.number(
            """
            SELECT COUNT(*) FROM errors e JOIN error_details d USING (fingerprint) WHERE e.project_key <=> CRC32(e.project) \
            AND e.service_key <=> CRC32(d.service) AND e.level_key <=> CRC32(d.level) \
            AND e.environment_key <=> CRC32(d.environment)
            """)
        #expect(equal == 2)
        let empty = try await fixture.number(
            "SELECT COUNT(*) FROM errors WHERE service_key IS NULL AND word_bits_low > 0")
        #expect(empty == 1)
    }

    @Test func anErrorTheSyncBroughtFirstIsListedWhenItsDetailsCome() async throws {
        let fixture = try await MySQLFixture.migrated()
        _ = try await fixture.counts.apply(
            window: Sample.window(1), part: Sample.part(0), counts: [Sample.count(1, 3)])
        var query = ErrorQuery()
        query.service = "checkout"
        query.search = try SearchQuery("gateway")
        #expect(try await fixture.reader.page(query).errors.isEmpty)
        try await fixture.put([Sample.record(1, [.service: "checkout", .message: "bad gateway"])])
        let page = try await fixture.reader.page(query)
        #expect(page.errors.map(\.count) == [3])
    }

    // MARK: - Words

    /// The first report's words stay; those of later ones, whose text is not kept, are not added.
    @Test func onlyTheStoredTextIsIndexed() async throws {
        let fixture = try await MySQLFixture.migrated()
        func words() async throws -> [String] {
            try await fixture.execute("SELECT word FROM error_words ORDER BY word").rows.compactMap { $0[0].string }
        }
        try await fixture.put([Sample.record(1, [.message: "order 1111 failed", .eventId: "first"])])
        #expect(try await words() == ["1111", "failed", "order"])
        // Known, and one new in the same batch.
        try await fixture.put([
            Sample.record(1, [.message: "order 2222 failed", .eventId: "second"]),
            Sample.record(2, [.message: "disk full", .eventId: "third"]),
        ])
        #expect(try await words() == ["1111", "disk", "failed", "full", "order"])
        // Delivered again.
        try await fixture.put([
            Sample.record(1, [.message: "order 1111 failed", .eventId: "first"]),
            Sample.record(3, [.message: "x", .eventId: "fourth"]),
        ])
        #expect(try await words() == ["1111", "disk", "failed", "full", "order"])
        var query = ErrorQuery()
        query.search = try SearchQuery("1111")
        #expect(try await fixture.reader.page(query).errors.map(\.fingerprint) == [Sample.fingerprint(1)])
        query.search = try SearchQuery("2222")
        #expect(try await fixture.reader.page(query).errors.isEmpty)
    }

    /// A client that uses an event id again: the text that is stored is the first one. Retention deletes words by that text, and would
    /// never find those of another.
    @Test func anEventIDUsedAgainBringsNoWords() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([Sample.record(1, [.message: "disk full", .eventId: "mine"])])
        let week: Int64 = 7 * 86_400_000
        // In a batch with a new error: otherwise nobody asks whose details are stored.
        try await fixture.put([
            Sample.record(1, at: Sample.newYear + 3 * week, [.message: "order refused", .eventId: "mine"]),
            Sample.record(2, [.message: "gateway", .eventId: "other"]),
        ])
        let words = try await fixture.execute("SELECT word FROM error_words ORDER BY word").rows
        #expect(words.map { $0[0].string } == ["disk", "full", "gateway"])
    }

    /// A rare word is looked up in the index alone: one that is left out there is never found.
    @Test func everyWordOfALongMessageIsFound() async throws {
        let fixture = try await MySQLFixture.migrated()
        let words = (0..<100).map { "word\(100 + $0)" }
        try await fixture.put([Sample.record(1, [.message: words.joined(separator: " ")]), Sample.record(2)])
        for word in [words[0], words[79], words[99], "word17"] {
            var query = ErrorQuery()
            query.search = try SearchQuery(word)
            #expect(
                try await fixture.reader.page(query).errors.map(\.fingerprint) == [Sample.fingerprint(1)], "\(word)")
        }
    }

    /// Whatever `q` is, it is data.
    @Test func noSearchIsASyntaxError() async throws {
        let fixture = try await filled(50, seed: 5)
        var random = SeededRandom(seed: 11)
        let letters = Array("gate\"'\\%_*+-~<>()@;#\u{0}\u{1F600}ß`é " as String)
        var asked = 0
        for _ in 0..<600 {
            let text = String((0..<12).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)] })
            guard let search = try? SearchQuery(text) else { continue }
            var query = ErrorQuery()
            query.search = search
            query.sort = ErrorQuery.Sort.allCases.randomElement(using: &random) ?? .count
            _ = try await fixture.reader.page(query)
            asked += 1
        }
        #expect(asked > 100)
    }

    // MARK: - Facets

    private func facets(
        _ fixture: MySQLFixture, _ kind: FacetKind, project: String? = nil, prefix: String? = nil
    ) async throws -> [String] {
        var query = FacetQuery(kind)
        query.project = project
        query.prefix = prefix
        return try await MySQLFacetReader(pool: fixture.pool).facets(query).values
    }

    @Test func facetsAreTheValuesOfTheReports() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put([
            Sample.record(1, [.project: "shop", .service: "web", .environment: "production", .release: "1.0"]),
            Sample.record(2, [.project: "shop", .service: "api_v2", .environment: "staging"]),
            Sample.record(3, [.project: "Äpfel", .service: "web", .release: "2.0"]),
            Sample.record(4, [.service: "apixv2", .release: ""]),
            Sample.record(5),
        ])
        #expect(try await facets(fixture, .project) == ["shop", "Äpfel"])
        #expect(try await facets(fixture, .service) == ["api_v2", "apixv2", "web"])
        #expect(try await facets(fixture, .service, project: "shop") == ["api_v2", "web"])
        #expect(try await facets(fixture, .service, project: "none") == [])
        #expect(try await facets(fixture, .service, prefix: "api_") == ["api_v2"])
        #expect(try await facets(fixture, .service, prefix: "API") == [])
        #expect(try await facets(fixture, .environment, project: "Äpfel") == [])
        #expect(try await facets(fixture, .environment) == ["production", "staging"])
        #expect(try await facets(fixture, .release) == ["1.0", "2.0"])
        #expect(try await facets(fixture, .project, project: "shop") == ["shop", "Äpfel"])
    }

    /// As the lists compare them: with no letter folded and no space left out.
    @Test func facetsAreToldApartByTheirBytes() async throws {
        let fixture = try await MySQLFixture.migrated()
        let names = ["Prod", "prod", "prod ", "prod  ", "pröd"]
        try await fixture.put(
            names.enumerated().map { number, name in
                Sample.record(number, [.project: "shop" + String(repeating: " ", count: number), .environment: name])
            })
        #expect(try await facets(fixture, .environment) == names)
        #expect(try await facets(fixture, .environment, prefix: "prod ") == ["prod ", "prod  "])
        for (number, name) in names.enumerated() {
            let project = "shop" + String(repeating: " ", count: number)
            #expect(try await facets(fixture, .environment, project: project) == [name])
        }
    }

    /// A later release of a known error is a value too; and what was written today is not written again.
    @Test func facetsAreWrittenOnceADay() async throws {
        let fixture = try await MySQLFixture.migrated()
        let store = fixture.store
        func put(_ records: [ErrorRecord]) async throws {
            let queued = records.map { QueueRecord(payload: $0.encoded()) }
            try await store.transaction { transaction throws(WorkFailure) in try transaction.store(queued[...]) }
        }
        func days() async throws -> [String] {
            try await fixture.execute("SELECT CONCAT(value, ' ', last_seen) FROM facets ORDER BY value").rows
                .compactMap { $0[0].string }
        }
        let hour: Int64 = 3_600_000
        try await put([Sample.record(1, at: Sample.newYear, [.release: "1"])])
        try await put([Sample.record(1, at: Sample.newYear + 2 * hour, [.release: "2"])])
        #expect(try await days() == ["1 2026-01-01", "2 2026-01-01"])
        // Gone for whatever reason: nobody writes it again today, but tomorrow.
        try await fixture.execute("DELETE FROM facets WHERE value = '1'")
        try await put([Sample.record(1, at: Sample.newYear + 3 * hour, [.release: "1"])])
        #expect(try await days() == ["2 2026-01-01"])
        try await put([Sample.record(1, at: Sample.newYear + 25 * hour, [.release: "1"])])
        #expect(try await days() == ["1 2026-01-02", "2 2026-01-01"])
        // Late work does not turn the day back.
        try await fixture.put([Sample.record(1, at: Sample.newYear, [.release: "1"])])
        #expect(try await days() == ["1 2026-01-02", "2 2026-01-01"])
    }

    @Test func aFacetOfARolledBackBatchIsWrittenByTheNext() async throws {
        struct Stop: Error {}
        let fixture = try await MySQLFixture.migrated()
        let store = fixture.store
        let queued = [QueueRecord(payload: Sample.record(1, [.service: "web"]).encoded())]
        await #expect(throws: WorkFailure.self) {
            try await store.transaction { transaction throws(WorkFailure) in
                try transaction.store(queued[...])
                throw WorkFailure(.infrastructure, code: 0, message: "stop")
            }
        }
        #expect(try await facets(fixture, .service) == [])
        try await store.transaction { transaction throws(WorkFailure) in try transaction.store(queued[...]) }
        #expect(try await facets(fixture, .service) == ["web"])
    }

    @Test func facetsArePaged() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.put((0..<25).map { Sample.record($0, [.release: "r\($0 + 10)"]) })
        var query = FacetQuery(.release)
        query.limit = 10
        var pages: [[String]] = []
        repeat {
            let page = try await MySQLFacetReader(pool: fixture.pool).facets(query)
            pages.append(page.values)
            query.cursor = page.nextCursor
        } while query.cursor != nil && pages.count < 9
        #expect(pages.map(\.count) == [10, 10, 5])
        #expect(pages.flatMap { $0 } == (10..<35).map { "r\($0)" })
    }

    // MARK: - Errors from before

    /// A database of the version before lists: its errors are found as if they had been stored now; a cut-off migration is taken up.
    @Test func whatWasStoredBeforeIsListed() async throws {
        let fixture = try await filled(700, seed: 3)
        func content() async throws -> [[[MySQLValue]]] {
            [
                try await fixture.execute("SELECT * FROM error_words ORDER BY week, word, fingerprint").rows,
                try await fixture.execute("SELECT * FROM facets ORDER BY kind, project, value").rows,
                try await fixture.execute(
                    """
                    SELECT fingerprint, project_key, service_key, level_key, environment_key, word_bits_low, word_bits_high \
                    FROM errors ORDER BY fingerprint
                    """
                ).rows,
            ]
        }
        let before = try await content()
        try #require(before.allSatisfy { $0.count > 20 })
        for change in [
            "DELETE FROM schema_migrations WHERE number = 5", "DELETE FROM error_words", "DELETE FROM facets",
            "UPDATE errors SET project_key = NULL, service_key = NULL, word_bits_low = NULL, word_bits_high = NULL",
        ] { try await fixture.execute(change) }
        try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate()
        #expect(try await content() == before)
        // Killed in the middle of the words, and before the last ALTER.
        try await fixture.execute("DELETE FROM schema_migrations WHERE number = 5")
        try await fixture.execute("DELETE FROM error_words WHERE fingerprint > ?", [.bytes([0x80])])
        try await fixture.execute("UPDATE errors SET word_bits_low = NULL WHERE fingerprint > ?", [.bytes([0x80])])
        try await fixture.execute(
            """
            ALTER TABLE error_details ADD KEY error_details_service (service), \
            ADD KEY error_details_environment (environment)
            """)
        try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate()
        #expect(try await content() == before)
        let left = try await fixture.number(
            """
            SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() \
            AND TABLE_NAME = 'error_details' AND INDEX_NAME <> 'PRIMARY'
            """)
        #expect(left == 0)
    }
}
