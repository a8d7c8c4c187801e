import NIOCore
import NIOHTTP1

/// Answers each request when its last byte has come, and sends the answers to all that came in one read at once.
final class ConstantAnswerHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Of the request that is being read.
    private var head: HTTPResponseHead = ConstantAnswer.head
    private var closes = false
    private var needsFlush = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head(let request):
            closes = !request.isKeepAlive
            head =
                if closes {
                    ConstantAnswer.closingHead
                } else if request.version == .http1_0 {
                    ConstantAnswer.keepingHead
                } else {
                    ConstantAnswer.head
                }
        case .body:
            break
        case .end:
            answer(context)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        needsFlush = true
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.write(Self.wrapOutboundOut(.body(.byteBuffer(ConstantAnswer.body))), promise: nil)
        guard closes else {
            context.write(Self.wrapOutboundOut(.end(nil)), promise: nil)
            return
        }
        let channel = context.channel
        context.write(Self.wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard needsFlush else { return }
        needsFlush = false
        context.flush()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
