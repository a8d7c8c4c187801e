import MySQLClient

/// The SQL of the tables of events. Seen by tests, which read its plans.
package enum EventStatements {
    static let insertEvents = Statements.rows("insert_events")
    static let selectOwnEvents = Statements.rows("select_batch_events")
    static let upsertStats = Statements.rows("upsert_event_stats")
    static let upsertPaths = Statements.rows("upsert_event_paths")
    static let insertPathNames = Statements.rows("insert_event_path_names")
    static let upsertUsers = Statements.rows("upsert_event_users")
    static let upsertUsersReturning = Statements.rows(
        template: Statements.text("upsert_event_users") + "\nRETURNING batch_token")
    static let selectOwnUsers = Statements.rows("select_own_event_users")

    /// The keys among `rows` events of one day of receipt that a batch has stored: the day, its token, the keys.
    package static func ownEvents(rows: Int) -> String { selectOwnEvents.text(rows: rows) }

    /// Which of `rows` users on a day a batch has inserted: site, day and key of each, its token.
    package static func ownUsers(rows: Int) -> String { selectOwnUsers.text(rows: rows) }
}
