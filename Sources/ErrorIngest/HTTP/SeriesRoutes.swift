import Hummingbird
import Ingest
import QueueCore

/// `GET /errors/{fingerprint}/timeseries`.
struct SeriesRoutes<Live: LiveCounts, Reader: SeriesReader>: Sendable {
    let reader: LiveSeriesReader<Live, Reader>

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("errors/{fingerprint}/timeseries") { request, context in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let fingerprint = try StoreAnswer.fingerprint(context)
                let now = WallClock.unixMilliseconds
                let query = try Self.query(request.uri.queryParameters, now: now)
                let series = try await StoreAnswer.store { () throws(StoreFailure) in
                    try await reader.series(of: fingerprint, query, now: now)
                }
                guard let series else { throw StoreAnswer.unknownError }
                return JSONResponse.make(series.json)
            }
        }
    }

    private static func query(_ parameters: Parameters, now: Int64) throws(RouteFailure) -> SeriesQuery {
        var reading = QueryReading(parameters, known: ["interval", "since", "until"])
        let interval = reading.choice("interval", SeriesInterval.self) ?? .hour
        let since = reading.time("since")
        let until = reading.time("until")
        try reading.finish()
        guard let query = SeriesQuery(interval: interval, since: since, until: until, now: now) else {
            throw .rejected(QueryReading.rejection([FieldProblem(field: "until", rule: "after:since")]))
        }
        return query
    }
}
