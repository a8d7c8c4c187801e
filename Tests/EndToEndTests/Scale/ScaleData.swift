import Ingest
import MySQLClient
import TestServers

/// Fills the tables of a deployment with errors by SQL, as if they had been stored over a year: few services, projects and words have
/// most of them, few errors have most occurrences, and nothing depends on anything else.
///
/// Several times as fast as storing them: into empty tables, by statements that sort before they write.
struct ScaleData {
    /// Words that so many of a thousand errors have.
    static let markers: [(word: String, perMille: Double)] = [
        ("timeout", 500), ("gateway", 50), ("ledger", 5), ("quasar", 0.1),
    ]
    private static let lastSeen = "2026-06-01 00:00:00.000"
    private static let wordsPerSlot = 1_000
    private static let types = 200

    let errors: Int
    let bulk: BulkLoad

    func load() async throws {
        try await bulk.run(makeDraws + makeWords)
        // Two at a time, on two processors; about as much work in each.
        async let one: Void = bulk.run([insertErrors] + insertFacets)
        async let other: Void = bulk.run([insertDetails, insertOccurrences, insertWords])
        _ = try await (one, other)
        try await bulk.run([
            "DROP TABLE scale_draws, scale_words", "ANALYZE TABLE errors, error_details, error_words, occurrences",
        ])
    }

    // MARK: - Draws

    /// Ten numbers of 24 bits for each error, all from a digest of its number.
    private var makeDraws: [String] {
        let columns = Array("abcdefghij")
        let draws = columns.indices.map { "CONV(SUBSTR(x, \($0 * 6 + 1), 6), 16, 10)" }.joined(separator: ", ")
        return [
            """
            CREATE TABLE scale_draws (number INT UNSIGNED NOT NULL, fingerprint BINARY(32) NOT NULL PRIMARY KEY, \
            \(columns.map { "\($0) INT UNSIGNED NOT NULL" }.joined(separator: ", "))) ENGINE = InnoDB
            """,
            """
            INSERT INTO scale_draws SELECT seq, UNHEX(x), \(draws) \
            FROM (SELECT seq, SHA2(seq, 256) x FROM seq_1_to_\(errors)) numbered
            """,
        ]
    }

    /// 0 … 1.
    private func uniform(_ draw: Character) -> String { "(\(draw) / 16777216)" }

    /// 0 ..< `count`, the small ones more often.
    private func skewed(_ draw: Character, _ count: Int, _ power: Int) -> String {
        "FLOOR(\(count) * POW(\(uniform(draw)), \(power)))"
    }

    private var project: String { "IF(a % 10 = 0, NULL, CONCAT('project-', \(skewed("a", 20, 2))))" }
    private var service: String { "CONCAT('service-', \(skewed("b", 200, 3)))" }
    private var status: String {
        "CASE WHEN c % 1000 < 900 THEN 'unresolved' WHEN c % 1000 < 960 THEN 'ignored' WHEN c % 1000 < 999 THEN 'resolved' ELSE 'regressed' END"
    }
    private var level: String {
        "CASE WHEN d % 10000 < 8000 THEN 'error' WHEN d % 10000 < 9200 THEN 'warning' WHEN d % 10000 < 9700 THEN 'fatal' WHEN d % 10000 < 9999 THEN 'info' ELSE 'debug' END"
    }
    private var environment: String {
        "CASE WHEN e % 1000 < 850 THEN 'production' WHEN e % 1000 < 970 THEN 'staging' WHEN e % 1000 < 999 THEN 'dev' ELSE 'canary' END"
    }
    private var firstSeen: String {
        "'\(Self.lastSeen)' - INTERVAL FLOOR(31536000000 * \(uniform("e"))) * 1000 MICROSECOND"
    }

    // MARK: - Words

    private var makeWords: [String] {
        let syllables = [
            "ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "zu", "dan", "per", "kol", "tur", "nis", "mar",
        ]
        var rows: [String] = []
        func add(_ slot: Int, _ id: Int, _ word: String) {
            let bits = SearchText(type: word.utf8, message: "".utf8).bits
            rows.append("(\(slot), \(id), '\(word)', \(bits.low), \(bits.high))")
        }
        for (slot, start) in ["qua", "tre", "vel", "zon", "typ"].enumerated() {
            for id in 0..<(slot == 4 ? Self.types : Self.wordsPerSlot) {
                let middle = syllables[id % 16] + syllables[id / 16 % 16] + syllables[id / 256]
                add(slot, id, start + middle + (slot == 4 ? "error" : ""))
            }
        }
        // The last of a slot of their own stands for none.
        for (id, marker) in Self.markers.enumerated() { add(5, id, marker.word) }
        rows.append("(5, \(Self.markers.count), '', 0, 0)")
        return [
            """
            CREATE TABLE scale_words (slot TINYINT NOT NULL, id SMALLINT NOT NULL, word VARCHAR(24) NOT NULL, \
            low BIGINT UNSIGNED NOT NULL, high BIGINT UNSIGNED NOT NULL, PRIMARY KEY (slot, id)) ENGINE = MEMORY
            """,
            "INSERT INTO scale_words VALUES \(rows.joined(separator: ", "))",
        ]
    }

    /// Which word of each slot an error has.
    private var wordIDs: [String] {
        let markers = Self.markers.enumerated().reversed().map { id, marker in
            "WHEN f % 100000 < \(Int(100 * Self.markers[id...].reduce(0) { $0 + $1.perMille })) THEN \(id)"
        }
        return [
            skewed("g", Self.wordsPerSlot, 3), skewed("h", Self.wordsPerSlot, 3), skewed("i", Self.wordsPerSlot, 3),
            skewed("j", Self.wordsPerSlot, 3), skewed("b", Self.types, 2),
            "CASE \(markers.joined(separator: " ")) ELSE \(Self.markers.count) END",
        ]
    }

    /// `scale_draws` with the words of each error as `w0` … `w5`.
    private var drawsWithWords: String {
        "scale_draws d"
            + wordIDs.enumerated().map {
                " STRAIGHT_JOIN scale_words w\($0) ON w\($0).slot = \($0) AND w\($0).id = \($1)"
            }
            .joined()
    }

    private var type: String { "CONCAT(UPPER(LEFT(w4.word, 1)), SUBSTR(w4.word, 2))" }
    private var message: String {
        "CONCAT(w0.word, ' failed: ', IF(w5.word = '', '', CONCAT(w5.word, ' of ')), w1.word, ' ', w2.word, ', ', w3.word)"
    }

    // MARK: - Tables

    private var insertErrors: String {
        let failed = SearchText(type: "failed of".utf8, message: "".utf8).bits
        func bits(_ column: String, _ own: UInt64) -> String {
            (["\(own)"] + (0..<6).map { "w\($0).\(column)" }).joined(separator: " | ")
        }
        return """
            INSERT INTO errors (fingerprint, project, project_key, status, service_key, level_key, environment_key, \
            word_bits_low, word_bits_high, `count`, first_seen_at, last_seen_at) \
            SELECT fingerprint, \(project), CRC32(\(project)), \(status), CRC32(\(service)), CRC32(\(level)), \
            CRC32(\(environment)), \(bits("low", failed.low)), \(bits("high", failed.high)), \
            FLOOR(POW(1 - d / 16777217, -1.2)), \(firstSeen), \
            '\(Self.lastSeen)' - INTERVAL FLOOR(31536000000 * \(uniform("e")) * POW(\(uniform("f")), 2)) * 1000 MICROSECOND \
            FROM \(drawsWithWords)
            """
    }

    private func texts(stack: String) -> String {
        """
        \(type), \(message), \(stack), \(level), \(service), \(environment), CONCAT('release-', g % 50), \
        '{"customer":"c","attempt":3}'
        """
    }

    private var stack: String {
        "REPEAT(CONCAT('    at ', w0.word, ' (/srv/app/src/', w1.word, '.js:10:2)\\n'), 8)"
    }

    private var insertDetails: String {
        """
        INSERT INTO error_details (type, message, stack_trace, level, service, environment, `release`, context, \
        fingerprint, event_id, occurred_at, received_at, grouping_version, grouping_parts) \
        SELECT \(texts(stack: stack)), fingerprint, CONCAT('event-', number), \(firstSeen), \(firstSeen), 1, \
        '[{"name":"message","value":"m"}]' FROM \(drawsWithWords)
        """
    }

    private var insertOccurrences: String {
        """
        INSERT INTO occurrences (type, message, stack_trace, level, service, environment, `release`, context, \
        fingerprint, occurrence_id, event_id, occurred_at, received_at) \
        SELECT \(texts(stack: "NULL")), fingerprint, LEFT(fingerprint, 16), CONCAT('event-', number), \(firstSeen), \(firstSeen) \
        FROM \(drawsWithWords)
        """
    }

    private var insertWords: String {
        let week = "FLOOR((UNIX_TIMESTAMP('\(Self.lastSeen)') - 31536000 * \(uniform("e"))) / 604800)"
        let selects = wordIDs.enumerated().map { slot, id in
            """
            SELECT \(week), w.word, fingerprint FROM scale_draws d STRAIGHT_JOIN scale_words w \
            ON w.slot = \(slot) AND w.id = \(id) WHERE w.word <> ''
            """
        }
        let failed = "SELECT \(week), 'failed', fingerprint FROM scale_draws d"
        return "INSERT INTO error_words " + (selects + [failed]).joined(separator: " UNION ALL ")
    }

    private var insertFacets: [String] {
        [("project", 20), ("service", 200), ("release", 50)].map { kind, count in
            "INSERT INTO facets SELECT '\(kind)', '', CONCAT('\(kind)-', seq), '2026-06-01' FROM seq_0_to_\(count - 1)"
        }
    }
}
