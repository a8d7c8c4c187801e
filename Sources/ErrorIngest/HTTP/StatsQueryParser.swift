import Hummingbird
import Ingest

/// Reads the query parameters of the statistics, in the words of their callers.
struct StatsQueryParser {
    /// A day or a range of days, both ends included; nil for all of time.
    struct Days: Equatable {
        var days: ClosedRange<CalendarDay>
        var period: StatsAnswer.Period
    }

    let siteID: String
    let zone: ZoneName
    let days: Days?
    let limit: Int
    let wantsExactUsers: Bool

    init(_ parameters: Parameters) throws(RouteFailure) {
        var reading = QueryReading(
            parameters, known: ["site_id", "date", "from", "to", "tz", "limit", "exact"])
        siteID = try Self.site(parameters)
        days = try Self.days(parameters)
        zone = try Self.zone(parameters)
        limit = reading.integer("limit", in: 1...StatsQuery.maxLimit) ?? StatsQuery.defaultLimit
        wantsExactUsers = reading.choice("exact", Choice.self) == .true
        try reading.finish()
    }

    enum Choice: String, CaseIterable { case `true`, `false` }

    static func site(_ parameters: Parameters) throws(RouteFailure) -> String {
        guard let site = parameters["site_id"], !site.isEmpty else {
            throw refusal("site_id", "required", "site_id query parameter is required")
        }
        guard site.unicodeScalars.count <= EventLimits.siteIDCharacters else {
            throw refusal(
                "site_id", "characters", "site_id must be at most \(EventLimits.siteIDCharacters) characters",
                limit: EventLimits.siteIDCharacters)
        }
        return String(site)
    }

    static func zone(_ parameters: Parameters) throws(RouteFailure) -> ZoneName {
        guard let text = parameters["tz"] else { return .utc }
        // A plus sign in a query is a blank unless it was percent-encoded.
        let zone = ZoneName(text: text.hasPrefix(" ") ? "+" + text.dropFirst() : String(text))
        guard let zone else { throw unknownZone }
        return zone
    }

    static let unknownZone = refusal(
        "tz", "zone",
        """
        tz must be an offset such as +02:00 or a zone the database knows, such as Europe/Berlin; names need MySQL's zone tables \
        (docs/operations.md says how to load them)
        """)

    private static func days(_ parameters: Parameters) throws(RouteFailure) -> Days? {
        if let date = parameters["date"] {
            guard parameters["from"] == nil, parameters["to"] == nil else {
                throw refusal("date", "onlyWithout:from,to", "date cannot be combined with from and to")
            }
            let day = try self.day("date", date)
            return Days(days: day...day, period: .date(String(date)))
        }
        switch (parameters["from"], parameters["to"]) {
        case (nil, nil): return nil
        case (let from?, let to?):
            let first = try day("from", from)
            let last = try day("to", to)
            guard first <= last else { throw refusal("to", "after:from", "to must not be before from") }
            guard last.number - first.number < maxDays else {
                throw refusal(
                    "to", "maxDays", "from and to may be at most \(maxDays) days apart", limit: maxDays)
            }
            return Days(days: first...last, period: .dates(from: String(from), to: String(to)))
        case (nil, _): throw refusal("from", "onlyWith:to", "from and to go together")
        case (_, nil): throw refusal("to", "onlyWith:from", "from and to go together")
        }
    }

    /// More than any retention keeps in use.
    static let maxDays = 1_000

    static func day(_ name: String, _ text: Substring) throws(RouteFailure) -> CalendarDay {
        guard let day = CalendarDay(text: text) else {
            throw refusal(name, "date", "Invalid date format. Use YYYY-MM-DD")
        }
        return day
    }

    static func refusal(_ field: String, _ rule: String, _ message: String, limit: Int? = nil) -> RouteFailure {
        .rejected(
            RequestRejection(
                statusCode: 400, code: "invalid_query", message: message,
                fields: [FieldProblem(field: field, rule: rule, limit: limit)]))
    }
}
