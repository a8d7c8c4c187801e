import MySQLClient
import Testing

@Suite struct MySQLDurabilityTests {
    private static let good = [
        "innodb_flush_log_at_trx_commit": "1", "sync_binlog": "0", "log_bin": "OFF", "binlog_format": "MIXED",
        "max_allowed_packet": "16777216", "innodb_doublewrite": "ON",
    ]

    @Test func goodSettingsAreAssured() async throws {
        #expect(MySQLDurability.judge(engineSupport: "DEFAULT", settings: Self.good) == .assured)
        let database = try await TestDatabase.make(size: 1)
        let read = try await database.pool.withConnection("test") { connection throws(MySQLError) in
            try MySQLDurability.assess(connection.session)
        }
        #expect(read == .assured)
        #expect(database.pool.durability == .assured)
    }

    @Test(arguments: [
        (["innodb_flush_log_at_trx_commit": "0"], "innodb_flush_log_at_trx_commit is 0"),
        (["log_bin": "ON"], "sync_binlog is 0"),
        (["log_bin": "ON", "sync_binlog": "1", "binlog_format": "STATEMENT"], "binlog_format is STATEMENT"),
        (["max_allowed_packet": "1048576"], "max_allowed_packet is 1048576"),
        (["innodb_doublewrite": "OFF"], "innodb_doublewrite is OFF"),
    ])
    func eachWeakSettingIsNamed(change: [String: String], reason: String) {
        let settings = Self.good.merging(change) { _, new in new }
        guard case .degraded(let reasons) = MySQLDurability.judge(engineSupport: "YES", settings: settings) else {
            Issue.record("not degraded")
            return
        }
        #expect(reasons.count == 1)
        #expect(reasons[0].contains(reason))
    }

    @Test func missingInnoDBAndUnreadableSettings() {
        guard case .degraded = MySQLDurability.judge(engineSupport: nil, settings: Self.good) else {
            Issue.record("not degraded")
            return
        }
        guard case .unknown = MySQLDurability.judge(engineSupport: "YES", settings: [:]) else {
            Issue.record("not unknown")
            return
        }
    }
}
