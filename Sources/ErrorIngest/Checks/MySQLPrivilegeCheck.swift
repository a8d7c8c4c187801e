import MySQLClient

/// Whether MySQL lets this user do what the service does. Asked by EXPLAIN, which needs the privileges of the statement it explains
/// and does not run it: https://mariadb.com/kb/en/explain/
struct MySQLPrivilegeCheck {
    private static let denied: Set<UInt32> = [1044, 1142, 1143, 1227, 1370]

    let session: MySQLSession

    func run(tables: [String]) throws(MySQLError) -> [CheckFinding] {
        var findings: [CheckFinding] = []
        var refused: [String] = []
        for table in tables {
            let missing = try missing(on: table)
            if !missing.isEmpty { refused.append("\(missing.joined(separator: ", ")) on \(table)") }
        }
        if refused.isEmpty {
            findings.append(.ok("mysql.privileges", "SELECT, INSERT, UPDATE and DELETE on \(tables.count) tables"))
        } else {
            findings.append(
                .failure(
                    "mysql.privileges", .permission, "refused: " + refused.joined(separator: "; "),
                    remedy: "GRANT SELECT, INSERT, UPDATE, DELETE ON the database TO the user of MYSQL_URL"))
        }
        // As it should be where migrate, or sync, runs with an account of its own.
        let grants = try grants()
        for (name, needed, granted, who) in [
            ("mysql.migrations", ["CREATE", "ALTER", "INDEX"], grants.database, "error-ingest migrate"),
            (
                "mysql.partitions", ["LOCK TABLES", "CREATE", "ALTER", "DROP"], grants.database.union(grants.events),
                "the sync role, for the days of events,"
            ),
        ] {
            let lacking = needed.filter { !granted.contains($0) }
            if lacking.isEmpty { continue }
            findings.append(.ok(name, "this user lacks \(lacking.joined(separator: ", ")): \(who) needs another one"))
        }
        return findings
    }

    private func missing(on table: String) throws(MySQLError) -> [String] {
        guard try isPermitted("EXPLAIN SELECT 1 FROM `\(table)`") else { return ["SELECT"] }
        var missing: [String] = []
        if try !isPermitted("EXPLAIN INSERT INTO `\(table)` SELECT * FROM `\(table)`") { missing.append("INSERT") }
        if try !isPermitted("EXPLAIN DELETE FROM `\(table)` WHERE 1 = 0") { missing.append("DELETE") }
        let column = try session.execute(
            """
            SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? \
            ORDER BY ORDINAL_POSITION LIMIT 1
            """,
            [.string(table)]
        ).rows.first?.first?.string
        if let column, try !isPermitted("EXPLAIN UPDATE `\(table)` SET `\(column)` = `\(column)` WHERE 1 = 0") {
            missing.append("UPDATE")
        }
        return missing
    }

    private func isPermitted(_ statement: String) throws(MySQLError) -> Bool {
        do throws(MySQLError) {
            _ = try session.executeText(statement)
            return true
        } catch {
            if Self.denied.contains(error.number) { return false }
            throw error
        }
    }

    /// What is granted on the server or on this database, and on the table of events, which alone is altered while the service runs. What a
    /// role brings is not seen here.
    private func grants() throws(MySQLError) -> (database: Set<String>, events: Set<String>) {
        let database = try session.executeText(
            """
            SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES UNION \
            SELECT PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE DATABASE() LIKE TABLE_SCHEMA
            """
        ).rows
        let events = try session.executeText(
            """
            SELECT PRIVILEGE_TYPE FROM information_schema.TABLE_PRIVILEGES \
            WHERE DATABASE() = TABLE_SCHEMA AND TABLE_NAME = 'events'
            """
        ).rows
        return (Set(database.compactMap { $0.first?.string }), Set(events.compactMap { $0.first?.string }))
    }
}
