public import Ingest
public import MySQLClient

/// Reads statistics of events from `event_stats`, `event_paths` and `event_users`.
public struct MySQLStatsReader: StatsReader {
    private let pool: MySQLPool
    private let maxSampleRows: Int

    public init(pool: MySQLPool) {
        self.init(pool: pool, maxSampleRows: UserSample.maxRows)
    }

    /// - Parameter maxSampleRows: rows of users that are read to count the different ones, about.
    package init(pool: MySQLPool, maxSampleRows: Int) {
        self.pool = pool
        self.maxSampleRows = maxSampleRows
    }

    public func figures(_ query: StatsQuery) async throws(StoreFailure) -> StatsFigures {
        try await pool.withSnapshot("get_stats") { (connection) throws(StoreFailure) in
            let session = StatsSession(session: connection.session, maxSampleRows: maxSampleRows)
            let counts = try session.counts(query)
            return StatsFigures(
                totalViews: counts.views, uniqueUsers: counts.users, topPaths: try session.topPaths(query))
        }
    }

    public func steps(_ query: StatsSeriesQuery) async throws(StoreFailure) -> [StatsStep] {
        try await pool.withConnection("get_stats_series") { (connection) throws(StoreFailure) in
            try StatsSession(session: connection.session, maxSampleRows: maxSampleRows).steps(query)
        }
    }
}
