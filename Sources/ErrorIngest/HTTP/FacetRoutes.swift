import Hummingbird
import Ingest

/// `GET /projects`, `/services`, `/environments` and `/releases`: what the filters of a list can be set to.
struct FacetRoutes<Reader: FacetReader>: Sendable {
    let reader: Reader

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        for kind in FacetKind.allCases {
            router.get("\(kind.listName)") { request, _ in
                await StoreAnswer.make { () throws(RouteFailure) -> Response in
                    let query = try Self.query(kind, request.uri.queryParameters)
                    return JSONResponse.make(
                        try await StoreAnswer.store { () throws(StoreFailure) in
                            try await reader.facets(query).json(kind)
                        })
                }
            }
        }
    }

    private static func query(_ kind: FacetKind, _ parameters: Parameters) throws(RouteFailure) -> FacetQuery {
        var known: Set<Substring> = ["q", "limit", "cursor"]
        if kind != .project { known.insert("project") }
        var reading = QueryReading(parameters, known: known)
        var query = FacetQuery(kind)
        if kind != .project { query.project = reading.text("project") }
        query.prefix = reading.text("q")
        if let limit = reading.integer("limit", in: 1...FacetQuery.maxLimit) { query.limit = limit }
        query.cursor = reading.text("cursor")
        try reading.finish()
        return query
    }
}
