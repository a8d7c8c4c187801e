public import NIOCore
import NIOHTTP1

/// In front of NIO's HTTP decoder: takes a request that has come in whole and is of the plainest kind (`WholeRequest`) straight to the lane,
/// and writes its answer as the bytes it is. Decoding it into parts, and encoding the answer from parts, costs more than all else that is
/// done for a known error: see docs/performance.md.
///
/// Everything else goes to the decoder, byte for byte. The two never both have a request in hand, and neither loses its place:
/// - A request whose head is plain but whose body is still to come is passed on up to its last byte; then the decoder holds nothing.
/// - Whatever cannot be told that exactly, such as part of a head, a request that came before the last answer, or another method,
///   leaves the connection to the decoder for good.
final class WholeRequestReader: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// The decoder holds nothing, and the next byte begins a request.
        case open
        /// The lane has a whole request in hand; nothing is read until it is answered.
        case awaiting
        /// So many bytes belong to a request that the decoder reads.
        case passing(Int)
        /// The decoder's for good.
        case decoding
        /// The last answer is given: what still comes is dropped.
        case dropping
    }

    private var state = State.open
    /// What came after the request in hand.
    private var held: ByteBuffer?
    private var holdsInputEnd = false
    private var readIsHeld = false
    /// The connection is to end after the answer.
    private(set) var isQuiescing = false
    /// Since the last `channelReadComplete` something came that the handlers behind have to know of.
    private var hasRead = false
    private var context: ChannelHandlerContext?
    /// Set while both are in the pipeline.
    var lane: FastLaneHandler?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.lane = nil
        held = nil
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        switch state {
        case .open:
            take(&bytes, context: context)
        case .awaiting:
            if held == nil { held = bytes } else { held?.writeBuffer(&bytes) }
        case .passing(let count):
            if bytes.readableBytes > count {
                state = .decoding
            } else {
                state = bytes.readableBytes == count ? .open : .passing(count - bytes.readableBytes)
            }
            pass(bytes, context: context)
        case .decoding:
            pass(bytes, context: context)
        case .dropping:
            hasRead = true
        }
    }

    private func take(_ bytes: inout ByteBuffer, context: ChannelHandlerContext) {
        guard let lane, lane.mayTakeWhole, let request = bytes.withUnsafeReadableBytes(WholeRequest.init),
            let route = lane.route(of: request)
        else {
            state = .decoding
            return pass(bytes, context: context)
        }
        guard bytes.readableBytes >= request.byteCount else {
            state = .passing(request.byteCount - bytes.readableBytes)
            return pass(bytes, context: context)
        }
        bytes.moveReaderIndex(forwardBy: request.headBytes)
        // There are as many: checked just now.
        guard let body = bytes.readSlice(length: request.bodyBytes) else { return }
        state = .awaiting
        if bytes.readableBytes > 0 { held = bytes }
        lane.take(request, body: body, route: route, context: context)
    }

    private func pass(_ bytes: ByteBuffer, context: ChannelHandlerContext) {
        hasRead = true
        context.fireChannelRead(Self.wrapInboundOut(bytes))
    }

    // MARK: - Answers

    /// Writes the answer to the request in hand; whoever calls flushes.
    func write(_ head: HTTPResponseHead, body: ByteBuffer, promise: EventLoopPromise<Void>?) {
        guard let context else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        var bytes = context.channel.allocator.buffer(capacity: 256 + body.readableBytes)
        bytes.write(head)
        bytes.writeImmutableBuffer(body)
        context.write(Self.wrapOutboundOut(bytes), promise: promise)
    }

    /// The answer is written: what came meanwhile is the decoder's.
    /// - Parameter isLast: no request is answered after this one: what came, and what comes, is read to its end and dropped.
    func answered(isLast: Bool) {
        guard case .awaiting = state, let context else { return }
        let bytes = held
        held = nil
        state = isLast ? .dropping : bytes == nil ? .open : .decoding
        if let bytes, !isLast {
            pass(bytes, context: context)
            hasRead = false
            context.fireChannelReadComplete()
        }
        if holdsInputEnd {
            holdsInputEnd = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if readIsHeld {
            readIsHeld = false
            context.read()
        }
    }

    // MARK: - Events

    func channelReadComplete(context: ChannelHandlerContext) {
        // The handlers behind know nothing of a request that was taken here.
        guard hasRead else { return }
        hasRead = false
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if case .awaiting = state {
            readIsHeld = true
        } else {
            context.read()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch (state, event) {
        case (.awaiting, is ChannelShouldQuiesceEvent):
            // The pipeline handler behind knows of no request in hand and would close at once.
            isQuiescing = true
            held = nil
        case (.awaiting, ChannelEvent.inputClosed) where held != nil:
            holdsInputEnd = true
        case (.open, is ChannelShouldQuiesceEvent), (.passing, is ChannelShouldQuiesceEvent):
            // It lets no further request in; neither may this.
            state = .decoding
            context.fireUserInboundEventTriggered(event)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }
}

@available(*, unavailable)
extension WholeRequestReader: Sendable {}

extension ChannelPipeline.SynchronousOperations {
    /// Adds the HTTP/1 handlers of a connection with a fast lane, from the socket on: what comes after them sees the requests that are not
    /// the lane's, as HTTP parts.
    ///
    /// - Parameter service: the service of the channel's event loop; nil passes every request through.
    public func configureFastLane(service: (any LaneService)?, limits: LaneLimits) throws {
        let front = service == nil || !WholeRequest.isWithin(limits) ? nil : WholeRequestReader()
        if let front { try addHandler(front) }
        try configureHTTPServerPipeline(
            withPipeliningAssistance: true,
            withErrorHandling: false,
            // The lane's fields are checked where they are made, those of the handlers behind by their type.
            withOutboundHeaderValidation: false,
            withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: limits.decoderLimits
        )
        try addHandler(FastLaneHandler(service: service, limits: limits, front: front))
    }
}
