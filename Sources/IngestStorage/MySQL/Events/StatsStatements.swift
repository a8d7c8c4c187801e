package import Ingest
import MySQLClient

/// The SQL that reads statistics, with its values. Seen by tests, which read its plans.
///
/// Every one of them finds its rows by the primary key of its table; the parts of a range are written as alternatives, which the server
/// reads one after the other.
package enum StatsStatements {
    // MARK: Counts

    /// Views and users of all time.
    package static func ever(_ site: String) -> ListStatement {
        ListStatement(
            sql: """
                SELECT views, users FROM event_stats \
                WHERE site_id = ? AND width_seconds = \(StatsWidth.ever.rawValue) AND slot = 0
                """,
            values: [bytes(site)])
    }

    /// Views in a range.
    package static func views(_ site: String, in range: SlotRange) -> ListStatement {
        let slots = slots(of: range)
        return ListStatement(
            sql: """
                SELECT CAST(COALESCE(SUM(views), 0) AS UNSIGNED) FROM event_stats FORCE INDEX (PRIMARY) \
                WHERE site_id = ? AND \(slots.sql)
                """,
            values: [bytes(site)] + slots.values)
    }

    /// The sum of the users of each of the days: as many rows of `event_users` there are.
    package static func userDays(_ site: String, in days: Range<Int>) -> ListStatement {
        let slots = slots(.day, days)
        return ListStatement(
            sql: """
                SELECT CAST(COALESCE(SUM(users), 0) AS UNSIGNED) FROM event_stats FORCE INDEX (PRIMARY) \
                WHERE site_id = ? AND \(slots.sql)
                """,
            values: [bytes(site)] + slots.values)
    }

    /// Slot, events, views and users.
    package static func steps(_ query: StatsSeriesQuery) -> ListStatement {
        let slots = slots(query.width, query.slots)
        return ListStatement(
            sql: """
                SELECT slot, events, views, users FROM event_stats FORCE INDEX (PRIMARY) \
                WHERE site_id = ? AND \(slots.sql)
                """,
            values: [bytes(query.siteID)] + slots.values)
    }

    // MARK: Users

    /// How many different users there are among those of the sample.
    package static func users(_ site: String, in range: SlotRange, _ sample: UserSample) -> ListStatement {
        var parts: [String] = []
        var values: [MySQLValue] = [bytes(site)]
        func add(_ part: String, _ own: [MySQLValue]) {
            parts.append("(\(part)\(sample.isEverybody ? "" : " AND user_key < ?"))")
            values += own
            if let bound = sample.keyBound { values.append(.bytes(bound)) }
        }
        if !range.wholeDays.isEmpty {
            if sample.isEverybody {
                add("day >= ? AND day < ?", [day(range.wholeDays.lowerBound), day(range.wholeDays.upperBound)])
            } else {
                // Each day by itself: within a range of days the key could not be used. Written into the statement, as their number
                // would have to be there in any case.
                let days = range.wholeDays.clamped(to: 0..<Int(Int16.max)).map(String.init)
                add("day IN (\(days.isEmpty ? "NULL" : days.joined(separator: ",")))", [])
            }
        }
        for edge in range.edges {
            let start = edge.day * SlotRange.slotsPerDay
            add(
                "day = ? AND last_slot >= ? AND first_slot < ?",
                [
                    day(edge.day), .int(Int64(edge.slots.lowerBound - start)),
                    .int(Int64(edge.slots.upperBound - start)),
                ])
        }
        let condition = parts.isEmpty ? "FALSE" : "(\(parts.joined(separator: " OR ")))"
        return ListStatement(
            sql: """
                SELECT COUNT(DISTINCT user_key) FROM event_users FORCE INDEX (PRIMARY) WHERE site_id = ? AND \(condition)
                """,
            values: values)
    }

    // MARK: Paths

    /// Keys of the most viewed paths with their views; which of two with the same views comes first is left open.
    package static func topPaths(_ site: String, in range: SlotRange?, limit: Int) -> ListStatement {
        let slots = pathSlots(range)
        return ListStatement(
            sql: """
                SELECT path_key, CAST(SUM(views) AS UNSIGNED) AS total FROM event_paths FORCE INDEX (PRIMARY) \
                WHERE site_id = ? AND \(slots.sql) GROUP BY path_key ORDER BY total DESC LIMIT ?
                """,
            values: [bytes(site)] + slots.values + [.int(Int64(limit))])
    }

    /// The first of the paths that have just so many views, in the order of their bytes.
    package static func paths(_ site: String, in range: SlotRange?, viewed views: UInt64, limit: Int) -> ListStatement {
        let slots = pathSlots(range)
        return ListStatement(
            sql: """
                SELECT n.path FROM (SELECT path_key FROM event_paths FORCE INDEX (PRIMARY) \
                WHERE site_id = ? AND \(slots.sql) GROUP BY path_key HAVING SUM(views) = ?) p \
                STRAIGHT_JOIN event_path_names n FORCE INDEX (PRIMARY) ON n.path_key = p.path_key \
                ORDER BY CAST(n.path AS BINARY) LIMIT ?
                """,
            values: [bytes(site)] + slots.values + [.uint(views), .int(Int64(limit))])
    }

    private static let selectNames = Statements.rows(
        template: "SELECT path_key, path FROM event_path_names FORCE INDEX (PRIMARY) WHERE path_key IN ({?})")

    /// - Parameter rows: one of `MultiRowSQL.sizes`.
    package static func names(rows: Int) -> String { selectNames.text(rows: rows) }

    // MARK: Parts

    private static func pathSlots(_ range: SlotRange?) -> ListStatement {
        guard let range else {
            return ListStatement(sql: "width_seconds = \(StatsWidth.ever.rawValue) AND slot = 0", values: [])
        }
        return slots(of: range)
    }

    /// What a range is put together from: whole days, and quarter hours.
    private static func slots(of range: SlotRange) -> ListStatement {
        var parts = range.edges.map { slots(.quarterHour, $0.slots) }
        if !range.wholeDays.isEmpty { parts.append(slots(.day, range.wholeDays)) }
        guard !parts.isEmpty else { return ListStatement(sql: "FALSE", values: []) }
        let sql = parts.map { "(\($0.sql))" }.joined(separator: " OR ")
        return ListStatement(sql: "(\(sql))", values: parts.flatMap(\.values))
    }

    private static func slots(_ width: StatsWidth, _ slots: Range<Int>) -> ListStatement {
        ListStatement(
            sql: "width_seconds = \(width.rawValue) AND slot >= ? AND slot < ?",
            values: [.int(Int64(max(0, slots.lowerBound))), .int(Int64(max(0, slots.upperBound)))])
    }

    /// Nobody was seen before 1970; day -1 is no day.
    private static func day(_ day: Int) -> MySQLValue { .int(Int64(max(0, day))) }

    private static func bytes(_ site: String) -> MySQLValue { .bytes(Array(site.utf8)) }
}
