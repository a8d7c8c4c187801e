/// Reads statistics from the roll-ups of the durable store.
public protocol StatsReader: Sendable {
    /// Inside one consistent snapshot: views, users and most viewed paths of a site in a stretch of time. All 0 for a site nobody has
    /// heard of. Users are exact for one UTC day and for all of time, and where `UserSample` reads everybody; else an estimate.
    func figures(_ query: StatsQuery) async throws(StoreFailure) -> StatsFigures

    /// The counts of a site by step: the slots of `query.slots`, put through `query.steps(of:)`.
    func steps(_ query: StatsSeriesQuery) async throws(StoreFailure) -> [StatsStep]
}

/// Knows the zones of the world.
public protocol ZoneResolver: Sendable {
    /// The moments, Unix seconds, at which days begin in a zone. Where a clock change skips midnight it is the moment after it.
    /// - Parameters:
    ///   - days: days since 1970 of the local calendar; at most `StatsSeriesQuery.maxSteps` + 1.
    ///   - zone: a name such as `Europe/Berlin`.
    /// - Returns: as many as there are days, ascending; nil when the store does not know the name.
    func midnights(of days: Range<Int>, in zone: String) async throws(StoreFailure) -> [Int64]?
}
