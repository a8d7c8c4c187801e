import MySQLClient

/// The SQL of `occurrences`. Seen by tests, which read its plans.
package enum OccurrenceStatements {
    static let insert = Statements.rows("insert_occurrences")
    static let sizes = Statements.text("select_occurrence_sizes")
    static let page = Statements.text("select_occurrences")
    /// The servers' own limits differ: 1 MiB for MariaDB, 1 KiB for MySQL.
    static let allowLongKeyLists = "SET SESSION group_concat_max_len = 1048576"

    private static let selectCrowded = Statements.rows("select_crowded_occurrences")

    /// The keys of every one of `rows` errors that has more samples than the last parameter says. `rows` is one of
    /// `MultiRowSQL.sizes`.
    package static func crowded(rows: Int) -> String {
        selectCrowded.text(rows: rows)
    }

    /// By the primary key, several at once.
    ///
    /// Not `(fingerprint, occurrence_id) IN (…)`: MariaDB reads the whole table for a short list of pairs, and makes a table of a long
    /// one. The hint keeps it from reading a small table whole, and so from waiting for rows of others.
    package static func delete(rows: Int) -> String {
        let keys = Array(repeating: "(o.fingerprint = ? AND o.occurrence_id = ?)", count: rows)
        return "DELETE o FROM occurrences AS o FORCE INDEX (PRIMARY) WHERE " + keys.joined(separator: " OR ")
    }
}
