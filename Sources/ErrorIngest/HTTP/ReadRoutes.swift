import Fingerprint
import HTTPTypes
import Hummingbird
import Ingest

/// `GET /errors` and `GET /errors/{fingerprint}`.
struct ReadRoutes<Live: LiveCounts, Reader: ErrorReader>: Sendable {
    let reader: LiveErrorReader<Live, Reader>

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("errors") { request, _ in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let query = try ErrorQueryParser.parse(request.uri.queryParameters)
                return JSONResponse.make(
                    try await StoreAnswer.store { () throws(StoreFailure) in try await reader.list(query).json })
            }
        }
        router.get("errors/{fingerprint}") { _, context in
            await StoreAnswer.make { () throws(RouteFailure) -> Response in
                let fingerprint = try StoreAnswer.fingerprint(context)
                let found = try await StoreAnswer.store { () throws(StoreFailure) in
                    try await reader.detail(of: fingerprint)
                }
                guard let (error, isLive) = found else { throw StoreAnswer.unknownError }
                return JSONResponse.make(error.json(isLive: isLive))
            }
        }
    }
}
