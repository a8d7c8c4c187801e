/// How one link connects and what bounds it.
public struct RedisConfiguration: Sendable {
    /// Sees every command whose reply (or loss) is known: its name or its script's, how long it took in nanoseconds,
    /// whether it gave a value. Called on the event loop; must be quick.
    public typealias Observer = @Sendable (_ operation: String, _ durationNanoseconds: Int64, _ succeeded: Bool) -> Void

    public var endpoint: RedisEndpoint
    /// Name resolution and connect together; the TLS handshake has as long again.
    public var connectTimeout: Duration = .seconds(1)
    /// From `send` to the reply; a command may bring its own.
    public var commandTimeout: Duration = .seconds(1)
    /// Pause before the first attempt to reconnect; doubles with each failed one. Each pause is cut by a random
    /// factor of ½…1, so that processes do not come back in step.
    public var minReconnectDelay: Duration = .milliseconds(50)
    public var maxReconnectDelay: Duration = .seconds(1)
    /// Pause after refused credentials: somebody has to mend them, and servers log each attempt.
    public var authenticationRetryDelay: Duration = .seconds(5)
    /// How often INFO is read on a connected link.
    public var healthInterval: Duration = .seconds(1)
    /// Commands waiting for replies; beyond, `backlogFull`.
    public var maxPendingCommands = 10_000
    /// Encoded bytes of the commands waiting for replies; beyond, `backlogFull`.
    public var maxPendingBytes = 64 * 1024 * 1024
    /// A larger reply is a protocol violation.
    public var maxReplyBytes = 64 * 1024 * 1024
    /// Loaded at each connect, before the link is ready.
    public var scripts: [RedisScript] = []
    /// Shown by CLIENT LIST; no spaces or line breaks.
    public var clientName: String?
    public var observer: Observer?

    public init(endpoint: RedisEndpoint) {
        self.endpoint = endpoint
    }
}
