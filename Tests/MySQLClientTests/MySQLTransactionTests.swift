import MySQLClient
import Testing

@Suite struct MySQLTransactionTests {
    private struct Refusal: MySQLErrorConvertible, Equatable {
        var number: UInt32

        init(number: UInt32) {
            self.number = number
        }

        init(mysql error: MySQLError) {
            number = error.number
        }
    }

    private func makeTable() async throws -> TestDatabase {
        let database = try await TestDatabase.make(size: 2)
        try await database.execute("CREATE TABLE t (a INT PRIMARY KEY)")
        return database
    }

    private func stored(_ database: TestDatabase) async throws -> [Int64?] {
        try await database.execute("SELECT a FROM t ORDER BY a").rows.map { $0[0].int64 }
    }

    @Test func commitsWhenTheBodyReturns() async throws {
        let database = try await makeTable()
        try await database.pool.withTransaction("test") { connection throws(MySQLError) in
            for number in 1...3 {
                try connection.execute("INSERT INTO t VALUES (?)", [.int(Int64(number))])
            }
        }
        #expect(try await stored(database) == [1, 2, 3])
    }

    @Test func rollsBackAndRethrowsTheCallersError() async throws {
        let database = try await makeTable()
        let error = await #expect(throws: Refusal.self) {
            try await database.pool.withTransaction("test") { connection throws(Refusal) in
                do throws(MySQLError) {
                    try connection.execute("INSERT INTO t VALUES (1)")
                } catch {
                    throw Refusal(mysql: error)
                }
                throw Refusal(number: 42)
            }
        }
        #expect(error == Refusal(number: 42))
        #expect(try await stored(database) == [])
        #expect(database.pool.usage.open == 1)
    }

    @Test func aTransactionLeftOpenIsRolledBack() async throws {
        let database = try await makeTable()
        try await database.pool.withConnection("test") { connection throws(MySQLError) in
            try connection.begin()
            try connection.execute("INSERT INTO t VALUES (1)")
        }
        #expect(try await stored(database) == [])
    }

    @Test func savepointsUndoAPart() async throws {
        let database = try await makeTable()
        try await database.pool.withTransaction("test") { connection throws(MySQLError) in
            try connection.execute("INSERT INTO t VALUES (1)")
            try connection.savepoint("part")
            try connection.execute("INSERT INTO t VALUES (2)")
            try connection.rollback(to: "part")
            try connection.execute("INSERT INTO t VALUES (3)")
            try connection.release(savepoint: "part")
        }
        #expect(try await stored(database) == [1, 3])
    }

    @Test func aSnapshotSeesOneMomentAndRefusesToWrite() async throws {
        let database = try await makeTable()
        let writer = try await MySQLConnection.connect(database.configuration)
        let reader = try await MySQLConnection.connect(database.configuration)
        try await reader.beginSnapshot()
        try await writer.execute("INSERT INTO t VALUES (1)")
        #expect(try await reader.execute("SELECT a FROM t").rows.isEmpty)
        await #expect(throws: MySQLError.self) { try await reader.execute("INSERT INTO t VALUES (2)") }
        try await reader.commit()
        #expect(try await reader.execute("SELECT a FROM t").rows.count == 1)
        #expect(
            try await reader.execute("SELECT @@tx_isolation").rows[0][0].string == "READ-COMMITTED"
        )
    }

    @Test func theObserverIsToldHowItWent() async throws {
        let seen = Observations()
        let database = try await TestDatabase.make(size: 1) { configuration in
            configuration.observer = { operation, _, succeeded in seen.add(operation, succeeded) }
        }
        try await database.pool.withTransaction("good") { _ throws(MySQLError) in }
        _ = try? await database.pool.withConnection("bad") { connection throws(MySQLError) in
            try connection.execute("SELECT * FROM nowhere")
        }
        #expect(seen.all == ["connect true", "good true", "bad false"])
    }
}
