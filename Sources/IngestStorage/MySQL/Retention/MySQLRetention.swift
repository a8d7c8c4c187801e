public import Ingest
public import MySQLClient

/// Deletes old rows, on a connection of its own, so that no worker, sync or reader waits for one.
public struct MySQLRetention: RetentionStore {
    /// Dividing a partition that has rows in it copies them; the pool's limits are for requests, and the server ends a statement by them.
    private static let statementLimit = Duration.seconds(600)

    private let configuration: MySQLConfiguration
    private let maxForgottenErrors: Int

    /// - Parameter maxForgottenErrors: summary rows of deleted errors, whatever their age.
    public init(configuration: MySQLConfiguration, maxForgottenErrors: Int = RetentionRules.maxForgottenErrors) {
        var configuration = configuration
        configuration.readTimeout = max(configuration.readTimeout, Self.statementLimit)
        self.configuration = configuration
        self.maxForgottenErrors = max(1, maxForgottenErrors)
    }

    public func begin() async throws(StoreFailure) -> (any RetentionTurn)? {
        let connection: MySQLConnection
        do throws(MySQLError) {
            connection = try await MySQLConnection.connect(configuration)
        } catch {
            throw StoreFailure(mysql: error)
        }
        // The server lets go of the named lock when the connection ends, however it does.
        let began = try await connection.run { connection throws(StoreFailure) in
            try RetentionSession(connection.session, maxForgottenErrors: maxForgottenErrors).begin()
        }
        guard let began else {
            await connection.close()
            return nil
        }
        return MySQLRetentionTurn(
            connection: connection, storeMilliseconds: began, maxForgottenErrors: maxForgottenErrors,
            observer: configuration.observer)
    }
}

/// The right to delete: a named lock of the server, on the connection that has it.
struct MySQLRetentionTurn: RetentionTurn {
    let connection: MySQLConnection
    let storeMilliseconds: Int64
    let maxForgottenErrors: Int
    let observer: MySQLConfiguration.OperationObserver?

    func delete(
        _ chore: RetentionChore, before cutoff: Int64, limit: Int, after position: RetentionPosition?
    ) async throws(StoreFailure) -> RetentionStep {
        let began = ContinuousClock.now
        do throws(StoreFailure) {
            let step = try await connection.run { connection throws(StoreFailure) in
                let session = RetentionSession(connection.session, maxForgottenErrors: maxForgottenErrors)
                return try session.rollingBack { () throws(StoreFailure) in
                    try session.delete(chore, before: cutoff, limit: max(1, limit), after: position)
                }
            }
            observe(began, true)
            return step
        } catch {
            observe(began, false)
            throw error
        }
    }

    func end() async {
        // Not left to the end of the connection, which the server notices when it gets to it.
        _ = try? await connection.execute(RetentionStatements.endTurn)
        await connection.close()
    }

    private func observe(_ began: ContinuousClock.Instant, _ succeeded: Bool) {
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        observer?("retention", UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000), succeeded)
    }
}
