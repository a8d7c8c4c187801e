/// The width of the steps of `GET /stats/timeseries`.
public enum StatsInterval: String, Sendable, CaseIterable { case minute, hour, day }

/// What `GET /stats/timeseries` asks for: which counts to read, and where the steps of the answer begin and end.
public struct StatsSeriesQuery: Sendable, Equatable {
    /// Steps of an answer at most.
    public static let maxSteps = 1_500
    /// Counts that are read for an answer at most: a year of quarter hours.
    public static let maxSlots = 366 * SlotRange.slotsPerDay

    public var siteID: String
    public let interval: StatsInterval
    /// The width of the counts to read.
    public let width: StatsWidth
    /// Where the steps begin, and where the last one ends: ascending slots of `width`.
    public let bounds: [Int]

    /// Steps between moments, Unix seconds: the minutes or hours of a stretch of time, or the midnights of a zone.
    /// - Parameter seconds: ascending, at least two. A moment within a slot stands for its start.
    /// - Returns: nil when there are too many.
    public init?(siteID: String, interval: StatsInterval, boundsSeconds seconds: [Int64]) {
        let width: StatsWidth =
            switch interval {
            case .minute: .minute
            case .hour: .quarterHour
            // Whole UTC days are counted, with their users.
            case .day: seconds.allSatisfy { $0 % 86_400 == 0 } ? .day : .quarterHour
            }
        let bounds = seconds.map { Int($0.dividedDown(by: Int64(width.rawValue))) }
        guard let first = bounds.first, let last = bounds.last, bounds.count > 1, bounds.count - 1 <= Self.maxSteps,
            last - first <= Self.maxSlots, zip(bounds, bounds.dropFirst()).allSatisfy(<=)
        else { return nil }
        self.siteID = siteID
        self.interval = interval
        self.width = width
        self.bounds = bounds
    }

    /// The steps of `interval` (not for days) that a stretch of time lies in, Unix seconds.
    public init?(siteID: String, interval: StatsInterval, seconds: Range<Int64>) {
        let step: Int64 = interval == .minute ? 60 : interval == .hour ? 3_600 : 86_400
        guard !seconds.isEmpty else { return nil }
        let first = seconds.lowerBound.dividedDown(by: step)
        let last = (seconds.upperBound - 1).dividedDown(by: step)
        guard last - first < Int64(Self.maxSteps) else { return nil }
        self.init(siteID: siteID, interval: interval, boundsSeconds: (first...last + 1).map { $0 * step })
    }

    /// The slots to read.
    public var slots: Range<Int> { bounds[0]..<bounds[bounds.count - 1] }

    /// Sums up counts by step; every step is there, also an empty one.
    /// - Parameter counts: of slots of `width`, in any order.
    public func steps(of counts: some Sequence<StatsCount>) -> [StatsStep] {
        var steps = bounds.dropLast().map {
            StatsStep(
                startSeconds: Int64($0) * Int64(width.rawValue), events: 0, views: 0, users: width == .day ? 0 : nil)
        }
        for count in counts where slots.contains(count.slot) {
            // The last step that begins at or before the slot.
            var (low, high) = (0, steps.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                if bounds[middle] <= count.slot { low = middle } else { high = middle }
            }
            steps[low].events += count.events
            steps[low].views += count.views
            if let users = steps[low].users { steps[low].users = users + count.users }
        }
        return steps
    }
}

/// One row of `event_stats` of a known width.
public struct StatsCount: Sendable, Equatable {
    public var slot: Int
    public var events: UInt64
    public var views: UInt64
    /// 0 where the width has no users.
    public var users: UInt64

    public init(slot: Int, events: UInt64, views: UInt64, users: UInt64 = 0) {
        self.slot = slot
        self.events = events
        self.views = views
        self.users = users
    }
}

/// One step of the answer.
public struct StatsStep: Sendable, Equatable {
    /// Unix seconds.
    public var startSeconds: Int64
    public var events: UInt64
    public var views: UInt64
    /// Distinct users, for whole UTC days only.
    public var users: UInt64?

    public init(startSeconds: Int64, events: UInt64, views: UInt64, users: UInt64? = nil) {
        self.startSeconds = startSeconds
        self.events = events
        self.views = views
        self.users = users
    }
}
