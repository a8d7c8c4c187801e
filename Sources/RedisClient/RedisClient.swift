import NIOCore

/// A link for `async` callers, on any thread; for everything that is not hot. Cancelling the task does not recall a
/// command: each call ends within its time limit anyway. The link's event loop must outlive the calls.
public struct RedisClient: Sendable {
    public let link: RedisLink

    public init(link: RedisLink) {
        self.link = link
    }

    /// - Parameter timeout: in place of the configured one; see `RedisLink.send`.
    public func send(_ command: RedisCommand, timeout: Duration? = nil) async throws(RedisClientError) -> RedisValue {
        try await onLoop { link, resume in
            link.send(command, timeout: timeout.map { TimeAmount($0) }, completion: resume)
        }
    }

    /// Runs a script with arguments that do not depend on the epoch.
    public func run(
        _ script: RedisScript,
        keys: [[UInt8]],
        arguments: [RedisArgument] = [],
        timeout: Duration? = nil
    ) async throws(RedisClientError) -> RedisValue {
        try await run(script, keys: keys, timeout: timeout) { _ in arguments }
    }

    /// Runs a script.
    ///
    /// - Parameter arguments: called on the event loop with the epoch of the very connection the command goes out on.
    public func run(
        _ script: RedisScript,
        keys: [[UInt8]],
        timeout: Duration? = nil,
        arguments: @escaping @Sendable (RedisEpoch) -> [RedisArgument]
    ) async throws(RedisClientError) -> RedisValue {
        try await onLoop { link, resume in
            guard let epoch = link.epoch else { return resume(.failure(.notConnected)) }
            link.run(
                script,
                keys: keys,
                arguments: arguments(epoch),
                timeout: timeout.map { TimeAmount($0) },
                completion: resume
            )
        }
    }

    /// See `RedisLink.refreshEpoch`.
    public func refreshEpoch() async throws(RedisClientError) -> RedisEpoch {
        try await onLoop { link, resume in link.refreshEpoch(completion: resume) }
    }

    /// Returns when commands can be sent.
    ///
    /// - Throws: after `limit`, why the last attempt failed (`connectFailed`, `authenticationFailed`, …); the link
    ///   goes on trying. `shutDown` at once when it was shut down.
    public func waitUntilConnected(within limit: Duration) async throws(RedisClientError) {
        try await onLoop { link, resume in link.whenReady(within: TimeAmount(limit), completion: resume) }
    }

    private func onLoop<Value: Sendable>(
        _ body: @escaping @Sendable (RedisLink, @escaping (Result<Value, RedisClientError>) -> Void) -> Void
    ) async throws(RedisClientError) -> Value {
        let link = link
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Value, RedisClientError>, Never>) in
            link.eventLoop.execute { body(link) { continuation.resume(returning: $0) } }
        }
        return try result.get()
    }
}
