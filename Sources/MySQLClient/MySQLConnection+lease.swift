extension MySQLConnection {
    /// How a body that ran on a pooled connection ended.
    enum LeaseResult<R: Sendable, E: MySQLErrorConvertible>: Sendable {
        /// The body didn't run: the server had closed the idle connection.
        case stale
        case done(Result<R, E>, isReusable: Bool)
    }

    /// Runs the body, unless the connection has died while idle, and leaves no transaction open behind it.
    func lease<R: Sendable, E: MySQLErrorConvertible>(
        _ operation: String,
        isFresh: Bool,
        _ body: @Sendable (isolated MySQLConnection) throws(E) -> R
    ) -> LeaseResult<R, E> {
        if !isFresh, session.isStale() { return .stale }
        let started = ContinuousClock.now
        let result: Result<R, E>
        do throws(E) {
            result = .success(try body(self))
        } catch {
            result = .failure(error)
        }
        if !session.isBroken, session.isInTransaction {
            // Either the body failed, or it forgot to commit: neither may reach the next user of the connection.
            try? session.rollback()
        }
        if let observer = session.configuration.observer {
            let succeeded = if case .success = result { true } else { false }
            observer(operation, (ContinuousClock.now - started).wholeNanoseconds, succeeded)
        }
        return .done(result, isReusable: !session.isBroken && !session.isInTransaction)
    }
}

extension MySQLConnection {
    func assessDurability() -> MySQLDurability {
        do throws(MySQLError) {
            return try MySQLDurability.assess(session)
        } catch {
            return .unknown(error.message)
        }
    }
}

extension Duration {
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        return UInt64(clamping: seconds) &* 1_000_000_000 &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
