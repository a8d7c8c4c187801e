public import Logging
import NIOConcurrencyHelpers
public import NIOCore

/// A connection to one Redis server that comes back by itself. Bounded; never queues while disconnected: what cannot be
/// sent at once fails at once. Commands go out in order, and those of one turn of the event loop share one write.
///
/// Confined to `eventLoop`: except for `start`, `shutDown` and `snapshot`, everything is called there, and
/// completions run there. A completion may run before `send` returns (when the command is refused). A started link
/// keeps itself alive until `shutDown`.
///
/// At each connect, in order: connect → `AUTH`, `SELECT` (as configured) → `INFO` → `CONFIG GET` → `CLIENT SETNAME` →
/// `SCRIPT LOAD` of each script → ready. A server that loads its data or is a replica is not ready: close, pause, try
/// again.
///
/// `@unchecked Sendable` by confinement to `eventLoop`; `shared` has its own lock.
public final class RedisLink: @unchecked Sendable {
    public let configuration: RedisConfiguration
    public let eventLoop: any EventLoop
    let logger: Logger

    enum Phase: Equatable {
        case idle, connecting, handshaking, ready
        /// No new commands; the connection ends when those under way are answered.
        case retiring
        case paused
        case shutDown
    }

    var phase = Phase.idle
    /// The live connection, whatever the phase.
    var connection: RedisConnection?
    /// The same, only while commands may be sent: one test on the hot path.
    var readyConnection: RedisConnection?
    var handshake: RedisHandshake?
    var backoff: ReconnectBackoff
    /// Since the link was last ready.
    var lastLoggedError: RedisClientError?
    var reconnectTimer: Scheduled<Void>?
    var healthTimer: RepeatedTask?
    var closed: EventLoopFuture<Void>
    var readyWaits = ReadyWaits()
    var epochReads = EpochReads()
    let shared = NIOLockedValueBox(RedisLinkSnapshot())

    /// Of this connection; nil when not connected.
    public internal(set) var epoch: RedisEpoch?
    /// From the last INFO of this connection; nil when not connected.
    public internal(set) var serverState: RedisServerState?
    /// As read when this connection was made; nil when not connected.
    public internal(set) var durability: RedisDurability?

    public init(configuration: RedisConfiguration, eventLoop: any EventLoop, logger: Logger) {
        self.configuration = configuration
        self.eventLoop = eventLoop
        var logger = logger
        logger[metadataKey: "redis"] = "\(configuration.endpoint)"
        self.logger = logger
        backoff = ReconnectBackoff(
            shortest: configuration.minReconnectDelay,
            longest: configuration.maxReconnectDelay
        )
        closed = eventLoop.makeSucceededVoidFuture()
    }

    /// For other threads; at most one health interval old while connected.
    public var snapshot: RedisLinkSnapshot { shared.withLockedValue { $0 } }

    /// Whether commands can be sent now. Loop only.
    public var isReady: Bool { readyConnection != nil }

    /// Starts connecting, from any thread; a second call does nothing.
    public func start() {
        eventLoop.execute {
            guard self.phase == .idle else { return }
            self.connect()
        }
    }

    /// Fails what is pending, closes and stays closed; from any thread. Succeeds when the socket is closed. Commands
    /// that were sent fail with `replyLost` (they may have run), later ones with `shutDown`.
    public func shutDown() -> EventLoopFuture<Void> {
        guard eventLoop.inEventLoop else { return eventLoop.flatSubmit { self.shutDown() } }
        if phase != .shutDown { end() }
        return closed
    }

    // MARK: Commands (loop only)

    /// Sends one command. An error reply is a failure with code `serverError`; errors inside arrays are values.
    ///
    /// - Parameters:
    ///   - timeout: in place of the configured one; for commands that block, their own limit and some more. Those
    ///     behind a blocking command wait for it, so give blocking commands a link of their own.
    ///   - completion: called once, on the loop.
    public func send(
        _ command: RedisCommand,
        timeout: TimeAmount? = nil,
        completion: @escaping (Result<RedisValue, RedisClientError>) -> Void
    ) {
        eventLoop.preconditionInEventLoop()
        guard let readyConnection else { return completion(.failure(refusal)) }
        readyConnection.send(command, timeout: timeout, completion: completion)
    }

    /// Runs a script by its digest (`EVALSHA`). On `NOSCRIPT` the script is loaded and this call alone is sent again,
    /// on the same connection and within the same time limit; it has not run before, so nothing runs twice.
    ///
    /// - Parameters:
    ///   - keys: `KEYS`; all in one Cluster slot.
    ///   - arguments: `ARGV`; a token of the epoch must come from `epoch` in the same turn of the loop.
    public func run(
        _ script: RedisScript,
        keys: [[UInt8]],
        arguments: [RedisArgument],
        timeout: TimeAmount? = nil,
        completion: @escaping (Result<RedisValue, RedisClientError>) -> Void
    ) {
        eventLoop.preconditionInEventLoop()
        guard let readyConnection else { return completion(.failure(refusal)) }
        let call = ScriptCall(script: script, keys: keys, arguments: arguments)
        readyConnection.run(call, timeout: timeout, completion: completion)
    }

    private var refusal: RedisClientError {
        phase == .shutDown ? .shutDown : .notConnected
    }
}
