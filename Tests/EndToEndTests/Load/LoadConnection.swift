import NIOCore
import NIOPosix
import TestServers

/// One connection of a load client: sends a request, waits for its answer, sends the next; connects again when it is cut.
///
/// `@unchecked Sendable`: confined to `loop`.
final class LoadConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    /// The request in hand.
    private struct Current {
        var number: Int
        var attempts = 0
        var firstSentMilliseconds: Int64 = 0
        var sentAt = NIODeadline.distantPast
        /// Sent, and not answered yet.
        var isSent = false
        /// An attempt was lost: it may have been counted.
        var isDoubtful = false
        var status = 0
    }

    private let source: LoadSource
    private let port: Int
    private let loop: any EventLoop
    private let done: EventLoopPromise<[RequestRecord]>
    private var records: [RequestRecord] = []
    private var channel: (any Channel)?
    private var reader = AnswerReader()
    private var current: Current?
    private var watchdog: RepeatedTask?
    private var hasFinished = false

    init(source: LoadSource, port: Int, loop: any EventLoop) {
        self.source = source
        self.port = port
        self.loop = loop
        done = loop.makePromise()
    }

    func run() -> EventLoopFuture<[RequestRecord]> {
        loop.execute {
            self.watchdog = self.loop.scheduleRepeatedTask(initialDelay: .milliseconds(250), delay: .milliseconds(250))
            {
                _ in self.checkTime()
            }
            self.proceed()
        }
        return done.futureResult
    }

    private var plan: LoadPlan { source.plan }

    /// Sends the request in hand, or the next one.
    private func proceed() {
        guard !hasFinished else { return }
        if current == nil {
            guard let number = source.take() else { return finish() }
            current = Current(number: number)
        }
        guard let channel, channel.isActive else { return connect() }
        send(on: channel)
    }

    private func send(on channel: any Channel) {
        guard var request = current else { return }
        if request.attempts == 0 { request.firstSentMilliseconds = unixMilliseconds() }
        request.attempts += 1
        request.sentAt = .now()
        request.isSent = true
        current = request
        let kind = plan.kinds[request.number % plan.kinds.count]
        let eventID = plan.isIdentified ? "\(source.run)-\(request.number)" : nil
        let body = kind.body(number: request.number, eventID: eventID)
        var buffer = channel.allocator.buffer(capacity: body.count + 128)
        buffer.writeStaticString(
            "POST /errors/log HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\ncontent-length: ")
        buffer.writeString("\(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        channel.writeAndFlush(buffer, promise: nil)
    }

    private func connect() {
        if source.isLate || source.isStopped && current?.isDoubtful != true { return giveUp() }
        reader = AnswerReader()
        ClientBootstrap(group: loop)
            .connectTimeout(.seconds(2))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(self) }
            }
            .connect(host: "127.0.0.1", port: port)
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    self.channel = channel
                    self.proceed()
                case .failure:
                    // Nothing was sent: the request in hand stays there.
                    self.proceedAfterPause()
                }
            }
    }

    private func proceedAfterPause() {
        loop.scheduleTask(in: plan.pause) { self.proceed() }
    }

    // MARK: - Answers

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard context.channel === channel else { return }
        reader.append(Self.unwrapInboundIn(data))
        do {
            while let answer = try reader.next() { take(answer) }
        } catch {
            settle(.unexpected)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard context.channel === channel else { return }
        channel = nil
        if current?.isSent == true { lose() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func take(_ answer: HTTPAnswer) {
        guard current?.isSent == true else {
            // Nobody asked.
            records.append(
                RequestRecord(
                    number: -1, kind: 0, outcome: .unexpected, status: answer.status, attempts: 0, sentMilliseconds: 0,
                    answeredMilliseconds: 0, latencyNanoseconds: 0))
            return
        }
        current?.isSent = false
        current?.status = answer.status
        if answer.header("connection") == "close" {
            channel?.close(promise: nil)
            channel = nil
        }
        switch answer.status {
        case 200:
            source.noteAcknowledged()
            settle(.acknowledged)
            proceed()
        case 503 where answer.header("x-outcome") == "unknown":
            lose()
        case 503:
            // A request in doubt is sent until it is known.
            if current?.isDoubtful != true { settle(.refused) }
            proceedAfterPause()
        default:
            settle(.unexpected)
            proceedAfterPause()
        }
    }

    /// The request in hand may have been counted.
    private func lose() {
        current?.isSent = false
        if plan.isIdentified {
            current?.isDoubtful = true
        } else {
            settle(.unknown)
        }
        proceedAfterPause()
    }

    private func settle(_ outcome: RequestRecord.Outcome) {
        guard let request = current else { return }
        current = nil
        records.append(
            RequestRecord(
                number: request.number,
                kind: request.number % plan.kinds.count,
                outcome: outcome,
                status: request.status,
                attempts: request.attempts,
                sentMilliseconds: request.firstSentMilliseconds,
                answeredMilliseconds: unixMilliseconds(),
                latencyNanoseconds: (NIODeadline.now() - request.sentAt).nanoseconds
            )
        )
    }

    // MARK: - Limits

    private func checkTime() {
        if let request = current, request.isSent, .now() - request.sentAt > plan.answerLimit {
            // The connection is cut; its end settles the request.
            channel?.close(promise: nil)
        } else if source.isLate, current?.isSent != true {
            giveUp()
        }
    }

    private func giveUp() {
        if let request = current, request.attempts > 0 { settle(request.isDoubtful ? .unknown : .refused) }
        current = nil
        finish()
    }

    private func finish() {
        guard !hasFinished else { return }
        hasFinished = true
        watchdog?.cancel()
        channel?.close(promise: nil)
        channel = nil
        done.succeed(records)
    }
}
