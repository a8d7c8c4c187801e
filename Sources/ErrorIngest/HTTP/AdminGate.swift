import HTTPTypes
import Hummingbird
import Ingest

/// Guards reading back: a Bearer token when one is configured, else only a service that listens on loopback.
struct AdminGate: RouterMiddleware {
    typealias Context = ServiceRequestContext

    let token: BearerToken?
    let listensOnLoopbackOnly: Bool

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard let token else {
            if listensOnLoopbackOnly { return try await next(request, context) }
            return JSONResponse.error(
                RequestRejection(
                    statusCode: 403, code: "admin_token_not_set",
                    message: "reading needs ADMIN_TOKEN to be configured when the service listens on more than loopback"
                ))
        }
        guard token.matches(request.headers[.authorization]) else {
            return JSONResponse.error(
                RequestRejection(
                    statusCode: 401, code: "unauthorized", message: "send the admin token as a Bearer token"),
                headers: [.wwwAuthenticate: "Bearer"]
            )
        }
        return try await next(request, context)
    }
}
