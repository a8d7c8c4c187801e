/// How connections are made and what limits they keep.
public struct MySQLConfiguration: Sendable {
    /// Name of a call, how long it kept its connection's thread, and whether it succeeded. Called on that thread: keep
    /// it quick.
    public typealias OperationObserver =
        @Sendable (_ operation: String, _ nanoseconds: UInt64, _ succeeded: Bool) -> Void

    public var endpoint: MySQLEndpoint
    /// Limit for the TCP connect and each answer of the handshake. Rounded up to whole seconds, as the library counts.
    public var connectTimeout: Duration
    /// Limit for each wait for the server's bytes. Running into it loses the connection; the server is told to end a
    /// statement and to give up waiting for a lock before that (`max_statement_time`, `innodb_lock_wait_timeout`).
    public var readTimeout: Duration
    public var writeTimeout: Duration
    /// How long a caller waits for a connection of the pool to become free.
    public var acquireTimeout: Duration
    /// How many callers may wait for a connection at the same time.
    public var maxWaiters: Int
    /// How many prepared statements a connection keeps.
    public var statementCacheSize: Int
    public var observer: OperationObserver?

    public init(
        endpoint: MySQLEndpoint,
        connectTimeout: Duration = .seconds(2),
        readTimeout: Duration = .seconds(30),
        writeTimeout: Duration = .seconds(30),
        acquireTimeout: Duration = .seconds(2),
        maxWaiters: Int = 1_000,
        statementCacheSize: Int = 64,
        observer: OperationObserver? = nil
    ) {
        self.endpoint = endpoint
        self.connectTimeout = connectTimeout
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
        self.acquireTimeout = acquireTimeout
        self.maxWaiters = maxWaiters
        self.statementCacheSize = statementCacheSize
        self.observer = observer
    }
}

extension Duration {
    /// Whole seconds, rounded up, at least 1: the library takes no finer time limits.
    var wholeSeconds: UInt32 {
        let (seconds, attoseconds) = components
        let rounded = attoseconds > 0 ? seconds + 1 : seconds
        return UInt32(clamping: max(1, rounded))
    }
}
