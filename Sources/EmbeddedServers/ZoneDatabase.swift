/// The zones of the system (Debian package tzdata), and the SQL that fills MySQL's zone tables with them.
///
/// `mariadb-tzinfo-to-sql` does the same; its package brings Perl and the client programs along.
package struct ZoneDatabase: Sendable {
    package static let systemPath = "/usr/share/zoneinfo"
    /// Of all zones and their links together; the system has 600.
    private static let maxZones = 5_000
    private static let maxFileBytes = 1 << 16
    private static let rowsPerStatement = 1_000

    /// Names of each zone, by what its clocks show: links share it.
    private let zones: [(file: ZoneFile, names: [String])]

    /// - Throws: `zonesUnavailable` when there is no zone database, or one that is compiled in another way.
    package init(path: String = systemPath) throws(EmbeddedServersError) {
        var names: [ZoneFile: [String]] = [:]
        var count = 0
        // Directories that are still to be read, below `path`.
        var pending = [""]
        while let directory = pending.popLast(), count < Self.maxZones {
            for name in FileTree.names(in: path + "/" + directory).sorted() where Self.isZoneName(name) {
                let relative = directory.isEmpty ? name : "\(directory)/\(name)"
                if FileTree.isDirectory("\(path)/\(relative)") {
                    // Deeper than any zone there is, so that no loop of links is followed.
                    if relative.utf8.count(where: { $0 == UInt8(ascii: "/") }) < 3 { pending.append(relative) }
                } else if let file = FileTree.read("\(path)/\(relative)", lastBytes: Self.maxFileBytes)
                    .flatMap(ZoneFile.init)
                {
                    names[file, default: []].append(relative)
                    count += 1
                }
            }
        }
        guard count > 0 else {
            throw EmbeddedServersError(
                .zonesUnavailable,
                "\(path) has no zone files with the data up to 2037. Install the Debian package tzdata "
                    + "(apt-get install tzdata); until then only offsets such as +02:00 are known, no names of zones."
            )
        }
        zones = names.map { (file: $0.key, names: $0.value.sorted()) }.sorted { $0.names[0] < $1.names[0] }
    }

    /// All names.
    package var names: [String] { zones.flatMap(\.names) }

    /// Fills the tables of the database `mysql` anew.
    package var sql: String {
        var kinds: [String] = []
        var transitions: [String] = []
        var names: [String] = []
        for (index, zone) in zones.enumerated() {
            let id = index + 1
            for (number, kind) in zone.file.kinds.enumerated() {
                let isDaylightSaving = kind.isDaylightSaving ? 1 : 0
                kinds.append("(\(id),\(number),\(kind.offset),\(isDaylightSaving),'\(kind.abbreviation.prefix(8))')")
            }
            for transition in zone.file.transitions {
                transitions.append("(\(id),\(transition.time),\(transition.kind))")
            }
            for name in zone.names { names.append("('\(name)',\(id))") }
        }
        let ids = (1...zones.count).map { "(\($0),'N')" }
        return """
            SET SESSION sql_log_bin = 0, sql_mode = 'STRICT_ALL_TABLES';
            TRUNCATE TABLE time_zone;
            TRUNCATE TABLE time_zone_name;
            TRUNCATE TABLE time_zone_transition;
            TRUNCATE TABLE time_zone_transition_type;

            """
                + Self.inserts("time_zone (Time_zone_id, Use_leap_seconds)", ids)
                + Self.inserts(
                    "time_zone_transition_type (Time_zone_id, Transition_type_id, `Offset`, Is_DST, Abbreviation)",
                    kinds)
                + Self.inserts("time_zone_transition (Time_zone_id, Transition_time, Transition_type_id)", transitions)
                + Self.inserts("time_zone_name (Name, Time_zone_id)", names)
    }

    private static func inserts(_ table: String, _ rows: [String]) -> String {
        stride(from: 0, to: rows.count, by: rowsPerStatement).map { start in
            let part = rows[start..<min(rows.count, start + rowsPerStatement)]
            return "INSERT INTO \(table) VALUES \(part.joined(separator: ","));\n"
        }.joined()
    }

    /// Zones begin with a capital letter; `posix` and `right` hold all of them again, and other files are no zones. Nothing that would
    /// have to be quoted in SQL.
    private static func isZoneName(_ name: String) -> Bool {
        guard let first = name.utf8.first, (0x41...0x5A).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            (0x41...0x5A).contains(byte & ~0x20) || (0x30...0x39).contains(byte) || "_+-".utf8.contains(byte)
        }
    }
}
