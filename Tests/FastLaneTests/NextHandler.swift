import NIOCore
import NIOHTTP1

/// What stands behind the lane: records the requests that pass and answers them when told, or at once.
final class NextHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    var parts: [HTTPServerRequestPart] = []
    var errors: [any Error] = []
    var events: [ChannelEvent] = []
    var readCompletions = 0
    var answersAtOnce = false

    var uris: [String] {
        self.parts.compactMap { part in
            if case .head(let head) = part { head.uri } else { nil }
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        self.parts.append(part)
        if case .end = part, self.answersAtOnce {
            self.answer(context: context)
        }
    }

    func answer(context: ChannelHandlerContext, body: String = "next") {
        let head = HTTPResponseHead(
            version: .http1_1, status: .ok, headers: ["content-length": String(body.utf8.count)]
        )
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.readCompletions += 1
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.errors.append(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent { self.events.append(event) }
    }
}
