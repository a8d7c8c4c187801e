public import NIOCore
public import NIOHTTP1

/// A complete request of the fast lane. Belongs to its event loop; not `Sendable` on purpose.
public struct LaneRequest {
    public var route: LaneRoute
    /// With the fields that `LaneService.refusal` can rely on.
    public var head: HTTPRequestHead
    /// At most `route.maxBodyBytes`, still coded as `contentCoding` says. A slice of the socket's own buffer when it
    /// came in one piece: copy what must outlive `respond`.
    public var body: ByteBuffer
    /// One member of `route.contentCodings`.
    public var contentCoding: ContentCodings
    /// The client's `X-Request-Id`, if it is 1–128 harmless ASCII characters. The lane sends it back by itself.
    public var requestID: String?
    /// When the head was read, by the event loop's clock.
    public var receivedAt: NIODeadline
}
