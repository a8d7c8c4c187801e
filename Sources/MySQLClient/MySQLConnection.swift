/// One connection with a thread of its own, on which everything of this actor runs: inside a body that is isolated to
/// it, any number of statements run one after the other without leaving that thread.
///
/// The thread blocks in each call for at most the configured time limits. Cancelling a task doesn't interrupt a
/// statement.
public actor MySQLConnection {
    private nonisolated let thread: MySQLThread
    /// The calls themselves; for this connection's thread only.
    public let session: MySQLSession

    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        thread.asUnownedSerialExecutor()
    }

    private init(configuration: MySQLConfiguration, thread: MySQLThread) {
        self.thread = thread
        session = MySQLSession(configuration: configuration, thread: thread)
    }

    isolated deinit {
        session.close()
        thread.stop()
    }

    /// Connects and sets the session up: utf8mb4, strict SQL mode, UTC, READ COMMITTED, all warnings kept, and no LOCAL
    /// INFILE, several statements in one, or silent reconnect.
    /// - Throws: `connectFailed`, with the number of the cause.
    public static func connect(_ configuration: MySQLConfiguration) async throws(MySQLError) -> MySQLConnection {
        let connection = MySQLConnection(configuration: configuration, thread: try MySQLThread())
        try await connection.open()
        return connection
    }

    private func open() throws(MySQLError) {
        try session.open()
    }

    /// Tells the server good-bye. Later calls fail with `closed`.
    public func close() {
        session.close()
    }

    /// Runs the body on this connection's thread.
    public func run<R: Sendable, E: MySQLErrorConvertible>(
        _ body: @Sendable (isolated MySQLConnection) throws(E) -> R
    ) throws(E) -> R {
        try body(self)
    }

    /// Prepares (once per connection) and executes; see `MySQLSession.execute`.
    @discardableResult
    public func execute(
        _ sql: String,
        _ parameters: [MySQLValue] = [],
        rowLimit: Int = MySQLSession.defaultRowLimit
    ) throws(MySQLError) -> MySQLOutcome {
        try session.execute(sql, parameters, rowLimit: rowLimit)
    }

    /// For statements that can't be prepared; see `MySQLSession.executeText`.
    @discardableResult
    public func executeText(
        _ sql: String,
        rowLimit: Int = MySQLSession.defaultRowLimit
    ) throws(MySQLError) -> MySQLOutcome {
        try session.executeText(sql, rowLimit: rowLimit)
    }

    public func warnings() throws(MySQLError) -> [MySQLWarning] {
        try session.warnings()
    }

    public func begin() throws(MySQLError) { try session.begin() }
    public func beginSnapshot() throws(MySQLError) { try session.beginSnapshot() }
    public func commit() throws(MySQLError) { try session.commit() }
    public func rollback() throws(MySQLError) { try session.rollback() }
    public func savepoint(_ name: StaticString) throws(MySQLError) { try session.savepoint(name) }
    public func rollback(to name: StaticString) throws(MySQLError) { try session.rollback(to: name) }
    public func release(savepoint name: StaticString) throws(MySQLError) { try session.release(savepoint: name) }
}
