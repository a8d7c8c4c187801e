import Fingerprint
import Ingest

/// What a batch of events adds to the counts: folded in memory from the rows that were stored just now, and from no others. Everything is
/// in the order of the primary keys.
struct EventRollup {
    /// `event_users.day` of what was ever seen.
    static let everDay: Int16 = -1
    /// Made once: `allCases` is a new array each time.
    private static let widths = StatsWidth.allCases

    let sites: EventSites
    private(set) var stats: [Stat] = []
    let paths: [PathViews]
    let names: [PathName]
    let users: [UserSeen]

    init(_ events: [KeyedEvent], _ fingerprinter: Fingerprinter) {
        let sites = EventSites(of: events, fingerprinter)
        // In the order of time the slots of each width follow one another.
        let moments = events.indices.map { index in
            Moment(site: sites.indexes[index], milliseconds: events[index].record.occurredMilliseconds, event: index)
        }.sorted()
        var stats: [Stat] = []
        var paths: [PathViews] = []
        stats.reserveCapacity(moments.count * Self.widths.count)
        paths.reserveCapacity(moments.count * Self.widths.count)
        for width in Self.widths {
            for moment in moments {
                // Counts by minute are kept for two days: those of older events would be deleted unread.
                if width == .minute, events[moment.event].age_ms > RetentionRules.eventMinutes_ms { continue }
                let slot = Slot(site: moment.site, width: width, slot: width.slot(ofMilliseconds: moment.milliseconds))
                stats.append(Stat(key: slot, events: 1, views: events[moment.event].isView ? 1 : 0))
                if let path = events[moment.event].path, width != .minute {
                    paths.append(PathViews(key: PathSlot(slot: slot, path: path), views: 1, event: moment.event))
                }
            }
        }
        paths = paths.merged()
        self.sites = sites
        self.stats = stats.merged()
        self.paths = paths
        names = paths.filter { $0.key.slot.width == .ever }
            .map { PathName(key: $0.key.path, event: $0.event) }.merged()
        users = moments.compactMap { moment in
            events[moment.event].user.map { UserSeen(site: moment.site, user: $0, atMilliseconds: moment.milliseconds) }
        }.merged()
    }

    /// Counts users that were not there before.
    mutating func add(newUsers: [UserDay]) {
        stats = (stats + newUsers.map { Stat(key: $0.slot, users: 1) }).merged()
    }

    /// When an event happened.
    private struct Moment: Comparable {
        let site: Int
        let milliseconds: Int64
        /// Its index.
        let event: Int

        static func < (one: Moment, other: Moment) -> Bool {
            one.site == other.site ? one.milliseconds < other.milliseconds : one.site < other.site
        }
    }
}

// MARK: - Keys

extension EventRollup {
    /// A slot of a site.
    struct Slot: Comparable {
        /// Its index in `sites`.
        let site: Int
        let width: StatsWidth
        let slot: Int

        static func < (one: Slot, other: Slot) -> Bool {
            if one.site != other.site { return one.site < other.site }
            return one.width == other.width ? one.slot < other.slot : one.width.rawValue < other.width.rawValue
        }
    }

    struct PathSlot: Comparable {
        let slot: Slot
        let path: Digest16

        static func < (one: PathSlot, other: PathSlot) -> Bool {
            one.slot == other.slot ? one.path < other.path : one.slot < other.slot
        }
    }

    /// A user of a site on a UTC day, or ever.
    struct UserDay: Comparable {
        let site: Int
        let day: Int16
        let user: Digest16

        var ever: UserDay { UserDay(site: site, day: EventRollup.everDay, user: user) }

        /// Where the user is counted.
        fileprivate var slot: Slot {
            day == EventRollup.everDay
                ? Slot(site: site, width: .ever, slot: 0) : Slot(site: site, width: .day, slot: Int(day))
        }

        static func < (one: UserDay, other: UserDay) -> Bool {
            if one.site != other.site { return one.site < other.site }
            return one.day == other.day ? one.user < other.user : one.day < other.day
        }
    }
}

// MARK: - Counts

extension EventRollup {
    struct Stat: Mergeable {
        let key: Slot
        var events: UInt64 = 0
        var views: UInt64 = 0
        var users: UInt64 = 0

        mutating func merge(_ other: Stat) {
            events += other.events
            views += other.views
            users += other.users
        }
    }

    struct PathViews: Mergeable {
        let key: PathSlot
        var views: UInt64
        /// The index of an event that has the path.
        let event: Int

        mutating func merge(_ other: PathViews) { views += other.views }
    }

    struct PathName: Mergeable {
        let key: Digest16
        /// The index of an event that has the path.
        let event: Int

        /// The same name.
        mutating func merge(_ other: PathName) {}
    }

    struct UserSeen: Mergeable {
        let key: UserDay
        /// In which quarter hours of the day (0 … 95) the user was seen first and last.
        private(set) var quarters: ClosedRange<UInt8>

        init(site: Int, user: Digest16, atMilliseconds milliseconds: Int64) {
            let slot = StatsWidth.quarterHour.slot(ofMilliseconds: milliseconds)
            let quarter = UInt8(slot % SlotRange.slotsPerDay)
            key = UserDay(site: site, day: Int16(clamping: slot / SlotRange.slotsPerDay), user: user)
            quarters = quarter...quarter
        }

        /// - Parameter ever: of a user that is seen for the first time.
        init(ever: UserDay) {
            key = ever
            quarters = 0...0
        }

        mutating func merge(_ other: UserSeen) {
            let first = min(quarters.lowerBound, other.quarters.lowerBound)
            quarters = first...max(quarters.upperBound, other.quarters.upperBound)
        }
    }
}
