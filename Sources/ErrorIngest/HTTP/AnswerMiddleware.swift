import AcceptLane
import FastLane
import HTTPTypes
import Hummingbird
import Ingest
import Logging

/// What every answer of the slow lane gets: the one JSON shape for errors, the client's `X-Request-Id`, and its metrics under the
/// route's template.
struct AnswerMiddleware: RouterMiddleware {
    typealias Context = ServiceRequestContext

    static let requestID = HTTPField.Name("X-Request-Id")

    /// What Hummingbird calls the route of a request that has none.
    private static let noRoute = "NotFound"

    let metrics: HTTPMetrics

    func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.started()
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            response = JSONResponse.error(
                RequestRejection(statusCode: 404, code: "not_found", message: "there is no such route"))
        } catch let error as HTTPError where error.status.code < 500 {
            response = JSONResponse.error(
                RequestRejection(
                    statusCode: error.status.code, code: "bad_request", message: error.body ?? error.status.reasonPhrase
                ),
                headers: error.headers
            )
        } catch {
            context.logger.error("a request failed", metadata: ["error": "\(type(of: error))"])
            response = JSONResponse.error(
                RequestRejection(statusCode: 500, code: "internal", message: "the request could not be answered"))
        }
        if let name = Self.requestID, let id = request.headers[name], RequestID.isHarmless(id) {
            response.headers[name] = id
        }
        metrics.finished()
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        metrics
            .series(
                method: request.method.rawValue,
                route: context.endpointPath.flatMap { $0 == Self.noRoute ? nil : $0 } ?? "unmatched",
                status: response.status.code
            )
            .record(nanoseconds: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        return response
    }
}
