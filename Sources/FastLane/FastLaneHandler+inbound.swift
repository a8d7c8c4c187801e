import NIOCore
import NIOHTTP1

extension FastLaneHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.hasReadPart = true
        switch self.phase {
        case .idle:
            guard case .head(let head) = Self.unwrapInboundIn(data) else { return }
            self.begin(head, data: data, context: context)
        case .collecting:
            switch Self.unwrapInboundIn(data) {
            case .body(let part): self.collect(part)
            case .end: self.handToService(context: context)
            case .head: break
            }
        case .discarding:
            switch Self.unwrapInboundIn(data) {
            case .body(let part): self.discard(part)
            case .end: self.answerRefusal()
            case .head: break
            }
        case .passing:
            if case .end = Self.unwrapInboundIn(data) {
                self.passedRequestEnded(data: data, context: context)
            } else {
                self.hasPassedPart = true
                context.fireChannelRead(data)
            }
        case .awaiting, .closing, .closed:
            // The rest of a request that was refused before its end.
            break
        }
    }

    private func begin(_ head: HTTPRequestHead, data: NIOAny, context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        self.phaseDeadline = .distantFuture
        guard let service = self.service, let route = service.route(method: head.method, uri: head.uri) else {
            let closes = !head.isKeepAlive || head.method == .CONNECT || head.headers.contains(name: "upgrade")
            self.phase = .passing
            self.passing = PassingExchange(startedAt: now, closes: closes)
            self.hasPassedPart = true
            context.fireChannelRead(data)
            return
        }

        let facts = HeadFacts(head)
        self.exchange = LaneExchange(route: route, head: head, facts: facts, startedAt: now)
        service.requestStarted(route)
        if let allow = route.allow {
            self.exchange?.refusal = .methodNotAllowed(allow: allow)
        } else if (facts.contentLength ?? 0) > route.maxBodyBytes {
            self.refuseNow(.bodyTooLarge(limitBytes: route.maxBodyBytes))
            return
        } else if let refusal = service.refusal(of: head, route: route) {
            self.exchange?.refusal = refusal
        } else if facts.contentCoding.map({ route.contentCodings.contains($0) }) != true {
            self.exchange?.refusal = .unsupportedContentCoding(accepted: route.contentCodings)
        }

        guard let refusal = self.exchange?.refusal else {
            self.phase = .collecting
            if facts.expectsContinue && facts.hasBody {
                self.invite(context: context)
            }
            return
        }
        if facts.expectsContinue && facts.hasBody || (facts.contentLength ?? 0) > route.maxBodyBytes {
            // The client waits for this before it sends the body, or the body is too long to let it go by.
            self.refuseNow(refusal)
        } else {
            self.phase = .discarding
        }
    }

    /// Answers `Expect: 100-continue`.
    private func invite(context: ChannelHandlerContext) {
        let head = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(Self.wrapOutboundOut(.head(head)), promise: nil)
    }

    private func collect(_ part: ByteBuffer) {
        guard let route = self.exchange?.route else { return }
        self.exchange?.receivedBytes += part.readableBytes
        guard let received = self.exchange?.receivedBytes, received <= route.maxBodyBytes else {
            self.refuseNow(.bodyTooLarge(limitBytes: route.maxBodyBytes))
            return
        }
        guard self.service?.bodyBudget.take(part.readableBytes) == true else {
            self.refuseNow(.overloaded)
            return
        }
        self.exchange?.heldBytes += part.readableBytes
        self.exchange?.append(part)
    }

    private func discard(_ part: ByteBuffer) {
        self.exchange?.receivedBytes += part.readableBytes
        guard let exchange = self.exchange, let route = exchange.route, let refusal = exchange.refusal else { return }
        if exchange.receivedBytes > route.maxBodyBytes {
            self.refuseNow(refusal)
        }
    }

    private func handToService(context: ChannelHandlerContext) {
        guard let service = self.service, let exchange = self.exchange, let route = exchange.route,
            let head = exchange.head
        else { return }
        self.phase = .awaiting
        self.phaseDeadline = .distantFuture
        // Nothing of the body stays here: the socket's buffer can be used again as soon as the service lets go.
        self.exchange?.body = nil
        let request = LaneRequest(
            route: route,
            head: head,
            body: exchange.body ?? ByteBuffer(),
            contentCoding: exchange.contentCoding,
            requestID: exchange.requestID,
            receivedAt: exchange.startedAt
        )
        service.respond(to: request, reply: LaneReply(handler: self, exchange: self.exchangeNumber))
    }

    private func passedRequestEnded(data: NIOAny, context: ChannelHandlerContext) {
        self.passing.requestEnded = true
        self.phaseDeadline = .distantFuture
        if self.passing.responseEnded {
            self.awaitNextRequest(now: context.eventLoop.now)
        }
        self.hasPassedPart = true
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        switch self.phase {
        case .idle:
            if !self.hasReadPart && !self.headHasBegun {
                self.headHasBegun = true
                self.arm(context.eventLoop.now + self.limits.headTimeout)
            }
        case .collecting, .discarding:
            if let exchange = self.exchange {
                self.arm(exchange.startedAt + self.limits.bodyTimeout)
            }
            // The handlers behind know nothing of this request: it must not wait for them to ask.
            context.read()
        case .passing:
            if !self.passing.requestEnded {
                self.arm(self.passing.startedAt + self.limits.bodyTimeout)
            }
        case .closing:
            if self.isLingering {
                context.read()
            }
        case .awaiting, .closed:
            break
        }
        self.hasReadPart = false
        if self.hasPassedPart {
            self.hasPassedPart = false
            context.fireChannelReadComplete()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let parserError = error as? HTTPParserError, self.service != nil else {
            context.fireErrorCaught(error)
            return
        }
        guard context.channel.isActive || self.phase == .passing else { return }
        switch self.phase {
        case .idle:
            self.exchange = LaneExchange(unreadableAt: context.eventLoop.now)
            self.refuseNow(LaneRefusal(parserError))
        case .collecting, .discarding:
            self.refuseNow(LaneRefusal(parserError))
        case .passing:
            // The next handlers must know that no more will come, but errors look the same whosever request it was.
            if !self.passing.responseBegan && context.channel.isActive {
                self.exchange = LaneExchange(unreadableAt: self.passing.startedAt)
                self.refuseNow(LaneRefusal(parserError))
            }
            context.fireErrorCaught(error)
        case .awaiting, .closing, .closed:
            // Answered already.
            break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case ChannelEvent.inputClosed = event else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        self.inputHasEnded = true
        switch self.phase {
        case .idle:
            self.closeWhenDrained()
        case .collecting, .discarding:
            // The decoder reports a truncated request before this; without that there is nothing to wait for.
            context.close(promise: nil)
        case .passing:
            // With a whole request the next handlers must not learn of it before they have answered: taking it for
            // the end of the connection they would drop what is still to be written.
            if !self.passing.requestEnded {
                context.fireUserInboundEventTriggered(event)
            }
        case .closing:
            if self.isLingering {
                context.close(promise: nil)
            }
        case .awaiting, .closed:
            break
        }
    }
}
