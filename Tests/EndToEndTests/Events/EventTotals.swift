/// What `/stats` must say of some events of one site.
struct EventTotals {
    private(set) var views = 0
    private var users: Set<Int> = []
    private var viewsByPath: [Int: Int] = [:]

    var uniqueUsers: Int { users.count }

    mutating func add(_ event: EventPlan.Event) {
        if let user = event.user { users.insert(user) }
        guard event.isView else { return }
        views += 1
        viewsByPath[event.path, default: 0] += 1
    }

    /// Most viewed first, equal ones by their bytes.
    func topPaths(_ limit: Int) -> [(path: String, views: Int)] {
        let all = viewsByPath.map { (path: EventPlan.path($0.key), views: $0.value) }
        let sorted = all.sorted { one, other in
            one.views == other.views
                ? one.path.utf8.lexicographicallyPrecedes(other.path.utf8) : one.views > other.views
        }
        return Array(sorted.prefix(limit))
    }
}

/// What must be stored and counted of some events of a plan.
struct EventExpectation {
    /// A row of `event_stats`; not of minutes, which are not kept.
    struct Slot: Hashable {
        static let widths = [900, 86_400, 0]

        var site: Int
        var width: Int
        var slot: Int
    }

    struct Counts: Hashable {
        var events = 0
        var views = 0
        /// Of days and of all time only.
        var users = 0
    }

    /// A user of a site on a day; nil for ever.
    private struct Visit: Hashable {
        var site: Int
        var user: Int
        var day: Int?
    }

    private(set) var events = 0
    private(set) var views = 0
    /// Of the numbers.
    private(set) var sum = 0
    /// Another one when a number is exchanged for another: the sum and the count could stay the same.
    private(set) var fingerprint: UInt64 = 0
    /// Of every site.
    private(set) var counts: [Slot: Counts] = [:]
    /// Of the sites looked at, over all time.
    private(set) var ever: [Int: EventTotals] = [:]
    /// Of the sites looked at, by day.
    private(set) var days: [Int: [Int: EventTotals]] = [:]

    /// - Parameters:
    ///   - numbers: of the events that were taken, each once.
    ///   - sites: whose paths are looked at.
    init(_ plan: EventPlan, _ numbers: some Sequence<Int>, sites: Set<Int>) {
        var visits: Set<Visit> = []
        for number in numbers {
            let event = plan.event(number)
            events += 1
            if event.isView { views += 1 }
            sum += number
            fingerprint ^= UInt64(number) * Self.factor
            for width in Slot.widths {
                let slot = Slot(site: event.site, width: width, slot: Self.slot(of: event, width))
                var counts = counts[slot] ?? Counts()
                counts.events += 1
                if event.isView { counts.views += 1 }
                if width != 900, let user = event.user,
                    visits.insert(Visit(site: event.site, user: user, day: width == 0 ? nil : event.day)).inserted
                {
                    counts.users += 1
                }
                self.counts[slot] = counts
            }
            guard sites.contains(event.site) else { continue }
            ever[event.site, default: EventTotals()].add(event)
            days[event.site, default: [:]][event.day, default: EventTotals()].add(event)
        }
    }

    private static func slot(of event: EventPlan.Event, _ width: Int) -> Int {
        width == 0 ? 0 : Int(event.occurred / 1_000) / width
    }

    /// The users of all slots of a width: as many rows there are in `event_users`.
    func users(width: Int) -> Int {
        counts.reduce(0) { $0 + ($1.key.width == width ? $1.value.users : 0) }
    }

    /// Prime, and small enough that a few million times it are no more than 64 bits.
    private static let factor: UInt64 = 4_294_967_291

    /// The fingerprint of all rows of `events`.
    static let fingerprintSQL = "BIT_XOR(CAST(value AS UNSIGNED) * \(factor))"
}
