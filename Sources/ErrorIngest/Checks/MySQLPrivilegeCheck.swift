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
        let lacking = try lackingForMigrations()
        if !lacking.isEmpty {
            // As it should be where migrate runs with an account of its own.
            findings.append(
                .ok(
                    "mysql.migrations",
                    "this user lacks \(lacking.joined(separator: ", ")): error-ingest migrate needs another one"))
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

    /// Grants on the server or on this database; what a role brings is not seen here.
    private func lackingForMigrations() throws(MySQLError) -> [String] {
        let rows = try session.executeText(
            """
            SELECT PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES UNION \
            SELECT PRIVILEGE_TYPE FROM information_schema.SCHEMA_PRIVILEGES WHERE DATABASE() LIKE TABLE_SCHEMA
            """
        ).rows
        let granted = Set(rows.compactMap { $0.first?.string })
        return ["CREATE", "ALTER", "INDEX"].filter { !granted.contains($0) }
    }
}
