public import NIOCore
public import NIOHTTP1

/// Bounds of one connection, for both lanes. The bound of a body belongs to its route.
public struct LaneLimits: Sendable, Hashable {
    /// From the first bytes of a head until it is complete; then the connection is closed.
    public var headTimeout: TimeAmount
    /// From the head until the end of the body; then 408 (the fast lane) or closed.
    public var bodyTimeout: TimeAmount
    /// Between requests, and from accepting until the first byte; then closed.
    public var idleTimeout: TimeAmount
    /// How long a peer may leave more answers unread than the socket and the channel's own buffer (64 KiB) take.
    public var writeStallTimeout: TimeAmount
    /// After a last answer: how long to go on reading (and dropping) what the peer still sends, so that a reset does
    /// not overtake the answer (RFC 9112 §9.6).
    public var lingerTimeout: TimeAmount
    /// One field, name and value together; also the longest request target.
    public var maxHeaderFieldBytes: Int
    /// All fields and the request target together.
    public var maxHeaderListBytes: Int
    public var maxHeaderFields: Int

    public init(
        headTimeout: TimeAmount = .seconds(10),
        bodyTimeout: TimeAmount = .seconds(30),
        idleTimeout: TimeAmount = .seconds(60),
        writeStallTimeout: TimeAmount = .seconds(30),
        lingerTimeout: TimeAmount = .seconds(2),
        maxHeaderFieldBytes: Int = 16 * 1024,
        maxHeaderListBytes: Int = 32 * 1024,
        maxHeaderFields: Int = 100
    ) {
        self.headTimeout = headTimeout
        self.bodyTimeout = bodyTimeout
        self.idleTimeout = idleTimeout
        self.writeStallTimeout = writeStallTimeout
        self.lingerTimeout = lingerTimeout
        self.maxHeaderFieldBytes = maxHeaderFieldBytes
        self.maxHeaderListBytes = maxHeaderListBytes
        self.maxHeaderFields = maxHeaderFields
    }

    /// The part of the limits that NIO's decoder keeps.
    public var decoderLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = self.maxHeaderFieldBytes
        limits.maxHeaderListSize = self.maxHeaderListBytes
        limits.maxHeaderFieldCount = self.maxHeaderFields
        return limits
    }
}
