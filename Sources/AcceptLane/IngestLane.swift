package import FastLane
import Ingest
package import NIOCore
package import NIOHTTP1
import QueueCore

/// The accept path of one event loop: which requests it takes, who may send them, and how it refuses. What is in them is the
/// business of `ErrorIntake` and `EventIntake`.
///
/// Confined to its event loop, with a Redis connection of its own: no locks and no thread hops between the socket and the answer.
package final class IngestLane: LaneService {
    package let bodyBudget: BodyBudget
    private let errors: ErrorIntake
    private let events: EventIntake
    private let policy: LanePolicy
    private var metrics: LaneMetrics

    package init(errors: ErrorIntake, events: EventIntake, policy: LanePolicy, metrics: HTTPMetrics) {
        self.errors = errors
        self.events = events
        self.policy = policy
        self.metrics = LaneMetrics(metrics)
        bodyBudget = policy.bodyBudget()
    }

    package func route(method: HTTPMethod, uri: String) -> LaneRoute? {
        guard let route = IngestRoute(uri: uri) else { return nil }
        switch method {
        case .POST: return LaneRoute(id: route.laneID(isPreflight: false), maxBodyBytes: policy.maxBodyBytes)
        case .OPTIONS: return LaneRoute(id: route.laneID(isPreflight: true), maxBodyBytes: 0)
        default: return LaneRoute(id: route.laneID(isPreflight: false), maxBodyBytes: 0, allow: "POST, OPTIONS")
        }
    }

    package func refusal(of head: HTTPRequestHead, route: LaneRoute) -> LaneRefusal? {
        if IngestRoute.isPreflight(laneID: route.id) || policy.mayIngest(head) { return nil }
        return .unauthorized(challenge: "Bearer")
    }

    package func respond(to request: LaneRequest, reply: LaneReply) {
        guard let route = IngestRoute(laneID: request.route.id) else { return }
        if IngestRoute.isPreflight(laneID: request.route.id) { return reply.send(policy.preflight) }
        let now = WallClock.unixMilliseconds
        switch route {
        case .error: errors.take(request.body, .single(.plain), at: now, reply)
        case .errorV1: errors.take(request.body, .single(.envelope), at: now, reply)
        case .errorBatch: errors.take(request.body, .batch, at: now, reply)
        case .event: events.take(request.body, .single(.plain), at: now, reply)
        case .eventAPI: events.take(request.body, .single(.envelope), at: now, reply)
        case .events: events.take(request.body, .batch, at: now, reply)
        }
    }

    package func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        var output: [UInt8] = []
        (route.flatMap { IngestRoute(laneID: $0.id) } ?? .error)
            .append(RequestRejection(refusal), at: WallClock.unixMilliseconds, to: &output)
        return ByteBuffer(bytes: output)
    }

    package func decorate(_ headers: inout HTTPHeaders, route: LaneRoute?, request: HTTPRequestHead?) {
        policy.addCORS(to: &headers, origin: request?.headers.first(name: "origin"))
    }

    package func requestStarted(_ route: LaneRoute) {
        metrics.started()
    }

    package func requestFinished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {
        metrics.finished(route, status: status, duration: duration)
    }
}
