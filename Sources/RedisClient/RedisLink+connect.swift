import Logging
import NIOConcurrencyHelpers
package import NIOCore
import NIOPosix
import NIOSSL

extension RedisLink {
    func connect() {
        phase = .connecting
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try self.addTLS(to: pipeline)
                    try self.addConnection(to: channel)
                }
            }
        let attempt =
            switch endpoint.address {
            case .host(let host, let port): bootstrap.connect(host: host, port: port)
            case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        closed = attempt.flatMap { $0.closeFuture }.recover { _ in }
        attempt.whenComplete { result in
            switch result {
            case .failure(let error): self.connectFailed(.connectFailed, Self.describe(error))
            case .success(let channel): self.awaitTLS(on: channel)
            }
        }
    }

    private func addConnection(to channel: any Channel) throws {
        let connection = try RedisConnection(link: self, configuration: configuration, channel: channel)
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    /// In place of `start`: uses a channel of the caller's, who makes it active after this. For measuring without a socket; on the
    /// link's event loop only, and without TLS. When it is lost, the link connects to its endpoint as ever.
    package func connect(over channel: any Channel) throws {
        eventLoop.preconditionInEventLoop()
        precondition(phase == .idle && channel.eventLoop === eventLoop && endpoint.tls == nil)
        phase = .connecting
        closed = channel.closeFuture
        try addConnection(to: channel)
    }

    private func connectFailed(_ code: RedisClientError.Code, _ reason: String) {
        guard phase == .connecting, connection == nil else { return }
        pause(RedisClientError(code: code, message: "cannot connect to Redis at \(endpoint): \(reason)"))
    }

    private func addTLS(to pipeline: ChannelPipeline.SynchronousOperations) throws {
        guard let tls = endpoint.tls else { return }
        guard case .host(let host, _) = endpoint.address, let name = ServerName(host) else {
            // Never in plain text instead.
            throw RedisClientError(code: .tlsFailed, message: "no certificate can name this address")
        }
        let handler = try NIOSSLClientHandler(context: tls.context, serverHostname: name.indication)
        try pipeline.addHandler(handler)
        let limit = TimeAmount(configuration.connectTimeout)
        try pipeline.addHandler(RedisTLSGate(name: name, tls: tls, handler: handler, limit: limit))
    }

    /// A connection that never becomes secure never becomes active, so its failure has to be asked for.
    private func awaitTLS(on channel: any Channel) {
        guard endpoint.tls != nil else { return }
        guard let gate = try? channel.pipeline.syncOperations.handler(type: RedisTLSGate.self) else {
            return connectFailed(.tlsFailed, "the connection closed at the start of the TLS handshake")
        }
        gate.whenDecided { result in
            if case .failure(let error) = result { self.connectFailed(error.code, error.message) }
        }
    }

    /// What the operator needs of NIO's errors.
    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.first { return describe(failure.error) }
            if let failure = error.dnsAError ?? error.dnsAAAAError { return "no address for it: \(failure)" }
            return "\(error)"
        case let error as IOError:
            return error.description
        case ChannelError.connectTimeout:
            return "no answer in time"
        case let error as RedisClientError:
            return error.message
        default:
            return "\(error)"
        }
    }

    // MARK: Called by the connection

    func connectionBecameActive(_ new: RedisConnection) {
        guard phase == .connecting else {
            return new.close(.shutDown)
        }
        phase = .handshaking
        connection = new
        var handshake = RedisHandshake(configuration)
        let action = handshake.start()
        self.handshake = handshake
        perform(action, on: new)
    }

    private func perform(_ action: RedisHandshake.Action, on current: RedisConnection) {
        switch action {
        case .send(let command):
            current.send(command, timeout: nil, isOwn: true) { result in
                // A connection that ended has reported so already.
                guard self.connection === current, let action = self.handshake?.receive(result) else { return }
                self.perform(action, on: current)
            }
        case .ready(let outcome):
            becomeReady(outcome, on: current)
        case .fail(let error):
            current.close(error)
        }
    }

    private func becomeReady(_ outcome: RedisHandshake.Outcome, on current: RedisConnection) {
        handshake = nil
        for (script, digest) in outcome.scripts { current.learned(script, digest: digest) }
        phase = .ready
        readyConnection = current
        epoch = outcome.epoch
        serverState = outcome.state
        durability = outcome.durability
        backoff.reset()
        lastLoggedError = nil
        let isFirst = shared.withLockedValue { snapshot in
            snapshot.isConnected = true
            snapshot.connectCount += 1
            snapshot.epoch = outcome.epoch
            snapshot.serverState = outcome.state
            snapshot.durability = outcome.durability
            return snapshot.connectCount == 1
        }
        logger.info(isFirst ? "connected" : "connected again", metadata: ["epoch": "\(outcome.epoch)"])
        startHealthChecks()
        for wait in readyWaits.takeAll() {
            wait.timer.cancel()
            wait.completion(.success(()))
        }
    }

    /// An error reply on a ready connection; some mean that this server is not the one to talk to any more.
    func connection(_ current: RedisConnection, gotErrorReply error: RedisClientError) {
        guard readyConnection === current else { return }
        if error.message.hasPrefix("READONLY") {
            readEpochUnlessUnderWay()
        } else if error.message.hasPrefix("LOADING") || error.message.hasPrefix("MASTERDOWN") {
            retire(error.message)
        }
    }

    /// Takes no more commands on this connection; makes a new one when the last reply is in.
    func retire(_ reason: String) {
        guard phase == .ready, let current = connection else { return }
        phase = .retiring
        loseReadiness()
        current.retire(
            RedisClientError(
                code: .connectFailed,
                message: "Redis at \(endpoint) is not ready: \(reason)"
            )
        )
    }

    func connectionDidClose(_ old: RedisConnection, _ reason: RedisClientError) {
        guard connection === old else { return }
        let wasHandshaking = phase == .handshaking
        connection = nil
        handshake = nil
        loseReadiness()
        guard phase != .shutDown else { return }
        pause(wasHandshaking && reason.code == .replyLost ? connectionEndedEarly(reason) : reason)
    }

    /// A connection that ended before the server's first words were all in: nothing of a caller's was lost with it.
    private func connectionEndedEarly(_ reason: RedisClientError) -> RedisClientError {
        var hint = ""
        if endpoint.tls == nil, case .host = endpoint.address { hint = "; if this port is for TLS, use rediss://" }
        return RedisClientError(
            code: .connectFailed, message: "cannot connect to Redis at \(endpoint): \(reason.message)\(hint)")
    }

    private var endpoint: RedisEndpoint { configuration.endpoint }

    // MARK: Between connections

    private func loseReadiness() {
        readyConnection = nil
        epoch = nil
        serverState = nil
        durability = nil
        healthTimer?.cancel()
        healthTimer = nil
        shared.withLockedValue { snapshot in
            snapshot.isConnected = false
            snapshot.epoch = nil
            snapshot.healthLatency = nil
        }
        // Those being read get their answer from the connection; those that wait for the next reading never will.
        for waiter in epochReads.takeQueued() { waiter(.failure(.notConnected)) }
    }

    private func pause(_ reason: RedisClientError) {
        phase = .paused
        var random = SystemRandomNumberGenerator()
        var delay = backoff.next(using: &random)
        if reason.code == .authenticationFailed {
            delay = max(delay, TimeAmount(configuration.authenticationRetryDelay))
        }
        shared.withLockedValue { $0.lastError = reason }
        // One line for each new reason, not one for each attempt.
        if reason != lastLoggedError { logger.warning("not connected", metadata: ["reason": "\(reason)"]) }
        lastLoggedError = reason
        reconnectTimer = eventLoop.scheduleTask(in: delay) {
            guard self.phase == .paused else { return }
            self.connect()
        }
    }

    func end() {
        phase = .shutDown
        reconnectTimer?.cancel()
        reconnectTimer = nil
        connection?.close(.shutDown)
        loseReadiness()
        for wait in readyWaits.takeAll() {
            wait.timer.cancel()
            wait.completion(.failure(.shutDown))
        }
    }
}
