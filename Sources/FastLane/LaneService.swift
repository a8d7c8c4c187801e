public import NIOCore
public import NIOHTTP1

/// Answers the requests of the fast lane on one event loop.
///
/// One instance belongs to one event loop and is only ever called there, so it needs no locks and is not `Sendable`.
/// Every call is on the hot path of a connection: none may block.
public protocol LaneService: AnyObject {
    /// Whose request is this? Called before any of its body, once, or twice when the body comes later; must be cheap and should not
    /// allocate.
    ///
    /// - Returns: `nil` when the request is not ours: all its parts then pass through untouched.
    func route(method: HTTPMethod, uri: String) -> LaneRoute?

    /// What the bodies of this event loop's requests share.
    var bodyBudget: BodyBudget { get }

    /// Refuses one of our requests for its head alone (such as for want of a token), before any of its body is kept.
    ///
    /// - Parameter head: of its fields, `Authorization`, `Origin` and `X-Request-Id` are always there; others need not be.
    func refusal(of head: HTTPRequestHead, route: LaneRoute) -> LaneRefusal?

    /// Answers a complete request. `reply.send` must be called exactly once, on this event loop, now or later; calling
    /// it again, or after the peer has gone, does nothing.
    func respond(to request: LaneRequest, reply: LaneReply)

    /// The JSON body of an answer the lane gives by itself, so that the shape of errors stays in one place.
    ///
    /// - Parameter route: `nil` when the request could not be read as far as its path.
    func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer

    /// Adds what every answer of this service carries (such as CORS fields), its own and the lane's refusals.
    ///
    /// - Parameter request: the head being answered, with the fields that `refusal` can rely on; `nil` when it could not be read.
    func decorate(_ headers: inout HTTPHeaders, route: LaneRoute?, request: HTTPRequestHead?)

    /// A request of ours has begun. Exactly one `requestFinished` with the same route follows.
    func requestStarted(_ route: LaneRoute)

    /// A request is over: its answer was handed to the socket, or dropped because the peer has gone.
    ///
    /// - Parameters:
    ///   - route: `nil` for bytes that could not be read as a request; no `requestStarted` went before.
    ///   - status: the status sent or meant to be sent; 499 when the peer went away before its request was complete.
    ///   - duration: from the request's head until now.
    func requestFinished(_ route: LaneRoute?, status: Int, duration: TimeAmount)
}

extension LaneService {
    public func refusal(of head: HTTPRequestHead, route: LaneRoute) -> LaneRefusal? { nil }
    public func decorate(_ headers: inout HTTPHeaders, route: LaneRoute?, request: HTTPRequestHead?) {}
    public func requestStarted(_ route: LaneRoute) {}
    public func requestFinished(_ route: LaneRoute?, status: Int, duration: TimeAmount) {}
}
