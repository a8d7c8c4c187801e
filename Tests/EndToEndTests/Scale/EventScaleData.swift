import MySQLClient

/// Fills the tables of a deployment with events by SQL, and with the counts the worker would have made of them.
///
/// Many times as fast as sending them: in the order of the keys, and counted by statements that sort before they write.
struct EventScaleData {
    static let sites = 100
    static let paths = 1_000
    static let users = 10_000
    static let days = 30

    let events: Int
    /// The day after the last one with events, days since 1970 UTC.
    let endDay: Int
    let bulk: BulkLoad

    static func site(_ number: Int) -> String { "site-\(number)" }
    static func path(_ number: Int) -> String { "/section-\(number % 10)/page-\(number).html" }

    var startDay: Int { endDay - Self.days }

    func load() async throws {
        try await bulk.run([
            names("scale_paths", Self.paths, "CONCAT('/section-', seq % 10, '/page-', seq, '.html')", "event-path"),
            names("scale_users", Self.users, "CONCAT('user-', seq)", "event-user"),
            insertEvents,
            "INSERT INTO event_path_names SELECT name_key, name FROM scale_paths",
        ])
        // Two at a time, on two processors.
        async let paths: Void = bulk.run([insertPaths, sumPaths(86_400), sumPaths(0)])
        async let users: Void = bulk.run([insertUsers, insertEver] + [60, 900, 86_400, 0].map(insertStats))
        _ = try await (paths, users)
        try await bulk.run([
            "DROP TABLE scale_paths, scale_users",
            "ANALYZE TABLE events, event_stats, event_paths, event_users, event_path_names",
        ])
    }

    // MARK: - Events

    /// `Digest16` of a text: see Sources/Fingerprint/PartEncoding.swift.
    private func names(_ table: String, _ count: Int, _ name: String, _ domain: String) -> String {
        """
        CREATE TABLE \(table) (number INT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL, \
        name_key BINARY(16) NOT NULL, KEY (name)) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin \
        SELECT number, name, UNHEX(LEFT(SHA2(CONCAT(x'15', 'error-ingest.digest16', x'01', x'0000000A', '\(domain)', \
        x'00000000', UNHEX(LPAD(HEX(LENGTH(name)), 8, '0')), name), 256), 32)) AS name_key \
        FROM (SELECT seq AS number, \(name) AS name FROM seq_0_to_\(count - 1)) numbered
        """
    }

    /// One after the other through the days, each with a site, a path and a user by draws of its own. Four in five are views, nine in ten
    /// have a user.
    private var insertEvents: String {
        func draw(_ number: Int) -> String { "CONV(SUBSTR(x, \(number * 6 + 1), 6), 16, 10)" }
        return """
            INSERT INTO events (received_on, event_key, batch_token, site_id, event_type, occurred_at, received_at, event_id, path, \
            user_id, session_id) \
            SELECT DATE(moment), UNHEX(CONCAT(LPAD(HEX(UNIX_TIMESTAMP(moment) * 1000), 12, '0'), LEFT(x, 20))), 1, \
            CONCAT('site-', \(draw(0)) % \(Self.sites)), IF(\(draw(1)) % 5 = 0, 'click', 'page_view'), moment, moment, \
            CONCAT('event-', seq), p.name, IF(\(draw(4)) % 10 = 0, NULL, CONCAT('user-', \(draw(3)) % \(Self.users))), LEFT(x, 12) \
            FROM (SELECT seq, MD5(seq) AS x, \
            FROM_UNIXTIME(\(startDay) * 86400 + FLOOR(seq * \(Double(Self.days) * 86_400_000 / Double(events))) / 1000) AS moment \
            FROM seq_0_to_\(events - 1)) numbered \
            STRAIGHT_JOIN scale_paths p ON p.number = \(draw(2)) % \(Self.paths)
            """
    }

    // MARK: - Counts

    private func slot(_ width: Int) -> String {
        width == 0 ? "0" : "FLOOR(UNIX_TIMESTAMP(occurred_at) / \(width))"
    }

    /// By quarter hours.
    private var insertPaths: String {
        """
        INSERT INTO event_paths SELECT site_id, 900, \(slot(900)) AS slot, p.name_key, COUNT(*) \
        FROM events STRAIGHT_JOIN scale_paths p ON p.name = path WHERE event_type = 'page_view' \
        GROUP BY site_id, slot, p.name_key ORDER BY site_id, slot, p.name_key
        """
    }

    /// Of days or of all time, from those of quarter hours.
    private func sumPaths(_ width: Int) -> String {
        """
        INSERT INTO event_paths SELECT site_id, \(width), \(width == 0 ? "0" : "slot DIV \(width / 900)") AS wide, path_key, SUM(views) \
        FROM event_paths WHERE width_seconds = 900 GROUP BY site_id, wide, path_key ORDER BY site_id, wide, path_key
        """
    }

    private var insertUsers: String {
        let quarter = "FLOOR(UNIX_TIMESTAMP(occurred_at) % 86400 / 900)"
        return """
            INSERT INTO event_users SELECT site_id, \(slot(86_400)) AS day, u.name_key, 1, MIN(\(quarter)), MAX(\(quarter)) \
            FROM events STRAIGHT_JOIN scale_users u ON u.name = user_id \
            GROUP BY site_id, day, u.name_key ORDER BY site_id, day, u.name_key
            """
    }

    private var insertEver: String {
        """
        INSERT INTO event_users SELECT DISTINCT site_id, -1, user_key, 1, 0, 0 FROM event_users WHERE day >= 0
        """
    }

    private func insertStats(_ width: Int) -> String {
        let users =
            width == 0
            ? "(SELECT COUNT(*) FROM event_users u WHERE u.site_id = s.site_id AND u.day = -1)"
            : width == 86_400
                ? "(SELECT COUNT(*) FROM event_users u WHERE u.site_id = s.site_id AND u.day = s.slot)" : "0"
        // Minutes are kept for two days.
        let since = width == 60 ? "WHERE occurred_at >= FROM_UNIXTIME(\((endDay - 2) * 86_400))" : ""
        return """
            INSERT INTO event_stats SELECT s.site_id, \(width), s.slot, s.events, s.views, \(users) \
            FROM (SELECT CAST(site_id AS BINARY) AS site_id, \(slot(width)) AS slot, COUNT(*) AS events, \
            SUM(event_type = 'page_view') AS views FROM events \(since) GROUP BY site_id, slot) s
            """
    }
}
