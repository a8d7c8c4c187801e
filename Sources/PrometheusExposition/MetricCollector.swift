/// Something that is read when the metrics are scraped, such as the depth of a queue kept in a store.
///
/// `collect` gives the values it could read; one it could not read it leaves out, or it throws and all of them are
/// absent from that scrape. Past `timeLimit` the scrape goes on without it and its task is cancelled; it is not started
/// again before it has ended.
public struct MetricCollector: Sendable {
    public static let defaultTimeLimit: Duration = .milliseconds(500)

    /// Names it in `metrics_collector_failures_total`.
    public let name: String
    public let timeLimit: Duration
    public let collect: @Sendable () async throws -> [MetricReading]

    public init(
        name: String,
        timeLimit: Duration = defaultTimeLimit,
        collect: @escaping @Sendable () async throws -> [MetricReading]
    ) {
        self.name = name
        self.timeLimit = timeLimit
        self.collect = collect
    }
}
