/// The answer of `GET /stats/timeseries`.
public struct StatsSeriesAnswer: Sendable, Equatable {
    public var siteID: String
    public var interval: StatsInterval
    public var steps: [StatsStep]

    public init(siteID: String, interval: StatsInterval, steps: [StatsStep]) {
        self.siteID = siteID
        self.interval = interval
        self.steps = steps
    }

    /// `{"site_id","interval","steps":[{"start","events","views","unique_users"}]}`, in the order of time. `start` is ISO 8601 in UTC;
    /// `unique_users` stands where it is counted: on UTC days.
    package var json: [UInt8] {
        var writer = JSONWriter(reserving: 64 + 96 * steps.count)
        writer.object { writer in
            writer.field("site_id", siteID)
            writer.field("interval", interval.rawValue)
            writer.key("steps")
            writer.array { writer in
                for step in steps {
                    writer.object { writer in
                        writer.field("start", milliseconds: step.startSeconds * 1_000)
                        writer.field("events", step.events)
                        writer.field("views", step.views)
                        if let users = step.users { writer.field("unique_users", users) }
                    }
                }
            }
        }
        return writer.bytes
    }
}
