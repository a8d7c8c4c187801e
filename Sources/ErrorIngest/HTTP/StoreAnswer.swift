import Fingerprint
import HTTPTypes
import Hummingbird
import Ingest

/// What the routes over the durable store have in common: which error they are about, and how failures are answered.
enum StoreAnswer {
    /// Runs `body`; a rejection it throws is the answer, and a store that is away is 503.
    static func make(
        style: JSONResponse.ErrorStyle = .plain, _ body: () async throws(RouteFailure) -> Response
    ) async -> Response {
        do throws(RouteFailure) {
            return try await body()
        } catch {
            switch error {
            case .rejected(let rejection): return JSONResponse.error(rejection, style: style)
            case .store:
                return JSONResponse.error(
                    RequestRejection(
                        statusCode: 503, code: "store_unavailable",
                        message: "nothing can be read or changed at the moment; try again"),
                    style: style,
                    headers: [.retryAfter: "2"]
                )
            }
        }
    }

    /// Runs a call of a store.
    static func store<R: Sendable>(
        _ body: () async throws(StoreFailure) -> R
    ) async throws(RouteFailure) -> R {
        do throws(StoreFailure) {
            return try await body()
        } catch {
            throw .store(error)
        }
    }

    /// The fingerprint in the path.
    static func fingerprint(_ context: ServiceRequestContext) throws(RouteFailure) -> Fingerprint {
        guard let text = context.parameters.get("fingerprint"), let fingerprint = Fingerprint(hex: text.utf8) else {
            throw .rejected(
                RequestRejection(
                    statusCode: 400, code: "invalid_fingerprint", message: "a fingerprint is 64 hexadecimal digits",
                    fields: [FieldProblem(field: "fingerprint", rule: "hex", limit: 64)]))
        }
        return fingerprint
    }

    static let unknownError = RouteFailure.rejected(
        RequestRejection(statusCode: 404, code: "not_found", message: "no error has this fingerprint"))
}

/// Why a route over the durable store has no result to show.
enum RouteFailure: Error {
    case rejected(RequestRejection)
    case store(StoreFailure)
}
