import MySQLClient

/// The SQL of changes of status. Seen by tests, which read its plans.
package enum StatusStatements {
    static let newest = Statements.rows(
        template: """
            SELECT fingerprint, COUNT(*), MAX(change_id) FROM status_changes WHERE fingerprint IN ({?}) \
            GROUP BY fingerprint
            """)
    static let page = Statements.text("select_status_changes")
    static let forgetOldest = "DELETE FROM status_changes WHERE fingerprint = ? ORDER BY change_id LIMIT ?"

    private static let lockErrors = Statements.rows("lock_errors")
    private static let updateErrors = Statements.rows(
        template: """
            UPDATE errors FORCE INDEX (PRIMARY) SET status = ?, resolved_at = ?, resolved_in_release = ? \
            WHERE fingerprint IN ({?})
            """)

    /// `rows` is one of `MultiRowSQL.sizes`.
    package static func lock(rows: Int) -> String {
        lockErrors.text(rows: rows)
    }

    package static func update(rows: Int) -> String {
        updateErrors.text(rows: rows)
    }
}
