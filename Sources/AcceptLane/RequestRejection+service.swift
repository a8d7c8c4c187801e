import FastLane
import Ingest
import NIOHTTP1

/// The refusals of the service itself, made once: floods are when they are needed.
extension RequestRejection {
    static let queueFull = RequestRejection(
        statusCode: 503, code: "queue_full",
        message: "too much waits to be stored; send it again after Retry-After")
    static let tooManyWaiting = RequestRejection(
        statusCode: 503, code: "too_many_errors",
        message: "too many distinct errors wait to be counted; send it again after Retry-After")
    static let storeUnavailable = RequestRejection(
        statusCode: 503, code: "store_unavailable",
        message: "it could not be kept; send it again after Retry-After")
    static let outcomeUnknown = RequestRejection(
        statusCode: 503, code: "outcome_unknown",
        message: "it may or may not have been kept; send it again only with the same event id")

    /// What the lane refuses by itself, before the body is looked at.
    init(_ refusal: LaneRefusal) {
        let status = Int(refusal.status.code)
        switch refusal {
        case .malformed:
            self.init(statusCode: status, code: "malformed_request", message: "the request is not valid HTTP/1.1")
        case .unauthorized:
            self.init(
                statusCode: status, code: "unauthorized", message: "send the ingest token as a Bearer token")
        case .overloaded:
            self.init(
                statusCode: status, code: "overloaded",
                message: "too many reports are arriving at once; send it again after Retry-After")
        case .methodNotAllowed(let allow):
            self.init(statusCode: status, code: "method_not_allowed", message: "this route takes \(allow)")
        case .timedOut:
            self.init(statusCode: status, code: "request_timeout", message: "the body did not arrive in time")
        case .bodyTooLarge(let limit):
            self.init(
                statusCode: status, code: "body_too_large", message: "a body has at most \(limit) bytes",
                fields: [FieldProblem(field: "body", rule: "maxBytes", limit: limit)])
        case .unsupportedContentCoding(let accepted):
            self.init(
                statusCode: status, code: "unsupported_encoding",
                message: "Content-Encoding must be \(accepted.acceptEncoding)",
                fields: [FieldProblem(field: "Content-Encoding", rule: "oneOf:\(accepted.acceptEncoding)")])
        case .headersTooLarge:
            self.init(statusCode: status, code: "headers_too_large", message: "the header fields are too large")
        }
    }
}
