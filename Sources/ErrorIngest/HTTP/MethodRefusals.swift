import Fingerprint
import HTTPTypes
import Hummingbird
import Ingest

/// Answers 405 with `Allow` for every method that a route of the router does not take (RFC 9110 §15.5.6).
enum MethodRefusals {
    /// Those of RFC 9110 but CONNECT, which names no path, PATCH (RFC 5789) and QUERY. Any other is answered 404.
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
        .compactMap { HTTPRequest.Method($0) }

    /// To be called when all routes are there.
    static func add(to router: Router<ServiceRequestContext>) {
        let taken = Dictionary(grouping: router.routes, by: \.path.description).values
        for routes in taken {
            guard let path = routes.first?.path else { continue }
            var allowed = routes.map(\.method)
            // The router answers HEAD wherever there is a GET.
            if let get = allowed.firstIndex(of: .get) { allowed.insert(.head, at: get + 1) }
            let allow = allowed.map(\.rawValue).joined(separator: ", ")
            let rejection = RequestRejection(
                statusCode: 405, code: "method_not_allowed", message: "this route takes \(allow)")
            for method in methods where !allowed.contains(method) {
                router.on(path, method: method) { _, context in
                    // A misspelt route, such as `POST /errors/logs`.
                    if let text = context.parameters.get("fingerprint"), Fingerprint(hex: text.utf8) == nil {
                        throw HTTPError(.notFound)
                    }
                    return JSONResponse.error(rejection, headers: [.allow: allow])
                }
            }
        }
    }
}
