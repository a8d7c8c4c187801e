public import NIOHTTP1

/// Why the lane answers a request by itself, without asking the service for more than the error body.
public enum LaneRefusal: Sendable, Hashable {
    /// 400: not HTTP, contradictory framing, or cut off in the middle.
    case malformed
    /// 401, with this challenge
    case unauthorized(challenge: String)
    /// 405
    case methodNotAllowed(allow: String)
    /// 408: the body did not arrive within `LaneLimits.bodyTimeout`.
    case timedOut
    /// 413
    case bodyTooLarge(limitBytes: Int)
    /// 415
    case unsupportedContentCoding(accepted: ContentCodings)
    /// 431
    case headersTooLarge
    /// 503: the bodies that are arriving have no room for another.
    case overloaded

    public var status: HTTPResponseStatus {
        switch self {
        case .malformed: .badRequest
        case .unauthorized: .unauthorized
        case .methodNotAllowed: .methodNotAllowed
        case .timedOut: .requestTimeout
        case .bodyTooLarge: .payloadTooLarge
        case .unsupportedContentCoding: .unsupportedMediaType
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .overloaded: .serviceUnavailable
        }
    }

    init(_ error: HTTPParserError) {
        self = error == .headerOverflow ? .headersTooLarge : .malformed
    }

    var headers: [(String, String)] {
        switch self {
        case .unauthorized(let challenge): [("www-authenticate", challenge)]
        case .methodNotAllowed(let allow): [("allow", allow)]
        case .unsupportedContentCoding(let accepted): [("accept-encoding", accepted.acceptEncoding)]
        case .overloaded: [("retry-after", "1")]
        case .malformed, .timedOut, .bodyTooLarge, .headersTooLarge: []
        }
    }
}
