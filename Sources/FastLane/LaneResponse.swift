public import NIOCore
public import NIOHTTP1

/// An answer of the fast lane. `Content-Length`, `Connection` and `X-Request-Id` are the lane's business.
public struct LaneResponse {
    public static let json = "application/json"

    public var status: HTTPResponseStatus
    /// `nil` sends no `Content-Type`.
    public var contentType: String?
    /// Seconds for `Retry-After`.
    public var retryAfterSeconds: Int?
    /// Further fields, names and values already valid.
    public var headers: [(String, String)]
    /// Not sent for a status that has no body (1xx, 204, 304).
    public var body: ByteBuffer
    /// Closes the connection after the answer.
    public var closesConnection: Bool

    public init(
        status: HTTPResponseStatus,
        contentType: String? = LaneResponse.json,
        retryAfterSeconds: Int? = nil,
        headers: [(String, String)] = [],
        body: ByteBuffer = ByteBuffer(),
        closesConnection: Bool = false
    ) {
        self.status = status
        self.contentType = contentType
        self.retryAfterSeconds = retryAfterSeconds
        self.headers = headers
        self.body = body
        self.closesConnection = closesConnection
    }
}
