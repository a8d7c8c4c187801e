public import MySQLClient

/// How the schema of a database compares with this build, read without waiting or changing anything.
public struct MySQLSchemaState: Sendable {
    private static let unknownTable: UInt32 = 1146

    /// Names of this build's migrations that have been applied, in their order.
    public let applied: [String]
    /// Names of those that have not.
    public let missing: [String]
    /// Names of those that were applied with another content.
    public let changed: [String]
    /// Numbers of applied migrations this build does not know.
    public let newer: [Int]
    /// Tables of this build that are there and visible to this user.
    public let presentTables: [String]

    public static func read(_ session: MySQLSession) throws(MySQLError) -> MySQLSchemaState {
        var checksums: [Int: String] = [:]
        do throws(MySQLError) {
            for row in try session.execute("SELECT number, checksum FROM schema_migrations").rows {
                if let number = row[0].int64, let checksum = row[1].string { checksums[Int(number)] = checksum }
            }
        } catch {
            guard error.number == unknownTable else { throw error }
        }
        let rows = try session.execute(
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
        ).rows
        let visible = Set(rows.compactMap { $0.first?.string })
        let known = Set(Migration.all.map(\.number))
        return MySQLSchemaState(
            applied: Migration.all.filter { checksums[$0.number] != nil }.map(\.name),
            missing: Migration.all.filter { checksums[$0.number] == nil }.map(\.name),
            changed: Migration.all.filter {
                checksums[$0.number].map { [checksum = $0.checksum] in $0 != checksum } ?? false
            }
            .map(\.name),
            newer: checksums.keys.filter { !known.contains($0) }.sorted(),
            presentTables: tables.filter { visible.contains($0) }
        )
    }

    /// Every table the migrations make.
    private static let tables: [String] = Migration.all.flatMap(\.statements).compactMap { statement in
        let words = statement.split { $0 == " " || $0 == "\n" }
        guard words.starts(with: ["CREATE", "TABLE", "IF", "NOT", "EXISTS"]), words.count > 5 else { return nil }
        return String(words[5])
    }
}
