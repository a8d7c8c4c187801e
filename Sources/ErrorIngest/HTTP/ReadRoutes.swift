import Fingerprint
import HTTPTypes
import Hummingbird
import Ingest

/// `GET /errors` and `GET /errors/{fingerprint}`.
struct ReadRoutes<Live: LiveCounts, Reader: ErrorReader>: Sendable {
    let reader: LiveErrorReader<Live, Reader>

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("errors") { request, _ in
            try await Self.answer { () throws(StoreFailure) -> Response in
                switch ErrorQueryParser.parse(request.uri.queryParameters) {
                case .failure(let rejection): JSONResponse.error(rejection)
                case .success(let query): JSONResponse.make(try await reader.list(query).json)
                }
            }
        }
        router.get("errors/{fingerprint}") { _, context in
            try await Self.answer { () throws(StoreFailure) -> Response in
                guard let text = context.parameters.get("fingerprint"), let fingerprint = Fingerprint(hex: text.utf8)
                else {
                    return JSONResponse.error(
                        RequestRejection(
                            statusCode: 400, code: "invalid_fingerprint",
                            message: "a fingerprint is 64 hexadecimal digits",
                            fields: [FieldProblem(field: "fingerprint", rule: "hex", limit: 64)]))
                }
                guard let (error, isLive) = try await reader.detail(of: fingerprint) else {
                    return JSONResponse.error(
                        RequestRejection(statusCode: 404, code: "not_found", message: "no error has this fingerprint"))
                }
                return JSONResponse.make(error.json(isLive: isLive))
            }
        }
    }

    private static func answer(_ body: () async throws(StoreFailure) -> Response) async throws -> Response {
        do throws(StoreFailure) {
            return try await body()
        } catch {
            return JSONResponse.error(
                RequestRejection(
                    statusCode: 503, code: "store_unavailable", message: "the errors cannot be read at the moment"),
                headers: [.retryAfter: "2"]
            )
        }
    }
}
