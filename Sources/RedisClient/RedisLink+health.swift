import Logging
import NIOConcurrencyHelpers
import NIOCore

extension RedisLink {
    /// Reads INFO now and gives the epoch it shows. Calls made while a reading is under way share the next one: its
    /// answer is never older than the call. Also done at every health interval and on `READONLY`. Loop only.
    public func refreshEpoch(completion: @escaping (Result<RedisEpoch, RedisClientError>) -> Void) {
        eventLoop.preconditionInEventLoop()
        guard readyConnection != nil else {
            return completion(.failure(phase == .shutDown ? .shutDown : .notConnected))
        }
        guard epochReads.count < configuration.maxPendingCommands else { return completion(.failure(.backlogFull)) }
        epochReads.queue(completion)
        readEpochUnlessUnderWay()
    }

    /// Succeeds when commands can be sent; after `limit` fails with what stands in the way. Loop only.
    func whenReady(within limit: TimeAmount, completion: @escaping (Result<Void, RedisClientError>) -> Void) {
        eventLoop.preconditionInEventLoop()
        if readyConnection != nil { return completion(.success(())) }
        if phase == .shutDown { return completion(.failure(.shutDown)) }
        let number = readyWaits.nextNumber()
        let timer = eventLoop.scheduleTask(in: limit) {
            guard let wait = self.readyWaits.take(number) else { return }
            let reason = self.shared.withLockedValue { $0.lastError }
            wait.completion(
                .failure(
                    reason
                        ?? RedisClientError(
                            code: .connectFailed,
                            message: "cannot connect to Redis at \(self.configuration.endpoint): no answer in time"
                        )
                )
            )
        }
        readyWaits.add(number, timer: timer, completion: completion)
    }

    func startHealthChecks() {
        let interval = TimeAmount(configuration.healthInterval)
        healthTimer = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            self.readEpochUnlessUnderWay()
        }
    }

    func readEpochUnlessUnderWay() {
        guard let current = readyConnection, !epochReads.isUnderWay else { return }
        epochReads.begin()
        // Behind a blocking command the time says nothing about the server.
        let measures = !current.isBlocked
        let startedAt = NIODeadline.now()
        current.send(RedisInfo.command, timeout: nil, isOwn: true) { result in
            let waiters = self.epochReads.end()
            let outcome = self.take(result, from: current, latency: measures ? .now() - startedAt : nil)
            for waiter in waiters { waiter(outcome) }
            if self.epochReads.hasQueued { self.readEpochUnlessUnderWay() }
        }
    }

    private func take(
        _ result: Result<RedisValue, RedisClientError>,
        from current: RedisConnection,
        latency: TimeAmount?
    ) -> Result<RedisEpoch, RedisClientError> {
        let value: RedisValue
        switch result {
        case .success(let reply): value = reply
        case .failure(let error):
            // Whatever INFO is refused for, this connection's epoch is not known any more.
            if error.code == .serverError { retire(error.message) }
            return .failure(error)
        }
        guard let info = value.bytes.map(RedisInfo.init), let read = RedisEpoch(info) else {
            retire("INFO has no run_id and master_replid")
            return .failure(RedisClientError(code: .protocolViolation, message: "INFO has no epoch"))
        }
        guard readyConnection === current else { return .failure(.notConnected) }
        let state = RedisServerState(info, readAt: .now())
        if read != epoch { logger.notice("the epoch changed", metadata: ["epoch": "\(read)"]) }
        epoch = read
        serverState = state
        shared.withLockedValue { snapshot in
            snapshot.epoch = read
            snapshot.serverState = state
            if let latency { snapshot.healthLatency = latency }
        }
        if let reason = state.notReadyReason { retire(reason) }
        return .success(read)
    }
}
