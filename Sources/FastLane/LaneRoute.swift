/// What the lane must know about the route of a request before it reads the body.
public struct LaneRoute: Sendable, Hashable {
    /// The service's own number for the route.
    public var id: Int
    /// A longer body is refused with 413: at once when announced, else as soon as it is over.
    public var maxBodyBytes: Int
    /// Set when the path is ours but the method is not: answered 405 with this `Allow` field.
    public var allow: String?
    /// Content codings the service takes; any other is refused with 415.
    public var contentCodings: ContentCodings

    public init(id: Int, maxBodyBytes: Int, allow: String? = nil, contentCodings: ContentCodings = .identity) {
        self.id = id
        self.maxBodyBytes = maxBodyBytes
        self.allow = allow
        self.contentCodings = contentCodings
    }
}
