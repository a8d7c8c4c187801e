import NIOCore
import NIOHTTP1

/// Answers the requests a `LaneService` owns right on the event loop and passes all others, in both directions, to the
/// handlers behind it. Also keeps the connection's limits of time, for both kinds.
///
/// Placed by `configureFastLane`. A request that came in whole is handed over by the `WholeRequestReader`, with no handler in between; for
/// all others the `HTTPServerPipelineHandler` in front holds back the next request until this one's answer is written, so answers keep
/// the order of the requests whichever side gives them; and it drains: on `ChannelShouldQuiesceEvent` it closes an idle
/// connection, else marks the answer in hand `Connection: close` and closes after it. That event ends there.
///
/// Rules of this handler:
/// - An answer is one head, one body, one end, and one flush (several pipelined answers may share it).
/// - While the peer leaves more than the channel's buffer unread, finished answers wait and nothing is read.
/// - Writing an end lets the next pipelined request in, within the same call. An answer given meanwhile is kept and
///   written by the outermost call, so that the stack does not grow with the number of pipelined requests.
/// - After a last answer the output is shut and the input read to its end, bounded by `LaneLimits.lingerTimeout`.
final class FastLaneHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let service: (any LaneService)?
    let limits: LaneLimits
    let front: WholeRequestReader?

    /// Set while in a pipeline; the handler and its context let go of each other when it is removed.
    var context: ChannelHandlerContext?
    var phase = ConnectionPhase.idle
    /// Of `collecting`, `discarding`, `awaiting`; kept when closed before the service has answered.
    var exchange: LaneExchange?
    /// Names the exchange in hand, so that a late second answer cannot reach the next one.
    var exchangeNumber: UInt64 = 0
    /// Of `passing`.
    var passing = PassingExchange(startedAt: .distantPast, closes: false)

    /// An answer not yet written: the peer does not read, or an outer call is about to write it.
    var heldResponse: LaneResponse?
    /// An outer call is writing.
    var isWriting = false
    var isWritable = true
    /// A read that was asked for while not writable.
    var readIsHeld = false
    /// The peer has shut its sending side.
    var inputHasEnded = false
    /// Of `closing`: the last answer has left the channel.
    var isLingering = false

    /// A part was read, or passed on, since the last `channelReadComplete`.
    var hasReadPart = false
    var hasPassedPart = false
    /// Of `idle`: bytes have come in that are not a whole head yet.
    var headHasBegun = false

    /// When the phase has lasted too long.
    var phaseDeadline = NIODeadline.distantFuture
    /// When the peer has not read for too long.
    var stallDeadline = NIODeadline.distantFuture
    var timer: NIOScheduledCallback?
    var timerDue = NIODeadline.distantFuture

    /// - Parameters:
    ///   - service: the service of the channel's event loop; `nil` passes every request through.
    ///   - front: where requests that came in whole come from, and their answers go to.
    init(service: (any LaneService)?, limits: LaneLimits, front: WholeRequestReader?) {
        self.service = service
        self.limits = limits
        self.front = front
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.front?.lane = self
        if context.channel.isActive {
            self.awaitNextRequest(now: context.eventLoop.now)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.disarm()
        self.context = nil
        self.front?.lane = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        self.awaitNextRequest(now: context.eventLoop.now)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let phase = self.phase
        self.phase = .closed
        self.disarm()
        switch phase {
        case .collecting, .discarding:
            self.finishExchange(status: 499, now: context.eventLoop.now)
        case .awaiting:
            if let response = self.heldResponse {
                self.heldResponse = nil
                self.finishExchange(status: Int(response.status.code), now: context.eventLoop.now)
            }
        case .idle, .passing, .closing, .closed:
            break
        }
        context.fireChannelInactive()
    }

    /// Idle from now on: the next bytes begin a request.
    func awaitNextRequest(now: NIODeadline) {
        self.phase = .idle
        self.headHasBegun = false
        self.arm(now + self.limits.idleTimeout)
    }

    /// The service may hold the body until it has answered, so its bytes count until then.
    func letGoOfBody() {
        guard let held = self.exchange?.heldBytes else { return }
        self.exchange?.body = nil
        self.exchange?.heldBytes = 0
        if held > 0 { self.service?.bodyBudget.giveBack(held) }
    }

    /// Forgets the exchange in hand and reports it.
    func finishExchange(status: Int, now: NIODeadline) {
        self.letGoOfBody()
        guard let exchange = self.exchange else { return }
        self.exchange = nil
        self.exchangeNumber &+= 1
        self.service?.requestFinished(exchange.route, status: status, duration: now - exchange.startedAt)
    }
}

@available(*, unavailable)
extension FastLaneHandler: Sendable {}
