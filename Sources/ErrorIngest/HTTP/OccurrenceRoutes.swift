import Hummingbird
import Ingest

/// `GET /errors/{fingerprint}/occurrences`.
struct OccurrenceRoutes<Reader: OccurrenceReader>: Sendable {
    let reader: Reader

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("errors/{fingerprint}/occurrences") { request, context in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let fingerprint = try StoreAnswer.fingerprint(context)
                let page = try PageReading(
                    request.uri.queryParameters, defaultLimit: OccurrencePage.defaultLimit,
                    maxLimit: OccurrencePage.maxLimit)
                let found = try await StoreAnswer.store { () throws(StoreFailure) in
                    try await reader.occurrences(of: fingerprint, limit: page.limit, after: page.cursor)
                }
                guard let found else { throw StoreAnswer.unknownError }
                return JSONResponse.make(found.json)
            }
        }
    }
}
