import MySQLClient
import TestServers
import Testing

@Suite struct MySQLConnectionTests {
    @Test func theSessionIsSetUp() async throws {
        let database = try await TestDatabase.make(size: 1)
        let row = try await database.execute(
            """
            SELECT @@sql_mode, @@time_zone, @@tx_isolation, @@max_error_count, @@character_set_client, @@autocommit, \
            @@innodb_lock_wait_timeout, @@max_statement_time
            """
        ).rows[0]
        #expect(row[0].string?.contains("STRICT_ALL_TABLES") == true)
        #expect(row[1].string == "+00:00")
        #expect(row[2].string == "READ-COMMITTED")
        #expect(row[3].uint64 == 65_535)
        #expect(row[4].string == "utf8mb4")
        #expect(row[5].uint64 == 1)
        #expect(row[6].uint64 == 15)
        #expect(row[7] == .double(27))
    }

    @Test func severalStatementsInOneAndLocalFilesAreRefused() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (a TEXT)")
        await #expect(throws: MySQLError.self) { try await database.execute("SELECT 1; SELECT 2") }
        await #expect(throws: MySQLError.self) {
            try await database.pool.withConnection("test") { connection throws(MySQLError) in
                try connection.executeText("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t")
            }
        }
        #expect(try await database.execute("SELECT COUNT(*) FROM t").rows == [[.int(0)]])
    }

    @Test func allWarningsAreListed() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (a INT PRIMARY KEY, b VARCHAR(3))")
        let codes = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            let rows = try MultiRowSQL(template: "INSERT IGNORE INTO t VALUES {(?, ?)}")
            let sql = rows.text(rows: 128)
            let values = (0..<128).flatMap { [MySQLValue.int($0), .string("ok")] }
            try connection.execute(sql, values)
            var again = values
            again[254] = .int(1_000)
            again[255] = .string("too long")
            let outcome = try connection.execute(sql, again)
            let warnings = try connection.warnings()
            return (outcome.affectedRows, outcome.warningCount, warnings.map(\.code))
        }
        #expect(codes.0 == 1)
        #expect(codes.1 == 128)
        #expect(codes.2.filter { $0 == 1062 }.count == 127)
        #expect(codes.2.filter { $0 == 1265 }.count == 1)
    }

    @Test func statementsAreKeptUpToABound() async throws {
        let database = try await TestDatabase.make(size: 1) { $0.statementCacheSize = 3 }
        let counts = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            for number in 0..<10 {
                try connection.execute("SELECT \(number) + ?", [.int(1)])
                try connection.execute("SELECT 0 + ?", [.int(1)])
            }
            let status = try connection.executeText("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'")
            let closed = try connection.executeText("SHOW SESSION STATUS LIKE 'Com_stmt_close'")
            return (connection.session.preparedStatementCount, status.rows[0][1].string, closed.rows[0][1].string)
        }
        #expect(counts.0 == 3)
        #expect(counts.1 == "10")
        #expect(counts.2 == "7")
    }

    @Test func tooManyRowsAreRefusedAndTheConnectionStaysInStep() async throws {
        let database = try await TestDatabase.make(size: 1)
        let outcome = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            let codes = [
                Self.code { () throws(MySQLError) in
                    try connection.execute("SELECT seq FROM seq_1_to_1000", rowLimit: 999)
                },
                Self.code { () throws(MySQLError) in
                    try connection.executeText("SELECT seq FROM seq_1_to_1000", rowLimit: 999)
                },
            ]
            let rows = try connection.execute("SELECT seq FROM seq_1_to_1000", rowLimit: 1_000).rows.count
            return (codes, rows)
        }
        #expect(outcome.0 == [.tooManyRows, .tooManyRows])
        #expect(outcome.1 == 1_000)
    }

    private static func code(_ body: () throws(MySQLError) -> MySQLOutcome) -> MySQLError.Code? {
        do throws(MySQLError) {
            _ = try body()
            return nil
        } catch {
            return error.code
        }
    }

    @Test func aWrongNumberOfParametersIsRefused() async throws {
        let database = try await TestDatabase.make(size: 1)
        let error = await #expect(throws: MySQLError.self) { try await database.execute("SELECT ?, ?", [.int(1)]) }
        #expect(error?.code == .misuse)
    }

    @Test func serverErrorsCarryTheirNumber() async throws {
        let database = try await TestDatabase.make(size: 1)
        let error = await #expect(throws: MySQLError.self) { try await database.execute("SELECT * FROM nowhere") }
        #expect(error?.code == .server)
        #expect(error?.number == 1146)
        #expect(error?.sqlState == "42S02")
        #expect(error?.isConnectionBroken == false)
    }

    @Test func aChangedColumnIsNoticedByAPreparedStatement() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (a INT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        #expect(try await database.execute("SELECT a FROM t").rows == [[.int(1)]])
        try await database.execute("ALTER TABLE t MODIFY a VARCHAR(10), ADD COLUMN b INT NOT NULL DEFAULT 2")
        #expect(try await database.execute("SELECT a FROM t").rows == [[.string("1")]])
    }

    /// The library refuses a prepared `SELECT *` that has got another number of columns (2057).
    @Test func aChangedNumberOfColumnsCostsTheConnection() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("CREATE TABLE t (a INT)")
        try await database.execute("INSERT INTO t VALUES (1)")
        #expect(try await database.execute("SELECT * FROM t").rows == [[.int(1)]])
        try await database.execute("ALTER TABLE t ADD COLUMN b VARCHAR(10) NOT NULL DEFAULT 'new'")
        let error = await #expect(throws: MySQLError.self) { try await database.execute("SELECT * FROM t") }
        #expect(error?.isConnectionBroken == true)
        #expect(try await database.execute("SELECT * FROM t").rows == [[.int(1), .string("new")]])
    }

    @Test(arguments: [
        ("mysql://nobody:hunter2@/test", UInt32(1045)), ("mysql://root@/missing", 1049),
    ])
    func refusedConnectionsSayWhyAndHideThePassword(url: String, number: UInt32) async throws {
        let server = try await TestServers.mariadb()
        let endpoint = try MySQLEndpoint(url: url + "?socket=" + server.socketPath)
        let error = await #expect(throws: MySQLError.self) {
            _ = try await MySQLConnection.connect(MySQLConfiguration(endpoint: endpoint))
        }
        #expect(error?.code == .connectFailed)
        #expect(error?.number == number)
        #expect(error?.message.contains("socket=") == true)
        #expect(error?.message.contains("hunter2") == false)
    }

    @Test func aClosedConnectionRefuses() async throws {
        let database = try await TestDatabase.make(size: 1)
        let connection = try await MySQLConnection.connect(database.configuration)
        await connection.close()
        await connection.close()
        let error = await #expect(throws: MySQLError.self) { try await connection.execute("SELECT 1") }
        #expect(error?.code == .closed)
    }

    @Test func blockedCallsLeaveTheCooperativePoolFree() async throws {
        let blocked = 8
        let database = try await TestDatabase.make(size: blocked + 1)
        let name = TestServers.freshDatabaseName()
        let holder = try await MySQLConnection.connect(database.configuration)
        try await holder.execute("SELECT GET_LOCK(?, 0)", [.string(name)])
        try await withThrowingTaskGroup(of: MySQLValue.self) { group in
            for _ in 0..<blocked {
                group.addTask {
                    try await database.pool.withConnection("test") { connection throws(MySQLError) in
                        let got = try connection.execute("SELECT GET_LOCK(?, 25)", [.string(name)]).rows[0][0]
                        try connection.execute("SELECT RELEASE_LOCK(?)", [.string(name)])
                        return got
                    }
                }
            }
            // More callers than the machine has cores are in the server now, and this task still runs.
            try await eventually(description: "all wait for the lock") {
                let waiting = try await database.execute(
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User lock' AND DB = DATABASE()"
                )
                return waiting.rows[0][0] == .int(Int64(blocked))
            }
            try await holder.execute("SELECT RELEASE_LOCK(?)", [.string(name)])
            for try await got in group {
                #expect(got == .int(1))
            }
        }
    }
}
