import NIOCore
import NIOHTTP1

/// Requests that came in whole.
extension FastLaneHandler {
    /// Whether nothing is under way on this connection, and an answer could be written.
    var mayTakeWhole: Bool {
        self.phase == .idle && !self.headHasBegun && !self.inputHasEnded && self.isWritable && !self.isWriting
    }

    /// The route of a request that the lane takes with a body of that length.
    func route(of request: WholeRequest) -> LaneRoute? {
        guard let route = self.service?.route(method: .POST, uri: request.uri), route.allow == nil,
            request.bodyBytes <= route.maxBodyBytes, route.contentCodings.contains(.identity)
        else { return nil }
        return route
    }

    func take(_ request: WholeRequest, body: ByteBuffer, route: LaneRoute, context: ChannelHandlerContext) {
        guard let service = self.service else { return }
        let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: request.uri, headers: request.headers)
        var exchange = LaneExchange(
            route: route, head: head, facts: HeadFacts(head), startedAt: context.eventLoop.now)
        exchange.isWhole = true
        exchange.refusal = service.refusal(of: head, route: route)
        exchange.receivedBytes = body.readableBytes
        self.phaseDeadline = .distantFuture
        service.requestStarted(route)
        if exchange.refusal == nil {
            if service.bodyBudget.take(body.readableBytes) {
                exchange.heldBytes = body.readableBytes
            } else {
                exchange.refusal = .overloaded
                exchange.closes = true
            }
        }
        self.exchange = exchange
        guard exchange.refusal == nil else { return self.answerRefusal() }
        self.phase = .awaiting
        let request = LaneRequest(
            route: route, head: head, body: body, contentCoding: exchange.contentCoding,
            requestID: exchange.requestID, receivedAt: exchange.startedAt)
        service.respond(to: request, reply: LaneReply(handler: self, exchange: self.exchangeNumber))
    }
}
