import NIOCore
import NIOHTTP1

extension FastLaneHandler {
    /// The service's answer to the exchange of that number.
    func answer(_ response: LaneResponse, exchange number: UInt64) {
        guard number == self.exchangeNumber, self.exchange != nil, self.heldResponse == nil else { return }
        guard self.phase == .awaiting else {
            self.finishExchange(status: Int(response.status.code), now: .now())
            return
        }
        self.heldResponse = response
        self.writeHeldResponses()
    }

    /// Answers before the request has been read to its end, and closes after it.
    func refuseNow(_ refusal: LaneRefusal) {
        self.exchange?.closes = true
        self.exchange?.refusal = refusal
        self.answerRefusal()
    }

    func answerRefusal() {
        guard let service = self.service, let exchange = self.exchange, let refusal = exchange.refusal else { return }
        self.letGoOfBody()
        self.phase = .awaiting
        self.phaseDeadline = .distantFuture
        self.heldResponse = LaneResponse(
            status: refusal.status,
            headers: refusal.headers,
            body: service.errorBody(for: refusal, route: exchange.route)
        )
        self.writeHeldResponses()
    }

    /// Writes the held answer, then those of the requests that this lets in, as long as the peer reads.
    func writeHeldResponses() {
        guard !self.isWriting, let context = self.context else { return }
        var needsFlush = false
        self.isWriting = true
        while let response = self.heldResponse {
            if !self.isWritable {
                if needsFlush {
                    needsFlush = false
                    context.flush()
                }
                guard self.isWritable else { break }
            }
            guard self.phase == .awaiting else { break }
            self.heldResponse = nil
            self.write(response, context: context)
            needsFlush = true
        }
        self.isWriting = false
        if needsFlush {
            context.flush()
        }
    }

    private func write(_ response: LaneResponse, context: ChannelHandlerContext) {
        guard let exchange = self.exchange else { return }
        let now = context.eventLoop.now
        let isQuiescing = exchange.isWhole && self.front?.isQuiescing == true
        let closes = exchange.closes || response.closesConnection || self.inputHasEnded || isQuiescing
        var head = HTTPResponseHead(
            version: .http1_1,
            status: response.status,
            headers: self.headers(of: response, to: exchange, closes: closes)
        )
        // All state must be that of the next request before the end is written: that call may bring it.
        self.finishExchange(status: Int(response.status.code), now: now)
        if closes {
            self.phase = .closing
            self.arm(now + self.limits.writeStallTimeout)
        } else {
            self.awaitNextRequest(now: now)
        }

        let isBodyless = exchange.head?.method == .HEAD || !response.status.mayHaveResponseBody
        if exchange.isWhole, let front {
            // As the encoder does.
            if !response.status.mayHaveResponseBody { head.headers.remove(name: "content-length") }
            let body = isBodyless ? ByteBuffer() : response.body
            let promise =
                isQuiescing ? self.closingPromise(context) : closes ? self.lastWritePromise(context) : nil
            front.write(head, body: body, promise: promise)
            front.answered(isLast: closes)
            return
        }
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        if response.body.readableBytes > 0 && !isBodyless {
            context.write(Self.wrapOutboundOut(.body(.byteBuffer(response.body))), promise: nil)
        }
        context.write(Self.wrapOutboundOut(.end(nil)), promise: closes ? self.lastWritePromise(context) : nil)
    }

    private func headers(of response: LaneResponse, to exchange: LaneExchange, closes: Bool) -> HTTPHeaders {
        // Not by `add`, which checks each name for ASCII again: these are literals, or checked where they are made.
        var fields: [(String, String)] = []
        fields.reserveCapacity(8)
        if let contentType = response.contentType {
            fields.append(("content-type", contentType))
        }
        fields.append(("content-length", String(response.body.readableBytes)))
        if closes {
            fields.append(("connection", "close"))
        } else if exchange.head?.version == .http1_0 {
            fields.append(("connection", "keep-alive"))
        }
        if let requestID = exchange.requestID {
            fields.append(("x-request-id", requestID))
        }
        if let seconds = response.retryAfterSeconds {
            fields.append(("retry-after", String(seconds)))
        }
        fields += response.headers
        var headers = HTTPHeaders(fields)
        self.service?.decorate(&headers, route: exchange.route, request: exchange.head)
        return headers
    }

    /// The next handlers' answer.
    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard self.phase == .passing, !self.passing.responseEnded else {
            // Nobody has asked: such as a second answer after an error in the middle of the first.
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch Self.unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            self.passing.responseBegan = true
            if self.passing.closes {
                head.headers.replaceOrAdd(name: "connection", value: "close")
                context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
            } else {
                context.write(data, promise: promise)
            }
        case .end:
            self.writeLastPart(data, context: context, promise: promise)
        case .head, .body:
            context.write(data, promise: promise)
        }
    }

    private func writeLastPart(_ data: NIOAny, context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        self.passing.responseEnded = true
        let now = context.eventLoop.now
        let isWriting = self.isWriting
        self.isWriting = true
        if self.passing.closes || self.inputHasEnded {
            self.phase = .closing
            self.arm(now + self.limits.writeStallTimeout)
            let lastWrite = self.lastWritePromise(context)
            lastWrite.futureResult.cascade(to: promise)
            context.write(data, promise: lastWrite)
        } else {
            if self.passing.requestEnded {
                self.awaitNextRequest(now: now)
            }
            context.write(data, promise: promise)
        }
        self.isWriting = isWriting
        self.writeHeldResponses()
    }

    func read(context: ChannelHandlerContext) {
        if self.isWritable {
            context.read()
        } else {
            self.readIsHeld = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.isWritable = context.channel.isWritable
        if self.isWritable {
            self.stallDeadline = .distantFuture
            self.writeHeldResponses()
            if self.readIsHeld && self.isWritable {
                self.readIsHeld = false
                context.read()
            }
        } else {
            self.stallDeadline = context.eventLoop.now + self.limits.writeStallTimeout
            self.armTimer()
        }
        context.fireChannelWritabilityChanged()
    }
}
