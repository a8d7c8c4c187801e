import Glibc
import TestServers
import Testing

@Suite struct TestServersTests {
    @Test func theSharedServersAreStartedOnce() async throws {
        async let first = TestServers.redis()
        async let second = TestServers.redis()
        #expect(try await first.processID == second.processID)
        async let database = TestServers.mariadb()
        #expect(try await database.processID == TestServers.mariadb().processID)
    }

    @Test func redisSurvivesAKill() async throws {
        let redis = try await TestRedis.start(port: true)
        let before = try #require(redis.processID)
        #expect((redis.port ?? 0) > 0)
        await redis.kill()
        #expect(redis.processID == nil)
        try await redis.start()
        #expect(redis.processID != before)
        await redis.stop()
    }

    @Test func mariadbRestartsAfterSuspendAndKill() async throws {
        let mariadb = try await TestMariaDB.start()
        mariadb.suspend()
        await mariadb.kill()
        try await mariadb.restart()
        #expect(mariadb.processID != nil)
        await mariadb.stop()
    }
}
