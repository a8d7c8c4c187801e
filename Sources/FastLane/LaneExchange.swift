import NIOCore
import NIOHTTP1

/// The lane's request in hand: from its head until its answer is written.
struct LaneExchange {
    /// `nil` when the request could not be read.
    var route: LaneRoute?
    var head: HTTPRequestHead?
    var contentCoding: ContentCodings
    var requestID: String?
    var startedAt: NIODeadline
    /// The connection ends with this exchange.
    var closes: Bool
    /// It came in one piece: its answer goes past the encoder.
    var isWhole = false
    /// What has arrived of the body, kept only while it is wanted.
    var body: ByteBuffer?
    var receivedBytes = 0
    /// Taken from the budget of the event loop.
    var heldBytes = 0
    /// The answer once the rest of the body has gone by.
    var refusal: LaneRefusal?

    init(route: LaneRoute, head: HTTPRequestHead, facts: HeadFacts, startedAt: NIODeadline) {
        self.route = route
        self.head = head
        self.contentCoding = facts.contentCoding ?? .identity
        self.requestID = facts.requestID
        self.startedAt = startedAt
        self.closes = !head.isKeepAlive || facts.endsDecoding
    }

    init(unreadableAt now: NIODeadline) {
        self.contentCoding = .identity
        self.startedAt = now
        self.closes = true
    }

    /// Adds a part of the body; a single part is kept as it is, without a copy.
    mutating func append(_ part: ByteBuffer) {
        if self.body == nil {
            self.body = part
        } else {
            self.body?.writeImmutableBuffer(part)
        }
    }
}
