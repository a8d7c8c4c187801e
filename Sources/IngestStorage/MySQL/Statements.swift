import MySQLClient

/// The SQL of `Sources/CAssets/sql`, ready to prepare.
enum Statements {
    static let insertErrors = rows("insert_errors")
    static let insertErrorDetails = rows("insert_error_details")
    static let upsertCounts = rows("upsert_counts")
    static let insertLedger = text("insert_ledger")
    static let upsertDeadLetter = text("upsert_dead_letter")
    static let selectErrors = text("select_errors")
    static let selectErrorDetail = text("select_error_detail")
    static let selectLedger = rows(
        template: "SELECT window_id, part FROM sync_ledger WHERE window_id IN ({?})")
    static let deleteLedger = "DELETE FROM sync_ledger WHERE applied_at < ? LIMIT ?"
    static let markReplayed = "UPDATE dead_letters SET state = 'replayed' WHERE queue = ? AND letter_key = ?"
    static let selectSetting = "SELECT value FROM settings WHERE name = ?"
    static let upsertSetting =
        "INSERT INTO settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)"
    /// Bounded, so that a flood of dead letters does not make the metric slow.
    static let countDeadLetters =
        "SELECT COUNT(*) FROM (SELECT 1 FROM dead_letters WHERE state = 'dead' LIMIT 100000) AS waiting"

    private static func text(_ name: String) -> String {
        Assets.text("sql/\(name).sql")
            .split(separator: "\n")
            .filter { !$0.hasPrefix("--") }
            .joined(separator: "\n")
    }

    private static func rows(_ name: String) -> MultiRowSQL {
        rows(template: text(name))
    }

    /// A template without its braces is a mistake in this module, not in any input.
    private static func rows(template: String) -> MultiRowSQL {
        do throws(MySQLError) {
            return try MultiRowSQL(template: template)
        } catch {
            preconditionFailure("\(error): \(template)")
        }
    }
}
