public import NIOHTTP1

/// Why the lane answers a request by itself, without asking the service for more than the error body.
public enum LaneRefusal: Sendable, Hashable {
    /// 400: not HTTP, contradictory framing, or cut off in the middle.
    case malformed
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

    public var status: HTTPResponseStatus {
        switch self {
        case .malformed: .badRequest
        case .methodNotAllowed: .methodNotAllowed
        case .timedOut: .requestTimeout
        case .bodyTooLarge: .payloadTooLarge
        case .unsupportedContentCoding: .unsupportedMediaType
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        }
    }

    init(_ error: HTTPParserError) {
        self = error == .headerOverflow ? .headersTooLarge : .malformed
    }

    var headers: [(String, String)] {
        switch self {
        case .methodNotAllowed(let allow): [("allow", allow)]
        case .unsupportedContentCoding(let accepted): [("accept-encoding", accepted.acceptEncoding)]
        case .malformed, .timedOut, .bodyTooLarge, .headersTooLarge: []
        }
    }
}
