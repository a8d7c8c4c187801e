import Fingerprint
import Ingest

/// What a batch of events adds to the counts: folded in memory from the rows that were stored just now, and from no others.
struct EventRollup {
    /// `event_users.day` of what was ever seen.
    static let everDay: Int16 = -1
    /// Made once: `allCases` is a new array each time.
    private static let widths = StatsWidth.allCases

    /// A slot of a site, which is an index into `sites`.
    struct Slot: Hashable, Comparable {
        let site: Int
        let width: StatsWidth
        let slot: Int

        static func < (one: Slot, other: Slot) -> Bool {
            (one.site, one.width.rawValue, one.slot) < (other.site, other.width.rawValue, other.slot)
        }
    }

    struct Counts {
        var events: UInt64 = 0
        var views: UInt64 = 0
        var users: UInt64 = 0

        mutating func add(events: UInt64, views: UInt64) {
            self.events += events
            self.views += views
        }
    }

    struct PathSlot: Hashable, Comparable {
        let slot: Slot
        let path: Digest16

        static func < (one: PathSlot, other: PathSlot) -> Bool {
            (one.slot, one.path) < (other.slot, other.path)
        }
    }

    /// A user of a site on a UTC day, or ever.
    struct UserDay: Hashable, Comparable {
        let site: Int
        let day: Int16
        let user: Digest16

        var ever: UserDay { UserDay(site: site, day: EventRollup.everDay, user: user) }

        static func < (one: UserDay, other: UserDay) -> Bool {
            (one.site, one.day, one.user) < (other.site, other.day, other.user)
        }
    }

    /// The site ids in the order of their bytes: all keys below sort as the primary keys do.
    let sites: [[UInt8]]
    private(set) var stats: [Slot: Counts] = [:]
    private(set) var paths: [PathSlot: UInt64] = [:]
    private(set) var names: [Digest16: [UInt8]] = [:]
    /// In which quarter hours of the day (0 … 95) a user was seen first and last.
    private(set) var users: [UserDay: ClosedRange<UInt8>] = [:]

    init(_ events: [KeyedEvent]) {
        var sites: [[UInt8]: Int] = [:]
        for event in events { sites[event.site] = 0 }
        self.sites = sites.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for (index, site) in self.sites.enumerated() { sites[site] = index }
        for event in events { add(event, site: sites[event.site] ?? 0) }
    }

    /// Users of a slot that were not there before.
    mutating func addUsers(_ count: UInt64, to slot: Slot) {
        stats[slot, default: Counts()].users += count
    }

    private mutating func add(_ event: KeyedEvent, site: Int) {
        let milliseconds = event.record.occurredMilliseconds
        let views: UInt64 = event.record.isView ? 1 : 0
        let path = event.record.isView ? event.path : nil
        for width in Self.widths {
            // Counts by minute are kept for two days: those of older events would be deleted unread.
            if width == .minute, event.record.receivedMilliseconds - milliseconds > RetentionRules.eventMinutes_ms {
                continue
            }
            let slot = Slot(site: site, width: width, slot: width.slot(ofMilliseconds: milliseconds))
            stats[slot, default: Counts()].add(events: 1, views: views)
            if let path, width != .minute { paths[PathSlot(slot: slot, path: path.key), default: 0] += 1 }
        }
        if let path, names[path.key] == nil { names[path.key] = path.text }
        if let user = event.user {
            let slot = StatsWidth.quarterHour.slot(ofMilliseconds: milliseconds)
            let day = UserDay(site: site, day: Int16(clamping: slot / SlotRange.slotsPerDay), user: user)
            let quarter = UInt8(slot % SlotRange.slotsPerDay)
            let known = users[day] ?? quarter...quarter
            users[day] = min(known.lowerBound, quarter)...max(known.upperBound, quarter)
        }
    }
}
