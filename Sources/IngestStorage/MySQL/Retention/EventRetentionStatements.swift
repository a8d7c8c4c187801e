import MySQLClient

/// The SQL of retention for events and their counts. Seen by tests, which read its plans.
package enum EventRetentionStatements {
    // MARK: Partitions

    static let lockEvents = "LOCK TABLES events WRITE"
    static let unlock = "UNLOCK TABLES"
    /// Names of the partitions by day, each with the day it ends before, days since 1970.
    static let partitions = """
        SELECT PARTITION_NAME, DATEDIFF(TRIM(BOTH '''' FROM PARTITION_DESCRIPTION), '1970-01-01') \
        FROM information_schema.PARTITIONS \
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'events' AND PARTITION_NAME <> 'p_future' \
        ORDER BY PARTITION_ORDINAL_POSITION
        """
    static let estimatedRows = """
        SELECT CAST(TABLE_ROWS AS SIGNED) FROM information_schema.PARTITIONS \
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'events' AND PARTITION_NAME = ?
        """
    /// By the primary key, which starts with the day.
    static let oldestFuture = "SELECT received_on FROM events PARTITION (p_future) ORDER BY received_on LIMIT 1"

    static func split(_ days: ClosedRange<Int>) -> String {
        let parts = days.map { day in
            "PARTITION p\(date(day, separator: "")) VALUES LESS THAN ('\(date(day + 1, separator: "-"))')"
        }
        return """
            ALTER TABLE events REORGANIZE PARTITION p_future INTO (\(parts.joined(separator: ", ")), \
            PARTITION p_future VALUES LESS THAN (MAXVALUE))
            """
    }

    /// The name is the server's own.
    static func drop(_ partition: EventPartitions.Partition) -> String {
        "ALTER TABLE events DROP PARTITION `\(partition.name)`"
    }

    private static func date(_ day: Int, separator: String) -> String {
        // Within the years a DATE has, by the clocks it comes from.
        guard let date = MySQLDateTime(milliseconds: Int64(day) * MySQLDateTime.millisecondsPerDay) else { return "" }
        func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - String(number).count)) + String(number)
        }
        return [digits(date.year, 4), digits(date.month, 2), digits(date.day, 2)].joined(separator: separator)
    }

    // MARK: Counts

    /// How to delete a site's old rows from one table: the site, the first slot that stays, and how many rows at most.
    package struct OldRows: Sendable {
        package let table: String
        let secondsPerSlot: Int64
        package let delete: String

        /// - Parameter range: `column = value`, or several of them, in the order of the primary key.
        fileprivate init(_ table: String, _ seconds: Int64, range: String, slot: String, order: String) {
            self.table = table
            secondsPerSlot = seconds
            delete = """
                DELETE FROM \(table) WHERE site_id = ? AND \(range) AND \(slot) < ? ORDER BY \(order) LIMIT ?
                """
        }

        fileprivate static func width(_ seconds: Int64, of table: String) -> OldRows {
            OldRows(
                table, seconds, range: "width_seconds = \(seconds)", slot: "slot", order: "site_id, width_seconds, slot"
            )
        }
    }

    package static let minutes: [OldRows] = [.width(60, of: "event_stats")]
    package static let stats: [OldRows] = [
        .width(900, of: "event_stats"), .width(86_400, of: "event_stats"),
        .width(900, of: "event_paths"), .width(86_400, of: "event_paths"),
        OldRows("event_users", 86_400, range: "day >= 0", slot: "day", order: "site_id, day"),
    ]

    /// Sites from one on, in the order of their bytes: every site has a row of all time. One look at the index for each.
    package static let sites = "SELECT DISTINCT site_id FROM event_stats WHERE site_id >= ? ORDER BY site_id LIMIT ?"
}
