package import MySQLClient
package import QueueCore

/// The SQL of reading and administering dead letters. Seen by tests, which read its plans.
package enum DeadLetterStatements {
    /// A statement with its values.
    package struct Filtered: Sendable {
        package var sql: String
        package var values: [MySQLValue]
    }

    /// By queue. Bounded, so that a flood of dead letters does not make the metric slow.
    static let countWaiting = """
        SELECT queue, COUNT(*) FROM (SELECT queue FROM dead_letters WHERE state = 'dead' LIMIT 100000) AS waiting GROUP BY queue
        """
    static let find = Statements.text("select_dead_letter")
    static let rows = ByKeys(Statements.text("select_dead_letters"))
    static let states = select("l.state")
    static let payloads = select("l.payload")
    /// Locks the letters: what is read here stays until the transaction ends.
    static let lock = select("l.state, l.last_failed_at, OCTET_LENGTH(l.payload)", end: " FOR UPDATE")
    /// Says when even for a letter that is replayed again, so that retention counts from now.
    static let beginReplay = ByKeys(
        """
        UPDATE dead_letters l FORCE INDEX (PRIMARY) SET l.state = 'replaying', l.changed_at = CURRENT_TIMESTAMP(3) WHERE
        """)
    static let cancelReplay = ByKeys(
        "UPDATE dead_letters l FORCE INDEX (PRIMARY) SET l.state = 'dead' WHERE l.state = 'replaying' AND")
    static let delete = ByKeys("DELETE l FROM dead_letters l FORCE INDEX (PRIMARY) WHERE")
    /// The state is the last value.
    static let deleteInState = ByKeys(
        "DELETE l FROM dead_letters l FORCE INDEX (PRIMARY) WHERE", end: " AND l.state = ?")

    private static func select(_ columns: String, end: String = "") -> ByKeys {
        ByKeys("SELECT l.queue, l.letter_key, \(columns) FROM dead_letters l FORCE INDEX (PRIMARY) WHERE", end: end)
    }

    /// The keys of the letters that match, in the order of the list: `queue`, `letter_key`. Reads one index and nothing else.
    package static func keys(
        _ filter: DeadLetterFilter, after cursor: DeadLetterCursor?, limit: Int
    ) -> Filtered {
        var conditions: [String] = []
        var values: [MySQLValue] = []
        func require(_ condition: String, _ value: MySQLValue...) {
            conditions.append(condition)
            values += value
        }
        if let since = filter.sinceMilliseconds { require("last_failed_at >= ?", time(since)) }
        if let until = filter.untilMilliseconds { require("last_failed_at < ?", time(until)) }
        if let cursor {
            // The first of the two is what the server finds the place in the index by.
            let (at, queue) = (time(cursor.lastFailedMilliseconds), MySQLValue.string(cursor.id.queue))
            require(
                "last_failed_at <= ? AND (last_failed_at < ? OR queue < ? OR (queue = ? AND letter_key < ?))",
                at, at, queue, queue, .bytes(cursor.id.key))
        }
        if let queue = filter.queue { require("queue = ?", .string(queue)) }
        if let reason = filter.reason { require("reason = ?", .string(reason)) }
        if let state = filter.state { require("state = ?", .string(state.rawValue)) }
        values.append(.int(Int64(limit)))
        return Filtered(
            sql: """
                SELECT queue, letter_key FROM dead_letters FORCE INDEX (dead_letters_listed)\
                \(conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")) \
                ORDER BY last_failed_at DESC, queue DESC, letter_key DESC LIMIT ?
                """,
            values: values)
    }

    /// What a time column takes; a moment beyond it is beyond every letter.
    private static func time(_ milliseconds: Int64) -> MySQLValue {
        .dateTime(milliseconds: min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999))
    }

    /// A statement over several letters by their whole primary key, in the fixed sizes of `MultiRowSQL`. See `DeleteByKeys` for why
    /// the keys are not a list of pairs.
    struct ByKeys: Sendable {
        private let start: String
        private let end: String

        init(_ start: String, end: String = "") {
            self.start = start
            self.end = end
        }

        /// - Parameter rows: one of `MultiRowSQL.sizes`.
        func text(rows: Int) -> String {
            let keys = Array(repeating: "(l.queue = ? AND l.letter_key = ?)", count: rows)
            return start + " (" + keys.joined(separator: " OR ") + ")" + end
        }
    }

    /// The text of a statement over `rows` letters, by its name; for tests.
    package static func textByKeys(_ name: String, rows: Int) -> String? {
        let all = [
            "rows": Self.rows, "states": states, "payloads": payloads, "lock": lock, "beginReplay": beginReplay,
            "cancelReplay": cancelReplay, "delete": delete,
        ]
        return all[name]?.text(rows: rows)
    }
}
