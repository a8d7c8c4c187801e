import Fingerprint
import Ingest
import IngestStorage
import MySQLClient
import Synchronization
import Testing

/// What the server does for each list, by its own account.
@Suite struct MySQLListIndexTests {
    /// Enough rows for the server to have a choice, with its statistics up to date.
    private static let filled = Task {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute(
            """
            INSERT INTO errors (fingerprint, project, project_key, status, service_key, level_key, environment_key, \
            word_bits_low, word_bits_high, `count`, first_seen_at, last_seen_at) \
            SELECT UNHEX(SHA2(seq, 256)), 'shop', CRC32('shop'), IF(seq % 10 = 0, 'resolved', 'unresolved'), \
            CRC32(CONCAT('service ', seq % 50)), CRC32(IF(seq % 20 = 0, 'fatal', 'error')), \
            CRC32(IF(seq % 30 = 0, 'staging', 'production')), seq * 977, seq * 7919, 1 + seq % 100, \
            '2026-01-01' + INTERVAL seq MINUTE, '2026-01-01' + INTERVAL (seq + seq % 1000) MINUTE FROM seq_1_to_5000
            """)
        try await fixture.execute(
            """
            INSERT INTO error_details (fingerprint, message, event_id, occurred_at, received_at, grouping_version, \
            grouping_parts) SELECT fingerprint, 'm', 'e', first_seen_at, first_seen_at, 1, '[]' FROM errors
            """)
        try await fixture.execute(
            """
            INSERT INTO error_words SELECT 2900 + seq % 50, CONCAT('word', seq % 400), UNHEX(SHA2(seq, 256)) \
            FROM seq_1_to_5000
            """)
        try await fixture.execute(
            """
            INSERT INTO facets SELECT 'service', IF(seq % 2 = 0, '', 'shop'), CONCAT('service ', seq), '2026-01-01' \
            FROM seq_1_to_2000
            """)
        try await fixture.execute("ANALYZE TABLE errors, error_details, error_words, facets")
        return fixture
    }

    private static let numbers = Atomic<Int>(0)

    private struct Step {
        var table: String
        var type: String
        var key: String?
        var extra: String

        /// Nothing but the index is read. `Using index condition` says the opposite: rows are read, though fewer.
        var isCovered: Bool {
            extra.split(separator: ";").map { $0.drop { $0 == " " } }
                .contains { $0 == "Using index" || $0.hasPrefix("Using index for") }
        }
    }

    private func explain(_ statement: ListStatement) async throws -> [Step] {
        let fixture = try await Self.filled.value
        // Prepared anew each time: MariaDB leaves "Using index" out of an EXPLAIN that it had to prepare again.
        let number = Self.numbers.add(1, ordering: .relaxed).newValue
        let outcome = try await fixture.execute("EXPLAIN \(statement.sql) # \(number)", statement.values)
        func column(_ name: String, _ row: [MySQLValue]) -> String? {
            outcome.columns.firstIndex(of: name).flatMap { row[$0].string }
        }
        return outcome.rows.map {
            Step(
                table: column("table", $0) ?? "", type: column("type", $0) ?? "", key: column("key", $0),
                extra: column("Extra", $0) ?? "")
        }
    }

    private static let filters: [String: @Sendable (inout ErrorQuery) -> Void] = [
        "none": { _ in },
        "status": { $0.status = .resolved },
        "project": { $0.project = "shop" },
        "service": { $0.service = "service 7" },
        "level": { $0.level = "fatal" },
        "environment": { $0.environment = "staging" },
        "all": { query in
            query.status = .unresolved
            query.project = "shop"
            query.service = "service 7"
            query.level = "error"
            query.environment = "production"
        },
    ]

    private static func expectedIndex(_ filter: String, _ sort: ErrorQuery.Sort) -> String {
        switch (sort, filter) {
        case (.firstSeenAt, _): "errors_by_first_seen"
        case (.count, _): "errors_by_count"
        case (.lastSeenAt, "none"): "errors_by_last_seen"
        case (.lastSeenAt, "all"): "errors_by_service"
        case (.lastSeenAt, _): "errors_by_" + filter
        }
    }

    /// Every filter and every sort, with and without `since` and `q`, on the first page and further on: the named index and nothing
    /// else is read, in its order.
    @Test(arguments: filters.keys.sorted(), ErrorQuery.Sort.allCases)
    func everyListWalksItsIndex(filter: String, sort: ErrorQuery.Sort) async throws {
        let value: Int64 = sort == .count ? 50 : 1_767_300_000_000
        let cursor = ErrorCursor(sort: sort, value: value, fingerprint: Sample.fingerprint(1))
        for number in 0..<4 {
            var query = ErrorQuery()
            query.sort = sort
            let narrow = try #require(Self.filters[filter])
            narrow(&query)
            if number & 1 != 0 { query.sinceMilliseconds = 1_767_250_000_000 }
            if number & 2 != 0 { query.search = try SearchQuery("gateway timeout") }
            let statements = ListStatements(query)
            let name = Self.expectedIndex(filter, sort)
            #expect(statements.ordered.name == name)
            for after in [nil, cursor] {
                try await checkWalk(statements, query, filter, after: after)
            }
            for index in statements.narrow {
                try await checkNarrow(statements, index, after: cursor)
            }
            let chosen = try await explain(statements.chosen((0..<16).map(Sample.fingerprint), after: cursor))
            #expect(chosen.map(\.key) == ["PRIMARY"])
            #expect(chosen.map(\.type) == ["range"])
        }
    }

    private func checkWalk(
        _ statements: ListStatements, _ query: ErrorQuery, _ filter: String, after: ErrorCursor?
    ) async throws {
        let index = statements.ordered
        let isTimed = query.sinceMilliseconds != nil
        let end = ErrorCursor(sort: query.sort, value: 10, fingerprint: Sample.fingerprint(2))
        // first_seen_at does not tell when an error was seen last: a row is read for that, and bounded by costlySteps.
        let readsRows = isTimed && query.sort == .firstSeenAt
        // Without any range there is nothing but the order: the index is walked from its end until the page is full.
        let hasRange = after != nil || query.sort == .lastSeenAt && (isTimed || filter != "none")
        let walk = statements.candidates(in: index, after: after, limit: 50)
        try await check(walk, index, isCovered: !readsRows, hasRange: hasRange)
        let position = statements.position(in: index, after: after, steps: 1_000)
        try await check(position, index, isCovered: true, hasRange: hasRange)
        let step = statements.candidates(in: index, after: after, through: end, limit: 50)
        try await check(step, index, isCovered: !readsRows, hasRange: true)
    }

    private func check(
        _ statement: ListStatement, _ index: ListIndex, isCovered: Bool, hasRange: Bool
    ) async throws {
        let steps = try await explain(statement)
        try #require(steps.count == 1)
        let step = steps[0]
        let types = hasRange ? ["ref", "range"] : ["index"]
        #expect(step.key == index.name, "\(statement.sql)")
        #expect(types.contains(step.type), "\(statement.sql): \(step.type)")
        #expect(!step.extra.contains("filesort"), "\(statement.sql): \(step.extra)")
        #expect(step.isCovered || !isCovered, "\(statement.sql): \(step.extra)")
    }

    /// Sorted, since it is known to hold few rows; from the index alone, or else no more than a few hundred.
    private func checkNarrow(_ statements: ListStatements, _ index: ListIndex, after: ErrorCursor) async throws {
        let few = statements.few(in: index, PageLimits())
        for (statement, readsRows) in [
            (statements.exceeds(few, in: index), false),
            (statements.candidates(in: index, after: after, limit: 50), few <= 300),
        ] {
            let steps = try await explain(statement)
            #expect(steps.map(\.key) == [index.name])
            let step = try #require(steps.first)
            #expect(["ref", "range"].contains(step.type))
            #expect(step.isCovered || readsRows, "\(statement.sql): \(step.extra)")
        }
    }

    @Test func rowsAreReadByTheirKeys() async throws {
        let steps = try await explain(ListStatements.rows(of: (0..<16).map(Sample.fingerprint)))
        #expect(steps.map(\.key) == ["PRIMARY", "PRIMARY"])
        #expect(steps.map(\.type) == ["range", "eq_ref"])
    }

    @Test func wordsAreFoundByTheirIndex() async throws {
        let word = try #require(try SearchQuery("word12").indexedWords.first)
        let years = Array(Int64(2_900)..<2_950)
        for statement in [
            WordStatements.errors(with: word, weeks: years, limit: 2_000),
            WordStatements.exceeds(2_000, with: word, weeks: years),
        ] {
            let words = try await explain(statement)
            #expect(words.map(\.key) == ["PRIMARY"])
            #expect(words[0].type == "range")
            #expect(words[0].isCovered)
        }
        let weeks = try await explain(WordStatements.weeks)
        #expect(weeks.map(\.key) == ["PRIMARY"])
        #expect(weeks[0].extra.contains("Using index for group-by"))
    }

    @Test func facetsAreReadInTheOrderOfTheirKey() async throws {
        var query = FacetQuery(.service)
        for (project, prefix, cursor) in [
            (nil, nil, nil), ("shop", nil, nil), (nil, "service 1", nil), ("shop", "service 1", "service 11"),
        ] as [(String?, String?, String?)] {
            query.project = project
            query.prefix = prefix
            query.cursor = cursor
            let steps = try await explain(FacetStatements.page(query))
            #expect(steps.map(\.key) == ["PRIMARY"])
            #expect(["ref", "range"].contains(steps[0].type))
            #expect(!steps[0].extra.contains("filesort"))
        }
    }
}
