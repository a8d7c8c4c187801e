import FastLane
import HTTPTypes
import Hummingbird
import Ingest

/// Guards reading back and changing: a Bearer token when one is configured, else only programs of this machine, and only when the
/// service listens on loopback alone.
struct AdminGate: RouterMiddleware {
    typealias Context = ServiceRequestContext

    let tokens: AdminTokens?
    let listensOnLoopbackOnly: Bool
    let proxies: TrustedProxies
    let refusals = RefusalLog()

    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")

    init(_ configuration: ServiceConfiguration) {
        tokens = configuration.adminTokens
        listensOnLoopbackOnly = configuration.listensOnLoopbackOnly
        proxies = configuration.trustedProxies
    }

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let tokens {
            guard let caller = tokens.caller(request.headers[.authorization]) else {
                note("wrong or missing token", request, context)
                return JSONResponse.error(
                    RequestRejection(
                        statusCode: 401, code: "unauthorized", message: "send the admin token as a Bearer token"),
                    headers: [.wwwAuthenticate: "Bearer"]
                )
            }
            context.caller = caller
            return try await next(request, context)
        }
        guard listensOnLoopbackOnly else {
            return refuse("the service listens on more than loopback", request, context)
        }
        if let refusal = LocalAccess.refusal(
            peer: context.peer,
            method: request.method.rawValue,
            authority: request.head.authority,
            fields: request.headers.map { (name: $0.name.canonicalName, value: $0.value) })
        {
            return refuse(Self.reason(refusal), request, context)
        }
        context.caller = .local
        return try await next(request, context)
    }

    private static func reason(_ refusal: LocalAccess.Refusal) -> String {
        switch refusal {
        case .remotePeer: "the request comes from another machine"
        case .forwarded: "the request came through a proxy"
        case .foreignHost: "the request is not for localhost or a loopback address"
        case .crossSite: "the request comes from a page of another site"
        }
    }

    private func refuse(_ reason: String, _ request: Request, _ context: Context) -> Response {
        note(reason, request, context)
        return JSONResponse.error(
            RequestRejection(
                statusCode: 403, code: "admin_token_not_set",
                message: "this route needs ADMIN_TOKEN to be configured, since \(reason)"))
    }

    private func note(_ reason: String, _ request: Request, _ context: Context) {
        let forwardedFor = Self.forwardedFor.map { request.headers[values: $0] } ?? []
        let client = proxies.client(peer: context.peer, forwardedFor: forwardedFor)
        refusals.note(reason, client: client, logger: context.logger)
    }
}
