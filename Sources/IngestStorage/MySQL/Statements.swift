import MySQLClient

/// The SQL of `Sources/CAssets/sql`, ready to prepare.
enum Statements {
    static let insertErrors = rows("insert_errors")
    static let insertErrorDetails = rows("insert_error_details")
    static let upsertCounts = rows("upsert_counts")
    static let upsertSeries = rows("upsert_series")
    static let errorExists = "SELECT 1 FROM errors WHERE fingerprint = ?"
    static let selectSeries = text("select_series")
    static let selectResolved = rows("select_resolved")
    static let markRegressed = rows(
        template: "UPDATE errors SET status = 'regressed' WHERE fingerprint IN ({?})")
    static let insertStatusChanges = rows("insert_status_changes")
    static let insertLedger = text("insert_ledger")
    static let upsertDeadLetter = text("upsert_dead_letter")
    static let selectErrors = rows(template: text("select_errors") + "\nWHERE e.fingerprint IN ({?})")
    /// Whose details they are.
    static let selectDetailEvents = rows(
        template: "SELECT fingerprint, event_id, received_at FROM error_details WHERE fingerprint IN ({?})")
    static let selectUnlistedErrors = text("select_unlisted_errors")
    static let updateWordBits = "UPDATE errors SET word_bits_low = ?, word_bits_high = ? WHERE fingerprint = ?"
    static let selectErrorDetail = text("select_error_detail")
    static let selectLedger = rows(
        template: "SELECT window_id, part FROM sync_ledger WHERE window_id IN ({?})")
    static let markReplayed = "UPDATE dead_letters SET state = 'replayed' WHERE queue = ? AND letter_key = ?"
    static let selectSetting = "SELECT value FROM settings WHERE name = ?"
    static let upsertSetting =
        "INSERT INTO settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)"

    static func text(_ name: String) -> String {
        Assets.text("sql/\(name).sql")
            .split(separator: "\n")
            .filter { !$0.hasPrefix("--") }
            .joined(separator: "\n")
    }

    static func rows(_ name: String) -> MultiRowSQL {
        rows(template: text(name))
    }

    /// A template without its braces is a mistake in this module, not in any input.
    static func rows(template: String) -> MultiRowSQL {
        do throws(MySQLError) {
            return try MultiRowSQL(template: template)
        } catch {
            preconditionFailure("\(error): \(template)")
        }
    }
}
