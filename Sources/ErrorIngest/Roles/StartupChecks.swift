import Ingest
import IngestStorage
import Logging
import MySQLClient
import RedisClient

/// What has to be there before the first request: both stores, the schema, and an agreed number of shards. Waits at most
/// `STARTUP_TIMEOUT_SECONDS` for all of it together.
struct StartupChecks {
    let parts: ServiceParts

    private var system: IngestSystem { parts.system }
    private var configuration: ServiceConfiguration { system.configuration }

    /// - Returns: what MySQL's settings promise, for the health answers.
    func run() async throws -> MySQLDurability {
        let deadline = ContinuousClock.now + configuration.startupTimeout
        try await waitForRedis(deadline)
        let durability = try await Self.waitForMySQL(
            parts.pool, configuration.startupTimeout, until: deadline)
        let migrator = MySQLMigrator(pool: parts.pool, logger: Logger(label: "migrations"))
        if system.migrates {
            try await Self.explain("the schema cannot be brought up to date") { try await migrator.migrate() }
        } else {
            try await Self.explain("the schema is not there") {
                try await migrator.waitForSchema(within: max(deadline - .now, .seconds(1)))
            }
        }
        try await Self.explain("the shards do not agree") {
            let settings = MySQLSettings(pool: parts.pool)
            let recorded = try await settings.value(of: MySQLSettings.redisShards).flatMap { Int($0) }
            try await RedisShardRegistry(client: parts.links.control, namespace: configuration.redisNamespace)
                .agree(on: configuration.redisShards, recordedElsewhere: recorded)
            if recorded != configuration.redisShards {
                try await settings.set(MySQLSettings.redisShards, to: "\(configuration.redisShards)")
            }
        }
        report(durability)
        return durability
    }

    private func waitForRedis(_ deadline: ContinuousClock.Instant) async throws {
        while true {
            // In short steps: a link does not notice that its caller was cancelled.
            try Task.checkCancellation()
            do throws(RedisClientError) {
                let step = min(max(deadline - .now, .milliseconds(1)), .milliseconds(250))
                return try await parts.links.waitUntilConnected(within: step)
            } catch {
                guard ContinuousClock.now < deadline else {
                    throw StartupError(
                        problem: "Redis at \(system.stores.redis) could not be reached within "
                            + "\(configuration.startupTimeout.components.seconds) s: \(error.message)",
                        remedy: "Start it, or mend REDIS_URL"
                    )
                }
            }
        }
    }

    /// Waits until the pool can connect.
    /// - Returns: what the server's settings promise.
    static func waitForMySQL(
        _ pool: MySQLPool, _ timeout: Duration, until deadline: ContinuousClock.Instant
    ) async throws -> MySQLDurability {
        while true {
            do throws(MySQLError) {
                return try await pool.withConnection("durability") { (connection) throws(MySQLError) in
                    try MySQLDurability.assess(connection.session)
                }
            } catch {
                guard ContinuousClock.now < deadline else {
                    throw StartupError(
                        problem: "MySQL at \(pool.configuration.endpoint) could not be reached within "
                            + "\(timeout.components.seconds) s: \(error.message)",
                        remedy: "Start it, create the database, or mend MYSQL_URL"
                    )
                }
            }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    static func explain(_ problem: String, _ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as StoreFailure {
            throw StartupError(problem: "\(problem): \(error.message)", remedy: "See docs/operations.md, Starting")
        }
    }

    private func report(_ durability: MySQLDurability) {
        MySQLHealth.report(durability, to: system.logger)
        guard !configuration.trustsRedisDurability, let redis = parts.links.control.link.snapshot.durability else {
            return
        }
        switch redis {
        case .assured: break
        case .degraded(let reasons):
            system.logger.warning(
                "Redis is not set up to survive a crash: degraded",
                metadata: ["reasons": "\(reasons.joined(separator: "; "))"])
        case .unknown(let reason):
            system.logger.warning(
                "Redis does not show its settings: degraded; REDIS_DURABILITY=trusted overrides this",
                metadata: ["reason": "\(reason)"])
        }
    }
}
