/// The answer of `GET /stats` and `GET /api/stats`.
public struct StatsAnswer: Sendable, Equatable {
    /// The stretch of time, as it was asked for.
    public enum Period: Sendable, Equatable {
        /// No date was given; `name` stands in its place, null for nil.
        case allTime(name: String?)
        /// `YYYY-MM-DD`.
        case date(String)
        /// From the first to the last day, both included, each `YYYY-MM-DD`.
        case dates(from: String, to: String)
    }

    public var siteID: String
    public var period: Period
    public var figures: StatsFigures

    public init(siteID: String, period: Period, figures: StatsFigures) {
        self.siteID = siteID
        self.period = period
        self.figures = figures
    }

    /// `{"site_id","date","total_views","unique_users","top_paths":[{"path","views"}]}`. Of a range, `date` is null and `from` and `to`
    /// follow it. `unique_users_error` follows `unique_users` only when that is an estimate: its relative standard error.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 192 + 96 * figures.topPaths.count)
        writer.object { writer in
            writer.field("site_id", siteID)
            switch period {
            case .allTime(let name): writer.field("date", name)
            case .date(let date): writer.field("date", date)
            case .dates(let from, let to):
                writer.field("date", nil as String?)
                writer.field("from", from)
                writer.field("to", to)
            }
            writer.field("total_views", figures.totalViews)
            writer.field("unique_users", figures.uniqueUsers.users)
            if let error = figures.uniqueUsers.standardError { writer.field("unique_users_error", rounded(error)) }
            writer.key("top_paths")
            writer.array { writer in
                for path in figures.topPaths {
                    writer.object { writer in
                        writer.field("path", path.path)
                        writer.field("views", path.views)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// To four digits after the point, up: an error is not told smaller than it is.
    private func rounded(_ error: Double) -> Double {
        (error * 10_000).rounded(.up) / 10_000
    }
}
