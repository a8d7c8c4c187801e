import Logging
import MySQLClient
import TestServers
import Testing

/// Tests that stop and stall a server of their own.
@Suite struct MySQLServerLossTests {
    private func makePool(_ server: TestMariaDB) throws -> MySQLPool {
        var configuration = MySQLConfiguration(endpoint: try MySQLEndpoint(url: server.url()))
        configuration.connectTimeout = .seconds(1)
        configuration.readTimeout = .seconds(1)
        return MySQLPool(configuration: configuration, size: 2, logger: Logger(label: "test"))
    }

    private func ask(_ pool: MySQLPool) async throws(MySQLError) {
        try await pool.withConnection("test") { connection throws(MySQLError) in
            _ = try connection.execute("SELECT 1")
        }
    }

    @Test func comesBackAfterTheServerWasAway() async throws {
        let server = try await TestMariaDB.start()
        let pool = try makePool(server)
        try await ask(pool)
        await server.kill()
        let error = await #expect(throws: MySQLError.self) { try await ask(pool) }
        #expect(error?.code == .connectFailed)
        try await server.start()
        try await ask(pool)
        await pool.shutDown()
        await server.stop()
    }

    @Test func aStalledServerIsGivenUpWithinTheTimeLimits() async throws {
        let server = try await TestMariaDB.start()
        let pool = try makePool(server)
        try await ask(pool)
        server.suspend()
        let clock = ContinuousClock()
        // A call may still be answered: the signal takes a moment to reach every thread of the server.
        var lost: MySQLError?
        let reading = try await clock.measure {
            try await eventually(description: "a call fails") {
                do throws(MySQLError) { try await ask(pool) } catch { lost = error }
                return lost != nil
            }
        }
        #expect(lost?.code == .connectionLost)
        #expect(reading < .seconds(8))
        var refused: MySQLError?
        let connecting = await clock.measure {
            refused = await #expect(throws: MySQLError.self) { try await ask(pool) }
        }
        #expect(refused?.code == .connectFailed)
        #expect(connecting < .seconds(8))
        server.resume()
        try await eventually { (try? await ask(pool)) != nil }
        await pool.shutDown()
        await server.stop()
    }

    @Test func durabilityIsReadFromTheServer() async throws {
        let server = try await TestMariaDB.start(
            arguments: ["--innodb-flush-log-at-trx-commit=2", "--max-allowed-packet=1M"], port: true
        )
        let pool = try makePool(server)
        let durability = try await pool.withConnection("test") { connection throws(MySQLError) in
            try MySQLDurability.assess(connection.session)
        }
        guard case .degraded(let reasons) = durability else {
            Issue.record("not degraded: \(durability)")
            return
        }
        #expect(pool.durability == durability)
        #expect(reasons.count == 2)
        #expect(reasons.contains { $0.contains("innodb_flush_log_at_trx_commit is 2") })
        #expect(reasons.contains { $0.contains("max_allowed_packet is 1048576") })

        // TLS that the server doesn't offer is a refusal, never a plain connection.
        let endpoint = try MySQLEndpoint(url: "mysql://root@127.0.0.1:\(server.port ?? 0)/test?tls=on")
        let error = await #expect(throws: MySQLError.self) {
            _ = try await MySQLConnection.connect(MySQLConfiguration(endpoint: endpoint))
        }
        #expect(error?.code == .connectFailed)
        #expect(error?.number == 2026)
        await pool.shutDown()
        await server.stop()
    }
}
