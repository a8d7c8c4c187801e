/// Whether the server keeps what it has committed, by its own settings.
public enum MySQLDurability: Sendable, Hashable {
    case assured
    /// Each reason names the setting, its value and the remedy.
    case degraded([String])
    /// The settings could not be read.
    case unknown(String)
}

extension MySQLDurability {
    /// The packet a batch of the largest records needs room for.
    public static let minimumPacketBytes: UInt64 = 4 << 20

    /// Reads the settings that decide whether a commit survives a crash of the machine, and those a writer depends on.
    public static func assess(_ session: MySQLSession) throws(MySQLError) -> MySQLDurability {
        let engine = try session.executeText(
            "SELECT SUPPORT FROM information_schema.ENGINES WHERE ENGINE = 'InnoDB'"
        ).rows.first?.first?.string
        let settings = try session.executeText(
            """
            SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin', \
            'binlog_format', 'max_allowed_packet', 'innodb_doublewrite')
            """
        ).rows
        var values: [String: String] = [:]
        for row in settings where row.count >= 2 {
            values[row[0].string ?? ""] = row[1].string ?? ""
        }
        return judge(engineSupport: engine, settings: values)
    }

    /// The rules themselves, over names and values as the server shows them.
    package static func judge(engineSupport: String?, settings: [String: String]) -> MySQLDurability {
        var reasons: [String] = []
        if engineSupport != "YES" && engineSupport != "DEFAULT" {
            reasons.append("InnoDB is not available; enable it")
        }
        func require(_ name: String, _ wanted: String, _ remedy: String) {
            guard let value = settings[name], value != wanted else { return }
            reasons.append("\(name) is \(value); \(remedy)")
        }
        guard settings["innodb_flush_log_at_trx_commit"] != nil, let packet = settings["max_allowed_packet"] else {
            return .unknown("the server doesn't show its settings")
        }
        require("innodb_flush_log_at_trx_commit", "1", "set it to 1: commits of the last second may be lost otherwise")
        if settings["innodb_doublewrite"] == "OFF" {
            reasons.append("innodb_doublewrite is OFF; turn it on: a torn page can't be repaired otherwise")
        }
        if settings["log_bin"] == "ON" {
            require("sync_binlog", "1", "set it to 1: the binary log may lack commits after a crash otherwise")
            if settings["binlog_format"] == "STATEMENT" {
                reasons.append("binlog_format is STATEMENT; set MIXED or ROW: READ COMMITTED can't write with it")
            }
        }
        if UInt64(packet) ?? 0 < minimumPacketBytes {
            reasons.append("max_allowed_packet is \(packet); set at least \(minimumPacketBytes)")
        }
        return reasons.isEmpty ? .assured : .degraded(reasons)
    }
}
