import Fingerprint
import Ingest
import MySQLClient

/// What the counts have to be: a fold over all stored events, row by row; and what they are.
struct EventFold: Equatable {
    struct Slot: Hashable {
        var site: String
        var width: Int64
        var slot: Int64
    }

    struct Counts: Equatable {
        var events: Int64 = 0
        var views: Int64 = 0
        var users: Int64 = 0
    }

    struct PathSlot: Hashable {
        var slot: Slot
        var path: String
    }

    struct UserDay: Hashable {
        var site: String
        var day: Int64
        var user: Digest16
    }

    struct Event {
        var site: String
        var isView: Bool
        var seconds: Int64
        var path: String?
        var user: String?
    }

    var stats: [Slot: Counts] = [:]
    var paths: [PathSlot: Int64] = [:]
    var users: [UserDay: [Int64]] = [:]

    static func events(_ fixture: MySQLFixture) async throws -> [Event] {
        let sql = "SELECT CAST(site_id AS BINARY), event_type, occurred_at, path, user_id FROM events"
        return try await fixture.execute(sql).rows.map { row in
            Event(
                site: row[0].string ?? "", isView: ["page_view", "view"].contains(row[1].string),
                seconds: (row[2].dateTimeMilliseconds ?? 0) / 1_000, path: row[3].string, user: row[4].string)
        }
    }

    /// Folds the rows of `events`.
    init(of fixture: MySQLFixture) async throws {
        let fingerprinter = try Fingerprinter()
        for event in try await Self.events(fixture) {
            for width: Int64 in [0, 60, 900, 86_400] {
                let slot = Slot(site: event.site, width: width, slot: width == 0 ? 0 : event.seconds / width)
                stats[slot, default: Counts()].events += 1
                guard event.isView else { continue }
                stats[slot, default: Counts()].views += 1
                if let path = event.path, width != 60 { paths[PathSlot(slot: slot, path: path), default: 0] += 1 }
            }
            guard let user = event.user else { continue }
            let key = Array(user.utf8).withUnsafeBytes { fingerprinter.digest16(domain: "event-user", nil, $0) }
            let (day, quarter) = (event.seconds / 86_400, event.seconds % 86_400 / 900)
            let today = UserDay(site: event.site, day: day, user: key)
            if let seen = users[today] {
                users[today] = [min(seen[0], quarter), max(seen[1], quarter)]
            } else {
                users[today] = [quarter, quarter]
                stats[Slot(site: event.site, width: 86_400, slot: day), default: Counts()].users += 1
            }
            let ever = UserDay(site: event.site, day: -1, user: key)
            if users.updateValue([0, 0], forKey: ever) == nil {
                stats[Slot(site: event.site, width: 0, slot: 0), default: Counts()].users += 1
            }
        }
    }

    /// Reads the tables of counts.
    init(storedIn fixture: MySQLFixture) async throws {
        func slot(_ row: [MySQLValue]) -> Slot {
            Slot(site: row[0].string ?? "", width: row[1].int64 ?? -1, slot: row[2].int64 ?? -1)
        }
        for row in try await fixture.execute("SELECT * FROM event_stats").rows {
            stats[slot(row)] = Counts(events: row[3].int64 ?? -1, views: row[4].int64 ?? -1, users: row[5].int64 ?? -1)
        }
        let named = """
            SELECT p.site_id, p.width_seconds, p.slot, n.path, p.views \
            FROM event_paths p LEFT JOIN event_path_names n ON n.path_key = p.path_key
            """
        for row in try await fixture.execute(named).rows {
            paths[PathSlot(slot: slot(row), path: row[3].string ?? "no name")] = row[4].int64
        }
        let seen = "SELECT site_id, day, user_key, first_slot, last_slot FROM event_users"
        for row in try await fixture.execute(seen).rows {
            guard let user = row[2].byteArray.flatMap(Digest16.init(bytes:)) else { continue }
            let key = UserDay(site: row[0].string ?? "", day: row[1].int64 ?? -2, user: user)
            users[key] = [row[3].int64 ?? -1, row[4].int64 ?? -1]
        }
    }
}
