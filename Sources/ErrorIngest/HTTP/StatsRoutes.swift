import Hummingbird
import Ingest
import QueueCore

/// `GET /stats`, `GET /api/stats` and `GET /stats/timeseries`.
struct StatsRoutes<Reader: StatsReader, Zones: ZoneResolver>: Sendable {
    let reader: Reader
    let zones: Zones

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("stats") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                JSONResponse.make(try await stats(request, allTime: nil).json)
            }
        }
        router.get("api/stats") { request, _ in
            await StoreAnswer.make(style: .envelope) { () throws(RouteFailure) -> Response in
                JSONResponse.make(try await stats(request, allTime: "all-time").json)
            }
        }
        router.get("stats/timeseries") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                JSONResponse.make(try await series(request.uri.queryParameters, now: WallClock.unixMilliseconds).json)
            }
        }
    }

    /// - Parameter allTime: stands for the date when none was asked for.
    private func stats(_ request: Request, allTime: String?) async throws(RouteFailure) -> StatsAnswer {
        let asked = try StatsQueryParser(request.uri.queryParameters)
        var range: SlotRange?
        if let days = asked.days?.days {
            let bounds = try await midnights(
                of: days.lowerBound.number..<days.upperBound.number + 2,
                step: days.upperBound.number + 1 - days.lowerBound.number,
                in: asked.zone)
            range = SlotRange(seconds: bounds[0]..<bounds[1])
        }
        let query = StatsQuery(
            siteID: asked.siteID, range: range, limit: asked.limit, wantsExactUsers: asked.wantsExactUsers)
        let figures = try await StoreAnswer.store { () throws(StoreFailure) in try await reader.figures(query) }
        return StatsAnswer(
            siteID: asked.siteID, period: asked.days?.period ?? .allTime(name: allTime), figures: figures)
    }

    private func series(_ parameters: Parameters, now: Int64) async throws(RouteFailure) -> StatsSeriesAnswer {
        let asked = try StatsSeriesParser(parameters, now: now)
        let query: StatsSeriesQuery?
        switch asked.stretch {
        case .seconds(let seconds):
            query = StatsSeriesQuery(siteID: asked.siteID, interval: asked.interval, seconds: seconds)
        case .days(let days):
            let bounds = try await midnights(of: days.lowerBound..<days.upperBound + 1, step: 1, in: asked.zone)
            query = StatsSeriesQuery(siteID: asked.siteID, interval: .day, boundsSeconds: bounds)
        }
        guard let query else { throw asked.tooLong }
        let steps = try await StoreAnswer.store { () throws(StoreFailure) in try await reader.steps(query) }
        return StatsSeriesAnswer(siteID: asked.siteID, interval: asked.interval, steps: steps)
    }

    /// The beginnings of each `step`th of these days.
    private func midnights(
        of days: Range<Int>, step: Int, in zone: ZoneName
    ) async throws(RouteFailure) -> [Int64] {
        let wanted = stride(from: days.lowerBound, to: days.upperBound, by: max(step, 1)).map(\.self)
        switch zone {
        case .offset(let seconds):
            return wanted.map { Int64($0) * 86_400 - seconds }
        case .named(let name):
            var midnights: [Int64] = []
            // Two single days rather than all between them.
            let stretches = step == 1 ? [days] : wanted.map { $0..<$0 + 1 }
            for stretch in stretches {
                let found = try await StoreAnswer.store { () throws(StoreFailure) in
                    try await zones.midnights(of: stretch, in: name)
                }
                guard let found else { throw StatsQueryParser.unknownZone }
                midnights += found
            }
            return midnights
        }
    }
}
