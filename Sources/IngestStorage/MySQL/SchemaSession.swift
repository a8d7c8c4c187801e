import Ingest
import MySQLClient

/// What the migrator does on one connection.
struct SchemaSession {
    private static let unknownTable: UInt32 = 1146
    /// ER_DUP_FIELDNAME, ER_DUP_KEYNAME, ER_CANT_DROP_FIELD_OR_KEY: this ALTER TABLE has been done. One statement is done as a whole or
    /// not at all.
    private static let alreadyAltered: Set<UInt32> = [1060, 1061, 1091]

    private let session: MySQLSession

    init(_ session: MySQLSession) {
        self.session = session
    }

    // The name of a lock is one for the whole server, and at most 64 characters long: the database has to be in it.
    private static let lockName = "CONCAT('error-ingest:', LEFT(SHA2(DATABASE(), 256), 40))"

    /// Holds the server's named lock while `body` runs; the server lets go of it when the connection ends.
    func withLock(_ seconds: Int64, _ body: (SchemaSession) throws(StoreFailure) -> Void) throws(StoreFailure) {
        let got = try execute("SELECT GET_LOCK(\(Self.lockName), ?)", [.int(seconds)]).rows.first?.first?.int64
        guard got == 1 else {
            throw StoreFailure(.unavailable, "another process has been changing the schema for \(seconds) s")
        }
        defer { _ = try? execute("SELECT RELEASE_LOCK(\(Self.lockName))", []) }
        try body(self)
    }

    func createRecord() throws(StoreFailure) {
        _ = try text(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
              number INT UNSIGNED NOT NULL PRIMARY KEY,
              name VARCHAR(255) NOT NULL,
              checksum CHAR(16) CHARACTER SET ascii NOT NULL,
              applied_at DATETIME(3) NOT NULL
            ) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """
        )
    }

    /// The checksums of the applied migrations by number; empty when there is no schema yet.
    func applied() throws(StoreFailure) -> [Int: String] {
        do throws(MySQLError) {
            var applied: [Int: String] = [:]
            for row in try session.execute("SELECT number, checksum FROM schema_migrations").rows {
                if let number = row[0].int64, let checksum = row[1].string { applied[Int(number)] = checksum }
            }
            return applied
        } catch {
            if error.number == Self.unknownTable { return [:] }
            throw StoreFailure(mysql: error)
        }
    }

    func apply(_ migration: Migration) throws(StoreFailure) {
        for statement in migration.statements { try run(statement) }
        if migration.number == ListBackfill.migration { try ListBackfill(session: session).run() }
        _ = try execute(
            "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, UTC_TIMESTAMP(3))",
            [.int(Int64(migration.number)), .string(migration.name), .string(migration.checksum)]
        )
    }

    private func run(_ statement: String) throws(StoreFailure) {
        do throws(MySQLError) {
            try session.executeText(statement)
        } catch {
            if statement.hasPrefix("ALTER TABLE"), Self.alreadyAltered.contains(error.number) { return }
            throw StoreFailure(mysql: error)
        }
    }

    private func execute(_ sql: String, _ values: [MySQLValue]) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.execute(sql, values)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }

    private func text(_ sql: String) throws(StoreFailure) -> MySQLOutcome {
        do throws(MySQLError) {
            return try session.executeText(sql)
        } catch {
            throw StoreFailure(mysql: error)
        }
    }
}
