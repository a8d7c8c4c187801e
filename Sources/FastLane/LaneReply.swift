/// The way back for one request: two words, no allocation. Confined to the event loop of its connection.
public struct LaneReply {
    private let handler: FastLaneHandler
    private let exchange: UInt64

    init(handler: FastLaneHandler, exchange: UInt64) {
        self.handler = handler
        self.exchange = exchange
    }

    /// Sends the answer. Does nothing when it was sent before; when the peer has gone the answer is dropped.
    public func send(_ response: LaneResponse) {
        self.handler.answer(response, exchange: self.exchange)
    }
}

@available(*, unavailable)
extension LaneReply: Sendable {}
