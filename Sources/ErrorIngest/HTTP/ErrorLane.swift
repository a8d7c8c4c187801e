import FastLane
import Ingest
import IngestStorage
import NIOCore
import NIOHTTP1

/// The accept path: decodes, fingerprints and admits the reports of one event loop, and answers them there.
///
/// Confined to its event loop, with a Redis connection, an admitter and an `ErrorPath` of its own: no locks and no thread hops
/// between the socket and the answer.
final class ErrorLane: LaneService {
    let bodyBudget: BodyBudget
    private let path: ErrorPath
    private let admitter: RedisErrorAdmitter
    private let policy: LanePolicy
    private let retryAfterSeconds: @Sendable () -> Int
    private var metrics: LaneMetrics
    private var recent = RecentFingerprints()

    init(
        path: ErrorPath,
        admitter: RedisErrorAdmitter,
        policy: LanePolicy,
        metrics: HTTPMetrics,
        retryAfterSeconds: @escaping @Sendable () -> Int
    ) {
        self.path = path
        self.admitter = admitter
        self.policy = policy
        bodyBudget = policy.bodyBudget()
        self.metrics = LaneMetrics(metrics)
        self.retryAfterSeconds = retryAfterSeconds
    }

    func route(method: HTTPMethod, uri: String) -> LaneRoute? {
        guard let route = ErrorRoute(uri: uri) else { return nil }
        switch method {
        case .POST: return LaneRoute(id: route.laneID(isPreflight: false), maxBodyBytes: policy.maxBodyBytes)
        case .OPTIONS: return LaneRoute(id: route.laneID(isPreflight: true), maxBodyBytes: 0)
        default: return LaneRoute(id: route.laneID(isPreflight: false), maxBodyBytes: 0, allow: "POST, OPTIONS")
        }
    }

    func refusal(of head: HTTPRequestHead, route: LaneRoute) -> LaneRefusal? {
        if ErrorRoute.isPreflight(laneID: route.id) || policy.mayIngest(head) { return nil }
        metrics.ingested(.rejected)
        return .unauthorized(challenge: "Bearer")
    }

    func respond(to request: LaneRequest, reply: LaneReply) {
        guard let route = ErrorRoute(laneID: request.route.id) else { return }
        if ErrorRoute.isPreflight(laneID: request.route.id) { return reply.send(policy.preflight) }
        admit(request.body, route, at: WallClock.unixMilliseconds, trustsRecent: true, reply)
    }

    /// - Parameter trustsRecent: leave out the record of a fingerprint admitted a moment ago.
    private func admit(
        _ body: ByteBuffer, _ route: ErrorRoute, at now: Int64, trustsRecent: Bool, _ reply: LaneReply
    ) {
        let admission: ErrorAdmission
        do throws(RequestRejection) {
            admission = try decode(body, route, receivedAt: now, trustsRecent: trustsRecent)
        } catch {
            metrics.ingested(.rejected)
            return reply.send(response(error, route))
        }
        guard !admission.groups.isEmpty else {
            // A batch of which every item was rejected: there is nothing to admit.
            return answer(admission, .nothing, route, at: now, reply)
        }
        admitter.admit(admission) { outcome in
            if !route.isBatch, let group = admission.groups.first {
                switch outcome.groups.first {
                case .counted, .queued: self.recent.insert(group.fingerprint)
                case .recordMissing:
                    // A new window has begun. Nothing was done, so all of it is done again, with the record.
                    return self.admit(body, route, at: now, trustsRecent: false, reply)
                default: break
                }
            }
            self.answer(admission, outcome, route, at: now, reply)
        }
    }

    func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        let style = route.flatMap { ErrorRoute(laneID: $0.id) }?.style ?? .plain
        return body(RequestRejection(refusal), style)
    }

    func decorate(_ headers: inout HTTPHeaders, route: LaneRoute?, request: HTTPRequestHead?) {
        policy.addCORS(to: &headers, origin: request?.headers.first(name: "origin"))
    }

    func requestStarted(_ route: LaneRoute) {
        metrics.started()
    }

    func requestFinished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {
        metrics.finished(route, status: status, duration: duration)
    }

    // MARK: - Parts

    private func decode(
        _ body: ByteBuffer, _ route: ErrorRoute, receivedAt now: Int64, trustsRecent: Bool
    ) throws(RequestRejection) -> ErrorAdmission {
        // The closure of a ByteBuffer rethrows `any Error`, boxed at each throw; a Result keeps floods of bad input cheap.
        let result = body.withUnsafeReadableBytes { bytes -> Result<ErrorAdmission, RequestRejection> in
            do throws(RequestRejection) {
                return .success(
                    route.isBatch
                        ? try path.admission(forBatch: bytes, receivedAt: now)
                        : try path.admission(
                            forSingle: bytes, receivedAt: now, isKnown: { trustsRecent && recent.contains($0) })
                )
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private func answer(
        _ admission: ErrorAdmission, _ outcome: AdmitOutcome, _ route: ErrorRoute, at now: Int64, _ reply: LaneReply
    ) {
        let outcomes = outcome.outcomes(of: admission)
        for item in admission.items { metrics.ingested(outcomes.outcome(of: item)) }
        let status = outcomes.batchStatusCode(for: admission)
        if status != 200 && !route.isBatch {
            return reply.send(unavailable(outcome.groups.first ?? .unavailable, route))
        }
        var output: [UInt8] = []
        output.reserveCapacity(route.isBatch ? 96 + 160 * admission.items.count : 192)
        if route.isBatch {
            ErrorReply.appendBatch(admission, outcomes, to: &output)
        } else {
            ErrorReply.appendSingle(admission, outcomes, style: route.style, at: now, to: &output)
        }
        let isUnknown = outcomes.groups.contains(.unknown)
        reply.send(
            LaneResponse(
                status: status == 200 ? .ok : .serviceUnavailable,
                retryAfterSeconds: status == 200 ? nil : retryAfterSeconds(),
                headers: isUnknown ? [("x-outcome", "unknown")] : [],
                body: ByteBuffer(bytes: output)
            )
        )
    }

    /// 503 for a single report that was not taken.
    private func unavailable(_ state: AdmitOutcome.Group, _ route: ErrorRoute) -> LaneResponse {
        var seconds = 1
        let rejection: RequestRejection
        switch state {
        case .refusedQueueFull:
            seconds = retryAfterSeconds()
            rejection = .queueFull
        case .refusedTooManyWaiting:
            seconds = retryAfterSeconds()
            rejection = .tooManyWaiting
        case .unknown: rejection = .outcomeUnknown
        case .unavailable, .counted, .queued, .onlyDuplicates, .recordMissing: rejection = .storeUnavailable
        }
        var response = response(rejection, route, headers: state == .unknown ? [("x-outcome", "unknown")] : [])
        response.retryAfterSeconds = seconds
        return response
    }

    private func response(
        _ rejection: RequestRejection, _ route: ErrorRoute, headers: [(String, String)] = []
    ) -> LaneResponse {
        LaneResponse(
            status: HTTPResponseStatus(statusCode: rejection.statusCode), headers: headers,
            body: body(rejection, route.style))
    }

    private func body(_ rejection: RequestRejection, _ style: ErrorReply.Style) -> ByteBuffer {
        var output: [UInt8] = []
        ErrorReply.append(rejection, style: style, at: WallClock.unixMilliseconds, to: &output)
        return ByteBuffer(bytes: output)
    }
}
