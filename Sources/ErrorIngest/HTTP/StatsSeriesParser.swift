import Hummingbird
import Ingest

/// Reads the query parameters of `GET /stats/timeseries`: `since` and `until` with minutes and hours, `from`, `to` and `tz` with days.
struct StatsSeriesParser {
    enum Stretch {
        /// Unix seconds.
        case seconds(Range<Int64>)
        /// Days since 1970 of the calendar of the zone.
        case days(Range<Int>)
    }

    private static let standardDays = 30

    let siteID: String
    let interval: StatsInterval
    let zone: ZoneName
    let stretch: Stretch

    init(_ parameters: Parameters, now: Int64) throws(RouteFailure) {
        siteID = try StatsQueryParser.site(parameters)
        let isOfDays = parameters["interval"] == Substring(StatsInterval.day.rawValue)
        var reading = QueryReading(
            parameters,
            known: isOfDays
                ? ["site_id", "interval", "from", "to", "tz"] : ["site_id", "interval", "since", "until"])
        interval = reading.choice("interval", StatsInterval.self) ?? .hour
        let since = reading.time("since", in: QueryReading.storedTimes)
        let until = reading.time("until", in: QueryReading.storedTimes)
        try reading.finish()
        zone = try StatsQueryParser.zone(parameters)
        stretch =
            isOfDays
            ? .days(try Self.days(parameters, now: now))
            : .seconds(try Self.seconds(interval, since, until, now: now))
    }

    /// More steps than an answer has.
    var tooLong: RouteFailure {
        let field = interval == .day ? "from" : "since"
        return StatsQueryParser.refusal(
            field, "maxSteps",
            interval == .day
                ? "at most \(StatsSeriesQuery.maxSteps) days of UTC, or a year of another zone, fit into an answer"
                : "at most \(StatsSeriesQuery.maxSteps) steps fit into an answer",
            limit: StatsSeriesQuery.maxSteps)
    }

    /// The last hour by minute, the last day by hour, unless said otherwise.
    private static func seconds(
        _ interval: StatsInterval, _ since: Int64?, _ until: Int64?, now: Int64
    ) throws(RouteFailure) -> Range<Int64> {
        let standard: Int64 = interval == .minute ? 3_600 : 86_400
        let end = until.map { $0 / 1_000 } ?? now / 1_000 + 1
        let start = since.map { $0 / 1_000 } ?? max(0, end - standard)
        guard start < end else { throw StatsQueryParser.refusal("until", "after:since", "until must be after since") }
        return start..<end
    }

    private static func days(_ parameters: Parameters, now: Int64) throws(RouteFailure) -> Range<Int> {
        let today = Int(now / 86_400_000)
        var last = today
        if let text = parameters["to"] { last = try StatsQueryParser.day("to", text).number }
        var first = max(0, last - standardDays + 1)
        if let text = parameters["from"] { first = try StatsQueryParser.day("from", text).number }
        guard first <= last else { throw StatsQueryParser.refusal("to", "after:from", "to must not be before from") }
        guard last - first < StatsSeriesQuery.maxSteps else {
            throw StatsQueryParser.refusal(
                "to", "maxSteps", "at most \(StatsSeriesQuery.maxSteps) days fit into an answer",
                limit: StatsSeriesQuery.maxSteps)
        }
        return first..<last + 1
    }
}
