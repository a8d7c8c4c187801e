import Logging
import MySQLClient
import TestServers
import Testing

@Suite struct MySQLPoolTests {
    /// Holds a named lock of the server, so that a call that asks for it stays in the server until the lock is let go.
    private func holdLock(_ database: TestDatabase) async throws -> (MySQLConnection, name: String) {
        let name = TestServers.freshDatabaseName()
        let holder = try await MySQLConnection.connect(database.configuration)
        try await holder.execute("SELECT GET_LOCK(?, 0)", [.string(name)])
        return (holder, name)
    }

    private func blockedCall(_ database: TestDatabase, _ lock: String) -> Task<Void, any Error> {
        Task {
            try await database.pool.withConnection("blocked") { connection throws(MySQLError) in
                try connection.execute("SELECT GET_LOCK(?, 25)", [.string(lock)])
                try connection.execute("SELECT RELEASE_LOCK(?)", [.string(lock)])
            }
        }
    }

    @Test func neverMoreConnectionsThanItsSize() async throws {
        let database = try await TestDatabase.make(size: 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<60 {
                group.addTask { try await database.execute("SELECT SLEEP(0.002)") }
            }
            try await group.waitForAll()
        }
        #expect(database.pool.usage.open <= 3)
        #expect(database.pool.usage.idle == database.pool.usage.open)
        let connections = try await database.execute(
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()"
        )
        #expect(connections.rows[0][0].int64 ?? 99 <= 3)
    }

    @Test func aCallerWaitsForALimitedTime() async throws {
        let database = try await TestDatabase.make(size: 1) { $0.acquireTimeout = .milliseconds(50) }
        let (holder, lock) = try await holdLock(database)
        let blocked = blockedCall(database, lock)
        try await eventually { database.pool.usage.open == 1 && database.pool.usage.idle == 0 }
        let error = await #expect(throws: MySQLError.self) { try await database.execute("SELECT 1") }
        #expect(error?.code == .poolTimedOut)
        #expect(database.pool.usage.waiting == 0)
        try await holder.execute("SELECT RELEASE_LOCK(?)", [.string(lock)])
        try await blocked.value
        try await database.execute("SELECT 1")
    }

    @Test func waitersAreServedInTurnCancelledAndBounded() async throws {
        let database = try await TestDatabase.make(size: 1) { configuration in
            configuration.acquireTimeout = .seconds(20)
            configuration.maxWaiters = 2
        }
        let (holder, lock) = try await holdLock(database)
        let blocked = blockedCall(database, lock)
        try await eventually { database.pool.usage.open == 1 && database.pool.usage.idle == 0 }
        let cancelled = Task { try await database.execute("SELECT 1") }
        try await eventually { database.pool.usage.waiting == 1 }
        let served = Task { try await database.execute("SELECT 2") }
        try await eventually { database.pool.usage.waiting == 2 }
        let refused = await #expect(throws: MySQLError.self) { try await database.execute("SELECT 3") }
        #expect(refused?.code == .poolFull)

        cancelled.cancel()
        let error = await #expect(throws: MySQLError.self) { try await cancelled.value }
        #expect(error?.code == .cancelled)
        try await holder.execute("SELECT RELEASE_LOCK(?)", [.string(lock)])
        try await blocked.value
        #expect(try await served.value.rows == [[.int(2)]])
    }

    @Test func anIdleConnectionTheServerClosedIsReplaced() async throws {
        let database = try await TestDatabase.make(size: 1)
        let id = try await database.execute("SELECT CONNECTION_ID()").rows[0][0]
        let killer = try await MySQLConnection.connect(database.configuration)
        try await killer.executeText("KILL \(id.uint64 ?? 0)")
        try await eventually(description: "the connection is gone") {
            let left = try await killer.execute(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = ?", [id]
            )
            return left.rows[0][0] == .int(0)
        }
        let next = try await database.execute("SELECT CONNECTION_ID()").rows[0][0]
        #expect(next != id)
    }

    @Test func aConnectionLostInACallIsThrownAway() async throws {
        let database = try await TestDatabase.make(size: 1)
        let (holder, lock) = try await holdLock(database)
        let blocked = blockedCall(database, lock)
        try await eventually(description: "the call is in the server") {
            let rows = try await holder.execute(
                "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE = 'User lock' AND DB = DATABASE()"
            ).rows
            guard let id = rows.first?[0].uint64 else { return false }
            try await holder.executeText("KILL \(id)")
            return true
        }
        let error = await #expect(throws: MySQLError.self) { try await blocked.value }
        #expect(error?.isConnectionBroken == true)
        #expect(database.pool.usage.open == 0)
        try await database.execute("SELECT 1")
    }

    @Test func afterShutDownNobodyIsServed() async throws {
        let database = try await TestDatabase.make(size: 1)
        try await database.execute("SELECT 1")
        await database.pool.shutDown()
        let error = await #expect(throws: MySQLError.self) { try await database.execute("SELECT 1") }
        #expect(error?.code == .closed)
        #expect(database.pool.usage.open == 0)
    }
}
