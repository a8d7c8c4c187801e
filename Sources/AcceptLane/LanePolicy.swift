package import FastLane
import NIOHTTP1

/// Who may report: body limit, ingest token and the origins of browsers.
package struct LanePolicy: Sendable {
    /// How long a browser may keep the answer to a preflight, seconds.
    private static let preflightMaxAge = "86400"

    let maxBodyBytes: Int
    private let token: BearerToken?
    private let origins: CORSOrigins

    package init(maxBodyBytes: Int, ingestToken: BearerToken?, corsOrigins: CORSOrigins) {
        self.maxBodyBytes = maxBodyBytes
        self.token = ingestToken
        self.origins = corsOrigins
    }

    /// For one event loop: a few of the largest bodies must fit, whatever `MAX_BODY_BYTES` is.
    func bodyBudget() -> BodyBudget {
        BodyBudget(limitBytes: max(BodyBudget.defaultBytes, 4 * maxBodyBytes))
    }

    func mayIngest(_ head: HTTPRequestHead) -> Bool {
        guard let token else { return true }
        return token.matches(head.headers.first(name: "authorization"))
    }

    /// Adds what lets the page at `origin` read the answer.
    func addCORS(to headers: inout HTTPHeaders, origin: String?) {
        // A shared cache must not give one origin's answer to another.
        if !origins.allowsAny { headers.add(name: "vary", value: "origin") }
        guard let origin, origins.allows(origin) else { return }
        headers.add(name: "access-control-allow-origin", value: origins.allowsAny ? "*" : origin)
        headers.add(name: "access-control-expose-headers", value: "x-request-id, x-outcome, retry-after")
    }

    var preflight: LaneResponse {
        LaneResponse(
            status: .noContent,
            contentType: nil,
            headers: [
                ("allow", "POST, OPTIONS"),
                ("access-control-allow-methods", "POST"),
                ("access-control-allow-headers", "authorization, content-type, x-request-id"),
                ("access-control-max-age", Self.preflightMaxAge),
            ]
        )
    }
}
