import EmbeddedServers
import MySQLClient
import TestServers

/// What the database does with the same rows when nothing stands before it: those of the five tables, read back and inserted into empty
/// copies by prepared inserts of 500 rows, a transaction each, one after the other on one connection.
///
/// In the order of their keys, which is the quickest, and each row once: the worker raises many of the counts again and again.
struct EventYardstick {
    static let rowsPerInsert = 500
    private static let prefix = "yardstick_"

    let connection: MySQLConnection

    /// What was inserted into one table.
    struct Part {
        var table: String
        var rows = 0
        /// Of the inserts and commits alone, not of reading the rows.
        var time = Duration.zero
    }

    /// Copies all five tables.
    func run() async throws -> [Part] {
        // `max_statement_time` ends what takes longer than the connection waits; reading a table takes as long as it takes.
        try await connection.executeText("SET SESSION max_statement_time = 0")
        return [
            try await copyEvents(), try await copyNames(), try await copyBySite("event_users", columns: 6),
            try await copyBySite("event_paths", columns: 5), try await copyBySite("event_stats", columns: 6),
        ]
    }

    private func copyEvents() async throws -> Part {
        var part = try await begin("events")
        let insert = try Self.insert("events", columns: 15)
        let days = try await connection.execute("SELECT DISTINCT received_on FROM events ORDER BY received_on").rows
        for day in days.map({ $0[0] }) {
            // Before every key.
            var last = MySQLValue.bytes([])
            while true {
                let rows = try await connection.execute(
                    "SELECT * FROM events WHERE received_on = ? AND event_key > ? ORDER BY event_key LIMIT 10000",
                    [day, last]
                ).rows
                guard let next = rows.last?[1] else { break }
                last = next
                try await add(rows, insert, to: &part)
            }
        }
        return part
    }

    private func copyNames() async throws -> Part {
        var part = try await begin("event_path_names")
        let rows = try await connection.execute("SELECT * FROM event_path_names ORDER BY path_key").rows
        try await add(rows, try Self.insert("event_path_names", columns: 2), to: &part)
        return part
    }

    /// Of the tables whose key begins with the site.
    private func copyBySite(_ table: String, columns: Int) async throws -> Part {
        var part = try await begin(table)
        let insert = try Self.insert(table, columns: columns)
        let sites = try await connection.execute(
            "SELECT site_id FROM event_stats WHERE width_seconds = 0 ORDER BY site_id"
        ).rows
        for site in sites {
            let rows = try await connection.execute(
                "SELECT * FROM \(table) FORCE INDEX (PRIMARY) WHERE site_id = ? ORDER BY 1, 2, 3", [site[0]],
                rowLimit: 10_000_000
            ).rows
            try await add(rows, insert, to: &part)
        }
        return part
    }

    private func begin(_ table: String) async throws -> Part {
        try await connection.executeText("CREATE TABLE \(Self.prefix)\(table) LIKE \(table)")
        return Part(table: table)
    }

    private func add(_ rows: [[MySQLValue]], _ insert: MultiRowSQL, to part: inout Part) async throws {
        part.time += try await connection.run { connection throws(MySQLError) in
            let start = ContinuousClock.now
            for first in stride(from: 0, to: rows.count, by: Self.rowsPerInsert) {
                try connection.begin()
                // One insert, but for the last rows.
                for range in MultiRowSQL.split(first..<min(first + Self.rowsPerInsert, rows.count)) {
                    try connection.execute(insert.text(rows: range.count), rows[range].flatMap(\.self))
                }
                try connection.commit()
            }
            return ContinuousClock.now - start
        }
        part.rows += rows.count
    }

    private static func insert(_ table: String, columns: Int) throws -> MultiRowSQL {
        let marks = Array(repeating: "?", count: columns).joined(separator: ", ")
        return try MultiRowSQL(template: "INSERT INTO \(prefix)\(table) VALUES {(\(marks))}")
    }

    /// That nothing was left out.
    func check(_ parts: [Part]) async throws {
        for part in parts {
            let counts = try await connection.execute(
                "SELECT (SELECT COUNT(*) FROM \(part.table)), (SELECT COUNT(*) FROM \(Self.prefix)\(part.table))"
            ).rows.first
            guard let counts, counts[0] == counts[1], counts[1].int64 == Int64(part.rows) else {
                throw TestServerError("\(part.table): copied \(part.rows) rows, there are \(counts ?? [])")
            }
        }
    }
}
