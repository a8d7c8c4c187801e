import Logging
import MySQLClient
import NIOConcurrencyHelpers
import ServiceLifecycle

/// Looks at MySQL every two seconds, so that health answers and metrics never wait for it.
final class MySQLHealth: Service {
    struct Reading: Sendable {
        var isConnected: Bool
        /// Why it is not connected; without a password.
        var problem: String?
        var durability: MySQLDurability?
    }

    static let interval: Duration = .seconds(2)

    private let pool: MySQLPool
    private let logger: Logger
    private let current: NIOLockedValueBox<Reading>

    init(pool: MySQLPool, durability: MySQLDurability?, logger: Logger) {
        self.pool = pool
        self.logger = logger
        self.current = NIOLockedValueBox(Reading(isConnected: true, problem: nil, durability: durability))
    }

    var reading: Reading { current.withLockedValue { $0 } }

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                await self.look()
                try await Task.sleep(for: Self.interval)
            }
        }
    }

    private func look() async {
        let before = reading
        do throws(MySQLError) {
            let durability = try await pool.withConnection("health") { (connection) throws(MySQLError) in
                try MySQLDurability.assess(connection.session)
            }
            current.withLockedValue { $0 = Reading(isConnected: true, problem: nil, durability: durability) }
            if !before.isConnected { logger.notice("MySQL is back") }
            if durability != before.durability { Self.report(durability, to: logger) }
        } catch {
            current.withLockedValue {
                $0 = Reading(isConnected: false, problem: error.message, durability: before.durability)
            }
            if before.isConnected {
                logger.error(
                    "MySQL is away; reports are accepted until the queue is full",
                    metadata: ["reason": "\(error.message)"])
            }
        }
    }

    static func report(_ durability: MySQLDurability, to logger: Logger) {
        if case .degraded(let reasons) = durability {
            logger.warning(
                "MySQL is not set up to survive a crash: degraded",
                metadata: ["reasons": "\(reasons.joined(separator: "; "))"]
            )
        }
    }
}
