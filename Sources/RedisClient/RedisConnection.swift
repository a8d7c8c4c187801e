import NIOCore

/// One socket's worth of state: the commands waiting for replies, the bytes of this turn, the deadline timer and the
/// scripts this server has been taught. When the socket ends, all of it ends with it; nothing moves to the next one.
///
/// `@unchecked Sendable` by confinement: every member is touched on `eventLoop` only, which is the channel's own.
final class RedisConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let eventLoop: any EventLoop
    private let link: RedisLink
    private let reader: RESPReader
    private let limits: Limits
    private let observer: RedisConfiguration.Observer?

    private var context: ChannelHandlerContext?
    private(set) var isClosed = false
    /// Set when no new commands are wanted: closed with this error once the last reply is in.
    private var retireReason: RedisClientError?

    private var pending = CircularBuffer<PendingReply>(initialCapacity: 64)
    private var pendingBytes = 0
    /// How many of the last pending commands have not been handed to the socket yet.
    private var unflushedCount = 0
    private var outgoing: ByteBuffer
    private var flushIsScheduled = false

    private var scripts = ScriptTable()

    private var deadlines = DeadlineWatch()
    private var timer: Scheduled<Void>?
    /// The latest deadline of the pending commands that may hold up the server's answers for longer than usual.
    private var blockedUntil = NIODeadline.distantPast
    private var blockingCount = 0

    struct Limits {
        let commandTimeout: TimeAmount
        let maxPendingCommands: Int
        let maxPendingBytes: Int
    }

    /// A larger buffer is given back after its flush.
    private static let maxKeptBufferBytes = 1024 * 1024

    init(link: RedisLink, configuration: RedisConfiguration, channel: any Channel) throws(RedisClientError) {
        self.link = link
        eventLoop = channel.eventLoop
        reader = try RESPReader(maxReplyBytes: configuration.maxReplyBytes)
        limits = Limits(
            commandTimeout: TimeAmount(configuration.commandTimeout),
            maxPendingCommands: configuration.maxPendingCommands,
            maxPendingBytes: configuration.maxPendingBytes
        )
        observer = configuration.observer
        outgoing = channel.allocator.buffer(capacity: 4096)
    }

    // MARK: Sending

    /// - Parameter isOwn: the link's own commands (hello, INFO) are few and not held back by a full backlog.
    func send(
        _ command: RedisCommand,
        timeout: TimeAmount?,
        isOwn: Bool = false,
        completion: @escaping (Result<RedisValue, RedisClientError>) -> Void
    ) {
        let bound = command.encodedBound
        if let refusal = refusal(bytes: isOwn ? 0 : bound, isOwn: isOwn) { return completion(.failure(refusal)) }
        let byteCount = outgoing.writeCommand(command, bound: bound)
        let now = NIODeadline.now()
        append(
            PendingReply(
                operation: command.name,
                startedAt: now,
                deadline: deadline(now: now, timeout: timeout),
                mayBlock: mayBlock(timeout),
                byteCount: byteCount,
                call: nil,
                completion: completion
            )
        )
    }

    func run(
        _ call: ScriptCall,
        timeout: TimeAmount?,
        completion: @escaping (Result<RedisValue, RedisClientError>) -> Void
    ) {
        guard let digest = scripts.digest(of: call.script) else {
            return runUnloaded(call, timeout: timeout, completion: completion)
        }
        let bound = ScriptCall.encodedBound(digestByteCount: digest.count, keys: call.keys, arguments: call.arguments)
        if let refusal = refusal(bytes: bound, isOwn: false) { return completion(.failure(refusal)) }
        let byteCount = outgoing.writeScriptCall(
            digest: digest,
            keys: call.keys,
            arguments: call.arguments,
            bound: bound
        )
        let now = NIODeadline.now()
        append(
            PendingReply(
                operation: call.script.name,
                startedAt: now,
                deadline: deadline(now: now, timeout: timeout),
                mayBlock: mayBlock(timeout),
                byteCount: byteCount,
                call: call,
                completion: completion
            )
        )
    }

    private func refusal(bytes: Int, isOwn: Bool) -> RedisClientError? {
        if isClosed || context == nil { return .notConnected }
        if isOwn { return nil }
        if pending.count + scripts.waitingCount >= limits.maxPendingCommands { return .backlogFull }
        if pendingBytes + scripts.waitingBytes + bytes > limits.maxPendingBytes { return .backlogFull }
        return nil
    }

    private func append(_ reply: PendingReply) {
        pending.append(reply)
        pendingBytes += reply.byteCount
        unflushedCount += 1
        if reply.mayBlock {
            blockingCount += 1
            blockedUntil = max(blockedUntil, reply.deadline)
        }
        if pending.count == 1 { watchHead() }
        guard !flushIsScheduled else { return }
        flushIsScheduled = true
        eventLoop.execute { self.flush() }
    }

    /// Everything written in this turn of the loop, in one write.
    private func flush() {
        flushIsScheduled = false
        guard !isClosed, let context, unflushedCount > 0 else { return }
        unflushedCount = 0
        context.writeAndFlush(wrapOutboundOut(outgoing), promise: nil)
        if outgoing.capacity > Self.maxKeptBufferBytes {
            outgoing = context.channel.allocator.buffer(capacity: 4096)
        } else {
            // The channel usually has written it by now; then this keeps the storage instead of allocating.
            outgoing.clear()
        }
    }

    /// Whether a command is pending that makes the server answer late on purpose.
    var isBlocked: Bool { blockedUntil > .now() }

    // MARK: Receiving

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        link.connectionBecameActive(self)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        close(RedisClientError(code: .replyLost, message: "Redis closed the connection"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let reason = TLSFailure.describeLoss(error) ?? "the connection to Redis failed: \(error)"
        close(RedisClientError(code: .replyLost, message: reason))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosed else { return }
        let buffer = unwrapInboundIn(data)
        let now = NIODeadline.now()
        do throws(RedisClientError) {
            try buffer.withUnsafeReadableBytes { bytes throws(RedisClientError) in try reader.feed(bytes) }
            while !isClosed, let value = try reader.next() { receive(value, now: now) }
        } catch {
            close(error)
        }
    }

    private func receive(_ value: RedisValue, now: NIODeadline) {
        guard let reply = pending.popFirst() else {
            return close(RedisClientError(code: .protocolViolation, message: "Redis sent a reply nobody asked for"))
        }
        pendingBytes -= reply.byteCount
        if reply.mayBlock {
            blockingCount -= 1
            if blockingCount == 0 { blockedUntil = .distantPast }
        }
        deadlines.headDidChange()
        watchHead()
        if case .error(let bytes) = value {
            receiveError(bytes, for: reply, now: now)
        } else {
            finish(reply, .success(value), now: now)
        }
        closeIfDrained()
    }

    private func receiveError(_ bytes: [UInt8], for reply: PendingReply, now: NIODeadline) {
        if let call = reply.call, !call.wasReloaded, bytes.starts(with: "NOSCRIPT".utf8) {
            return awaitScript(for: reply, call)
        }
        let error = RedisClientError(serverReply: bytes)
        link.connection(self, gotErrorReply: error)
        finish(reply, .failure(error), now: now)
    }

    private func finish(_ reply: PendingReply, _ result: Result<RedisValue, RedisClientError>, now: NIODeadline) {
        if let observer {
            let succeeded = if case .success = result { true } else { false }
            observer(reply.operation, (now - reply.startedAt).nanoseconds, succeeded)
        }
        reply.completion(result)
    }

    // MARK: Ending

    /// No new commands; the connection ends with `reason` when those under way have their replies (or time out).
    func retire(_ reason: RedisClientError) {
        guard !isClosed, retireReason == nil else { return }
        retireReason = reason
        // Not now: the caller may be handling a reply of this connection.
        eventLoop.execute { self.closeIfDrained() }
    }

    private func closeIfDrained() {
        guard let retireReason, pending.isEmpty, scripts.waitingCount == 0 else { return }
        close(retireReason)
    }

    /// Ends the connection and gives every waiting command its answer. The link learns of it first, so that whatever
    /// the completions send is refused at once.
    func close(_ reason: RedisClientError) {
        guard !isClosed else { return }
        isClosed = true
        timer?.cancel()
        timer = nil
        context?.close(promise: nil)
        context = nil
        let lost = pending
        let sentCount = lost.count - unflushedCount
        let unloaded = scripts.takeAll()
        pending = CircularBuffer()
        link.connectionDidClose(self, reason)

        let now = NIODeadline.now()
        let replyLost = RedisClientError(code: .replyLost, message: "no reply: \(reason.message)")
        let notSent = reason.code == .shutDown ? RedisClientError.shutDown : .notConnected
        for (position, reply) in lost.enumerated() {
            let error: RedisClientError =
                if position >= sentCount {
                    notSent
                } else if position == 0, reason.code == .timedOut || reason.code == .protocolViolation {
                    reason
                } else {
                    replyLost
                }
            finish(reply, .failure(error), now: now)
        }
        // The server said NOSCRIPT, so these have certainly not run.
        for reply in unloaded { finish(reply, .failure(notSent), now: now) }
    }
}

// MARK: - Deadlines

extension RedisConnection {
    /// A command behind one that may block waits for that one first, so its own time counts from there.
    private func deadline(now: NIODeadline, timeout: TimeAmount?) -> NIODeadline {
        max(now, blockedUntil) + (timeout ?? limits.commandTimeout)
    }

    private func mayBlock(_ timeout: TimeAmount?) -> Bool {
        timeout.map { $0 > limits.commandTimeout } ?? false
    }

    /// Replies come in order, so only the head's deadline matters, and one timer is enough.
    private func watchHead() {
        guard let head = pending.first, let wake = deadlines.wakeTime(headDeadline: head.deadline) else { return }
        timer?.cancel()
        timer = eventLoop.scheduleTask(deadline: wake) { self.timerFired() }
    }

    private func timerFired() {
        timer = nil
        guard !isClosed else { return }
        switch deadlines.timerFired(headDeadline: pending.first?.deadline, now: .now()) {
        case .sleep: break
        case .wake(let deadline): timer = eventLoop.scheduleTask(deadline: deadline) { self.timerFired() }
        case .timedOut:
            let operation = pending.first?.operation ?? ""
            close(RedisClientError(code: .timedOut, message: "no reply to \(operation) within its time limit"))
        }
    }
}

// MARK: - Scripts

extension RedisConnection {
    func learned(_ script: RedisScript, digest: [UInt8]) {
        scripts.learn(script, digest: digest)
    }

    private func runUnloaded(
        _ call: ScriptCall,
        timeout: TimeAmount?,
        completion: @escaping (Result<RedisValue, RedisClientError>) -> Void
    ) {
        let bound = ScriptCall.encodedBound(digestByteCount: 40, keys: call.keys, arguments: call.arguments)
        if let refusal = refusal(bytes: bound, isOwn: false) { return completion(.failure(refusal)) }
        let now = NIODeadline.now()
        let reply = PendingReply(
            operation: call.script.name,
            startedAt: now,
            deadline: deadline(now: now, timeout: timeout),
            mayBlock: mayBlock(timeout),
            byteCount: bound,
            call: call,
            completion: completion
        )
        awaitScript(for: reply, call)
    }

    /// Puts the call aside until the script is loaded; one load serves all calls that wait for it. Those sent before
    /// the load have had their `NOSCRIPT` by the time its reply comes, since replies keep the order of commands.
    private func awaitScript(for reply: PendingReply, _ call: ScriptCall) {
        var reply = reply
        reply.call?.wasReloaded = true
        guard scripts.wait(reply, for: call.script) else { return }
        let load = RedisCommand("SCRIPT", ["LOAD", .bytes(call.script.source)])
        send(load, timeout: max(.milliseconds(1), reply.deadline - .now()), isOwn: true) { [self] result in
            scriptLoadEnded(call.script, result)
        }
    }

    private func scriptLoadEnded(_ script: RedisScript, _ result: Result<RedisValue, RedisClientError>) {
        guard !isClosed else { return }
        let calls = scripts.take(script)
        switch result {
        case .success(let value):
            guard let digest = value.bytes, digest.count == 40 else {
                let error = RedisClientError(code: .serverError, message: "SCRIPT LOAD gave no digest")
                return fail(calls, error)
            }
            scripts.learn(script, digest: digest)
            for reply in calls { resend(reply, digest: digest) }
        case .failure(let error):
            fail(calls, error)
        }
    }

    private func resend(_ reply: PendingReply, digest: [UInt8]) {
        guard !isClosed, let call = reply.call else {
            return finish(reply, .failure(.notConnected), now: .now())
        }
        let bound = ScriptCall.encodedBound(digestByteCount: digest.count, keys: call.keys, arguments: call.arguments)
        let byteCount = outgoing.writeScriptCall(
            digest: digest,
            keys: call.keys,
            arguments: call.arguments,
            bound: bound
        )
        append(
            PendingReply(
                operation: reply.operation,
                startedAt: reply.startedAt,
                deadline: reply.deadline,
                mayBlock: reply.mayBlock,
                byteCount: byteCount,
                call: call,
                completion: reply.completion
            )
        )
    }

    private func fail(_ calls: [PendingReply], _ error: RedisClientError) {
        let now = NIODeadline.now()
        for reply in calls { finish(reply, .failure(error), now: now) }
    }
}
