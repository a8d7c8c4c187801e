import Ingest
import IngestStorage
import MySQLClient
import TestServers
import Testing

@Suite struct MySQLMigratorTests {
    private func tables(_ fixture: MySQLFixture) async throws -> [String] {
        try await fixture.execute(
            "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"
        ).rows.compactMap { $0[0].string }.sorted()
    }

    @Test func makesTheSchemaOnceHoweverManyAsk() async throws {
        let fixture = try await MySQLFixture.empty(size: 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate() }
            }
            try await group.waitForAll()
        }
        let made = try await tables(fixture)
        #expect(
            made == [
                "dead_letters", "error_details", "error_series", "error_words", "errors", "event_path_names",
                "event_paths",
                "event_stats", "event_users", "events", "facets", "forgotten_errors", "occurrences",
                "schema_migrations", "settings", "status_changes", "sync_ledger",
            ]
        )
        let engines = try await fixture.number(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND ENGINE = 'InnoDB'"
        )
        #expect(engines == 17)
        try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).waitForSchema(within: .zero)
    }

    @Test func noDeduplicatedTableHasAnAutoIncrement() async throws {
        let fixture = try await MySQLFixture.migrated()
        let counters = try await fixture.number(
            "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND EXTRA LIKE '%auto_increment%'"
        )
        #expect(counters == 0)
    }

    @Test func aCutOffMigrationIsFinished() async throws {
        let fixture = try await MySQLFixture.migrated()
        // As if the process had died after the first statement of the first migration.
        try await fixture.execute("DROP TABLE error_details")
        try await fixture.execute("DELETE FROM schema_migrations")
        try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate()
        #expect(try await tables(fixture).contains("error_details"))
    }

    /// MySQL knows no `ADD COLUMN IF NOT EXISTS`: what is there already counts as done, in an ALTER TABLE and nowhere else.
    @Test func everyMigrationCanBeRunAgain() async throws {
        let fixture = try await MySQLFixture.migrated()
        func definitions() async throws -> [String] {
            var definitions: [String] = []
            for table in try await tables(fixture) {
                let row = try await fixture.execute("SHOW CREATE TABLE \(table)").rows.first
                definitions.append(row?.last?.string ?? "")
            }
            return definitions
        }
        let before = try await definitions()
        try await fixture.execute("DELETE FROM schema_migrations")
        try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate()
        #expect(try await definitions() == before)
    }

    @Test func aNewerSchemaIsRefused() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute(
            "INSERT INTO schema_migrations SELECT 9999, 'from the future', checksum, applied_at FROM schema_migrations LIMIT 1"
        )
        let migrator = MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger)
        let migrating = await #expect(throws: StoreFailure.self) { try await migrator.migrate() }
        #expect(migrating?.code == .configuration)
        #expect(migrating?.message.contains("9999") == true)
        let waiting = await #expect(throws: StoreFailure.self) { try await migrator.waitForSchema(within: .seconds(5)) }
        #expect(waiting?.code == .configuration)
    }

    @Test func aChangedMigrationIsRefused() async throws {
        let fixture = try await MySQLFixture.migrated()
        try await fixture.execute("UPDATE schema_migrations SET checksum = REPEAT('0', CHAR_LENGTH(checksum)) LIMIT 1")
        let error = await #expect(throws: StoreFailure.self) {
            try await MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger).migrate()
        }
        #expect(error?.code == .configuration)
    }

    @Test func othersWaitForTheSchema() async throws {
        let fixture = try await MySQLFixture.empty()
        let migrator = MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger)
        let error = await #expect(throws: StoreFailure.self) {
            try await migrator.waitForSchema(within: .milliseconds(50))
        }
        #expect(error?.code == .configuration)
        async let waiting: Void = migrator.waitForSchema(within: .seconds(120))
        try await migrator.migrate()
        try await waiting
    }

    @Test func theServerMayComeLater() async throws {
        let server = try await TestMariaDB.start()
        let fixture = try await MySQLFixture.migrated(on: server)
        await server.stop()
        let migrator = MySQLMigrator(pool: fixture.pool, logger: MySQLFixture.logger)
        async let waiting: Void = migrator.waitForSchema(within: .seconds(20))
        try await server.start()
        try await waiting
        await server.stop()
    }
}
