import Ingest
import MySQLClient

/// The SQL of retention. Where MySQL takes a hint, the index is named: a DELETE that walks through a small table instead would wait for
/// rows that somebody else has locked.
enum RetentionStatements {
    /// The name of a lock is one for the whole server, and at most 64 characters long: the database has to be in it.
    private static let lockName = "CONCAT('error-ingest:keep:', LEFT(SHA2(DATABASE(), 256), 40))"
    static let takeTurn = "SELECT GET_LOCK(\(lockName), 0), UTC_TIMESTAMP(3)"
    static let endTurn = "SELECT RELEASE_LOCK(\(lockName))"
    /// A lock that is not free soon belongs to somebody who writes: they go first.
    static let lowerLockWait = "SET SESSION innodb_lock_wait_timeout = 1, lock_wait_timeout = 1"

    // MARK: Errors

    static let selectOldErrors = Statements.text("select_old_errors")
    static let lockOldErrors = Statements.rows("lock_old_errors")
    /// Errors reported since the cutoff, whose counts the sync has not brought yet.
    static let selectSeenAgain = Statements.rows(
        template:
            "SELECT fingerprint FROM occurrences FORCE INDEX (PRIMARY) WHERE fingerprint IN ({?}) AND received_at >= ?")
    static let insertForgotten = Statements.rows("insert_forgotten_errors")
    /// What the words of an error in the full-text index are made of.
    static let selectTexts = Statements.rows(
        template: """
            SELECT fingerprint, type, LEFT(message, \(SearchText.messageBytes)), received_at \
            FROM error_details FORCE INDEX (PRIMARY) WHERE fingerprint IN ({?})
            """)
    static let deleteWords = DeleteByKeys("error_words", ["week", "word", "fingerprint"])
    /// What belongs to an error, then the error itself.
    static let deleteErrors: [(table: String, sql: MultiRowSQL)] = [
        "error_details", "occurrences", "error_series", "status_changes", "errors",
    ].map { table in
        (
            table,
            Statements.rows(template: "DELETE t FROM \(table) t FORCE INDEX (PRIMARY) WHERE t.fingerprint IN ({?})")
        )
    }

    // MARK: Occurrences

    static let selectOldOccurrences = Statements.text("select_old_occurrences")
    static let selectEnds = Statements.rows(
        template: """
            SELECT fingerprint, MIN(occurrence_id), MAX(occurrence_id) FROM occurrences FORCE INDEX (PRIMARY) \
            WHERE fingerprint IN ({?}) GROUP BY fingerprint
            """)
    static let deleteOccurrences = DeleteByKeys("occurrences", ["fingerprint", "occurrence_id"])

    // MARK: Everything that goes by its age alone

    /// The order is that of an index, which makes the server walk it.
    static let deleteSeries = """
        DELETE FROM error_series WHERE width_seconds = ? AND start_at < ? ORDER BY width_seconds, start_at LIMIT ?
        """
    static let oldestSeries = """
        SELECT start_at FROM error_series WHERE width_seconds = ? ORDER BY width_seconds, start_at LIMIT 1
        """
    static let deleteLedger = "DELETE FROM sync_ledger WHERE applied_at < ? ORDER BY applied_at LIMIT ?"
    static let oldestLedger = "SELECT applied_at FROM sync_ledger ORDER BY applied_at LIMIT 1"
    static let deleteLetters = """
        DELETE FROM dead_letters WHERE state = ? AND changed_at < ? ORDER BY state, changed_at LIMIT ?
        """
    static let oldestLetter = """
        SELECT changed_at FROM dead_letters WHERE state = ? ORDER BY state, changed_at LIMIT 1
        """
    static let deleteFacets = "DELETE FROM facets WHERE last_seen < ? ORDER BY last_seen LIMIT ?"
    static let oldestFacet = "SELECT last_seen FROM facets ORDER BY last_seen LIMIT 1"
    static let deleteForgotten = "DELETE FROM forgotten_errors WHERE forgotten_at < ? ORDER BY forgotten_at LIMIT ?"
    static let oldestForgotten = "SELECT forgotten_at FROM forgotten_errors ORDER BY forgotten_at LIMIT 1"
    static let newestTooMany = "SELECT forgotten_at FROM forgotten_errors ORDER BY forgotten_at DESC LIMIT 1 OFFSET ?"
}
