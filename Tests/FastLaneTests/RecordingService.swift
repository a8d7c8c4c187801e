import FastLane
import NIOCore
import NIOHTTP1

/// Echoes bodies. Owns `/echo` (at most 64 bytes), `/zip` (the same, also gzip) and `/large` (8 MiB); all else passes.
final class RecordingService: LaneService {
    struct Finished: Equatable {
        var route: Int?
        var status: Int
    }

    /// Room for two large bodies.
    let bodyBudget = BodyBudget(limitBytes: 16 * 1024 * 1024)
    var requests: [LaneRequest] = []
    var replies: [LaneReply] = []
    var started: [Int] = []
    var finished: [Finished] = []
    /// Answers only when the test says so.
    var holdsReplies = false
    var afterReply: (() -> Void)?
    /// The value of a field of every answer; none when empty.
    var decoration = ""

    func route(method: HTTPMethod, uri: String) -> LaneRoute? {
        let allow = method == .POST ? nil : "POST, OPTIONS"
        return switch uri {
        case "/echo": LaneRoute(id: 1, maxBodyBytes: 64, allow: allow)
        case "/zip": LaneRoute(id: 2, maxBodyBytes: 64, allow: allow, contentCodings: [.identity, .gzip])
        case "/large": LaneRoute(id: 3, maxBodyBytes: 8 * 1024 * 1024, allow: allow)
        default: nil
        }
    }

    func refusal(of head: HTTPRequestHead, route: LaneRoute) -> LaneRefusal? {
        head.headers.first(name: "authorization") == "stranger" ? .unauthorized(challenge: "Bearer") : nil
    }

    func respond(to request: LaneRequest, reply: LaneReply) {
        self.requests.append(request)
        self.replies.append(reply)
        if !self.holdsReplies {
            self.answer(self.requests.count - 1)
        }
    }

    func answer(_ index: Int, closes: Bool = false) {
        let body = self.requests[index].body
        self.replies[index].send(LaneResponse(status: .ok, body: body, closesConnection: closes))
    }

    func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        ByteBuffer(string: "{\"error\":\(refusal.status.code)}")
    }

    func decorate(_ headers: inout HTTPHeaders, route: LaneRoute?, request: HTTPRequestHead?) {
        headers.add(name: "x-service", value: route.map { String($0.id) } ?? "none")
        if !self.decoration.isEmpty { headers.add(name: "x-decoration", value: self.decoration) }
    }

    func requestStarted(_ route: LaneRoute) {
        self.started.append(route.id)
    }

    func requestFinished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {
        self.finished.append(Finished(route: route?.id, status: status))
    }
}
