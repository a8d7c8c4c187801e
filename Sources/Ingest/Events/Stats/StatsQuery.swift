/// What `GET /stats` asks the store for.
public struct StatsQuery: Sendable, Equatable {
    public static let defaultLimit = 10
    public static let maxLimit = 1000

    public var siteID: String
    /// Nil: all of time.
    public var range: SlotRange?
    /// Paths in the answer, 1 … `maxLimit`.
    public var limit: Int
    /// Whether users are counted one by one however many there are.
    public var wantsExactUsers: Bool

    public init(siteID: String, range: SlotRange?, limit: Int = defaultLimit, wantsExactUsers: Bool = false) {
        self.siteID = siteID
        self.range = range
        self.limit = limit
        self.wantsExactUsers = wantsExactUsers
    }
}

/// What the store has on it.
public struct StatsFigures: Sendable, Equatable {
    public var totalViews: UInt64
    public var uniqueUsers: UserCount
    /// Most viewed first; of paths with the same views the one with the smaller bytes first.
    public var topPaths: [PathViews]

    public init(totalViews: UInt64, uniqueUsers: UserCount, topPaths: [PathViews]) {
        self.totalViews = totalViews
        self.uniqueUsers = uniqueUsers
        self.topPaths = topPaths
    }
}

public struct PathViews: Sendable, Equatable {
    public var path: String
    public var views: UInt64

    public init(path: String, views: UInt64) {
        self.path = path
        self.views = views
    }
}
