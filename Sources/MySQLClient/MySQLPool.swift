public import Logging
import Synchronization

/// A bounded number of connections, made when they are needed and thrown away when they break. After the server was
/// away the next caller simply connects anew.
public final class MySQLPool: Sendable {
    private typealias Grant = Result<MySQLPoolGrant<MySQLConnection>, MySQLError>
    private typealias Waiter = CheckedContinuation<Grant, Never>
    private typealias State = MySQLPoolState<MySQLConnection, Waiter>

    public let configuration: MySQLConfiguration
    private let logger: Logger
    private let state: Mutex<State>
    private let latestDurability = Mutex<MySQLDurability?>(nil)

    public init(configuration: MySQLConfiguration, size: Int, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        state = Mutex(State(size: size, maxWaiters: configuration.maxWaiters))
    }

    /// Runs `body` on a connection's own thread, with the connection to itself. Whatever transaction it leaves open is
    /// rolled back. `operation` is the name given to the configuration's observer.
    /// - Throws: what the body throws; `connectFailed`, `poolTimedOut`, `poolFull`, `closed` or `cancelled` before it
    ///   runs.
    public func withConnection<R: Sendable, E: MySQLErrorConvertible>(
        _ operation: String,
        _ body: @Sendable (isolated MySQLConnection) throws(E) -> R
    ) async throws(E) -> R {
        while true {
            let connection: MySQLConnection
            let isFresh: Bool
            do throws(MySQLError) {
                (connection, isFresh) = try await acquire()
            } catch {
                throw E(mysql: error)
            }
            switch await connection.lease(operation, isFresh: isFresh, body) {
            case .stale:
                // At most once per idle connection: a fresh one is never stale.
                logger.debug("a MySQL connection was closed by the server while idle")
                handOver(nil)
            case .done(let result, let isReusable):
                handOver(isReusable ? connection : nil)
                return try result.get()
            }
        }
    }

    /// Like `withConnection`, inside a transaction at READ COMMITTED: committed when the body returns, rolled back when
    /// the body or the commit throws.
    public func withTransaction<R: Sendable, E: MySQLErrorConvertible>(
        _ operation: String,
        _ body: @Sendable (isolated MySQLConnection) throws(E) -> R
    ) async throws(E) -> R {
        try await withConnection(operation) { connection throws(E) in
            do throws(MySQLError) { try connection.begin() } catch { throw E(mysql: error) }
            let result = try body(connection)
            do throws(MySQLError) { try connection.commit() } catch { throw E(mysql: error) }
            return result
        }
    }

    /// Like `withConnection`, inside a read-only transaction whose reads all see the state of one moment.
    public func withSnapshot<R: Sendable, E: MySQLErrorConvertible>(
        _ operation: String,
        _ body: @Sendable (isolated MySQLConnection) throws(E) -> R
    ) async throws(E) -> R {
        try await withConnection(operation) { connection throws(E) in
            do throws(MySQLError) { try connection.beginSnapshot() } catch { throw E(mysql: error) }
            let result = try body(connection)
            do throws(MySQLError) { try connection.commit() } catch { throw E(mysql: error) }
            return result
        }
    }

    /// Refuses further callers and closes every connection, those in use as soon as they come back.
    public func shutDown() async {
        let (waiters, idle) = state.withLock { $0.shutDown() }
        for waiter in waiters {
            waiter.resume(returning: .failure(.poolClosed))
        }
        for connection in idle {
            await connection.close()
        }
    }

    /// Open connections (idle ones included) and callers waiting, for metrics.
    public var usage: (open: Int, idle: Int, waiting: Int) {
        state.withLock { ($0.total, $0.idleCount, $0.waiterCount) }
    }

    /// What the newest connection found; nil before the first one.
    public var durability: MySQLDurability? {
        latestDurability.withLock { $0 }
    }

    // MARK: Lending

    private func acquire() async throws(MySQLError) -> (MySQLConnection, isFresh: Bool) {
        switch try await nextGrant().get() {
        case .connection(let connection): return (connection, false)
        case .place: return (try await connect(), true)
        }
    }

    private func nextGrant() async -> Grant {
        let waiterID = Mutex<UInt64?>(nil)
        let timeout = configuration.acquireTimeout
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Waiter) in
                let decision = state.withLock { state in
                    state.acquire { id in
                        waiterID.withLock { $0 = id }
                        return continuation
                    }
                }
                switch decision {
                case .use(let connection): continuation.resume(returning: .success(.connection(connection)))
                case .connect: continuation.resume(returning: .success(.place))
                case .refuse(let error): continuation.resume(returning: .failure(error))
                case .wait(let id):
                    Task { [weak self] in
                        try? await Task.sleep(for: timeout)
                        self?.refuse(waiter: id, .poolTimedOut)
                    }
                    // The handler below may have run before the waiter was in the line.
                    if Task.isCancelled { refuse(waiter: id, .cancelled) }
                }
            }
        } onCancel: {
            if let id = waiterID.withLock({ $0 }) { refuse(waiter: id, .cancelled) }
        }
    }

    private func refuse(waiter id: UInt64, _ error: MySQLError) {
        state.withLock { $0.remove(waiter: id) }?.resume(returning: .failure(error))
    }

    private func connect() async throws(MySQLError) -> MySQLConnection {
        do throws(MySQLError) {
            let started = ContinuousClock.now
            let connection = try await MySQLConnection.connect(configuration)
            configuration.observer?("connect", (ContinuousClock.now - started).wholeNanoseconds, true)
            note(await connection.assessDurability())
            return connection
        } catch {
            configuration.observer?("connect", 0, false)
            logger.debug("\(error)")
            handOver(nil)
            throw error
        }
    }

    /// Says so in the log when it has changed.
    private func note(_ durability: MySQLDurability) {
        let previous = latestDurability.withLock { latest in
            defer { latest = durability }
            return latest
        }
        guard previous != durability else { return }
        switch durability {
        case .assured:
            if previous != nil { logger.notice("MySQL keeps what it commits again") }
        case .degraded(let reasons):
            logger.warning("MySQL may lose what it has committed", metadata: ["reasons": "\(reasons)"])
        case .unknown(let reason):
            logger.warning("MySQL's durability is unknown", metadata: ["reason": "\(reason)"])
        }
    }

    /// Takes back a connection, or the place of one that is gone. A connection whose last reference goes is closed on
    /// its own thread.
    private func handOver(_ connection: MySQLConnection?) {
        let next = state.withLock { $0.release(connection) }
        if let next { next.waiter.resume(returning: .success(next.grant)) }
    }
}
