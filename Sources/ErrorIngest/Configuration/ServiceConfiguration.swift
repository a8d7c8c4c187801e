import FastLane
import Fingerprint
import Ingest
import Logging
import MySQLClient
import QueueCore
import RedisClient

/// All configuration of one process, read and checked once at start.
struct ServiceConfiguration: Sendable {
    /// Where the two stores are.
    enum Stores: Sendable {
        /// `serve` starts its own in this directory.
        case embedded(dataDirectory: String)
        case external(redis: RedisEndpoint, mysql: MySQLEndpoint)
    }

    var host: String
    var port: Int
    var stores: Stores
    var redisNamespace: String
    var redisShards: Int
    var trustsRedisDurability: Bool
    var syncInterval: Duration
    var queueLimits: QueueLimits
    var lease: Duration
    var workers: Int
    var occurrenceThinning: OccurrenceThinning
    var eventIDWindowSeconds: Int
    var eventIDMax: Int
    var maxBodyBytes: Int
    var maxConnections: Int
    var eventLoops: Int
    var grouping: Grouping
    var corsOrigins: CORSOrigins
    var ingestToken: BearerToken?
    /// Nobody needs one when nil.
    var adminTokens: AdminTokens?
    var trustedProxies: TrustedProxies
    /// Nil when reports are stored as they were sent.
    var scrubber: Scrubber?
    var startupTimeout: Duration
    var shutdownTimeout: Duration
    var retention: RetentionRules
    var logLevel: Logger.Level
    var logFormat: LogFormat

    /// Each worker takes a thread and a connection to MySQL; the embedded server gives out 64.
    static let maxWorkers = 48

    enum LogFormat: String, Sendable { case text, json }

    /// Loopback means that only programs of this machine can reach the service.
    var listensOnLoopbackOnly: Bool {
        host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2E || (0x30...0x39).contains($0) }
    }

    /// Reads the environment, then the `.env` file named by `CONFIG_FILE`.
    static func load() async throws -> ServiceConfiguration {
        try ServiceConfiguration(await ConfigurationValues.load())
    }

    init(_ values: ConfigurationValues) throws {
        host = try values.text(.host)
        port = try values.integer(.port)
        redisNamespace = try values.text(.redisNamespace)
        let isNameByte: (UInt8) -> Bool = {
            ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "-_.".utf8.contains($0)
        }
        guard (1...32).contains(redisNamespace.utf8.count), redisNamespace.utf8.allSatisfy(isNameByte) else {
            throw ConfigurationError(
                key: "REDIS_NAMESPACE",
                problem: "has other characters than letters, digits, '-', '_' and '.', or is not 1 to 32 long",
                remedy: "Choose a name such as ei")
        }
        redisShards = try values.integer(.redisShards)
        trustsRedisDurability = try values.text(.redisDurability) == "trusted"
        syncInterval = .seconds(try values.integer(.syncIntervalSeconds))
        queueLimits = QueueLimits(
            maxRecords: try values.integer(.queueMaxDepth), maxBytes: try values.integer(.queueMaxBytes))
        lease = .seconds(try values.integer(.leaseSeconds))
        workers = try values.integer(.workers)
        occurrenceThinning = OccurrenceThinning(inBetween: try values.integer(.occurrencesPerError))
        eventIDWindowSeconds = try values.integer(.eventIDWindowSeconds)
        eventIDMax = try values.integer(.eventIDMax)
        maxBodyBytes = try values.integer(.maxBodyBytes)
        maxConnections = try values.integer(.maxConnections)
        eventLoops = try values.integer(.eventLoops)
        grouping = Grouping(rawValue: try values.text(.grouping)) ?? .standard
        corsOrigins = try Self.access(.corsOrigins, values.text(.corsOrigins), CORSOrigins.init)
        ingestToken = try values.secret(.ingestToken).map {
            try Self.access(.ingestToken, $0, BearerToken.init(checking:))
        }
        adminTokens = try values.secret(.adminToken).map { try Self.access(.adminToken, $0, AdminTokens.init) }
        trustedProxies = try Self.access(.trustedProxies, values.text(.trustedProxies), TrustedProxies.init)
        scrubber = try Scrubber(values)
        startupTimeout = .seconds(try values.integer(.startupTimeoutSeconds))
        shutdownTimeout = .seconds(try values.integer(.shutdownTimeoutSeconds))
        retention = RetentionRules(
            errorDays: try values.integer(.errorRetentionDays),
            forgottenErrorDays: try values.integer(.forgottenRetentionDays),
            occurrenceDays: try values.integer(.occurrenceRetentionDays),
            deadLetterDays: try values.integer(.deadLetterRetentionDays),
            replayedLetterDays: try values.integer(.replayedRetentionDays),
            eventDays: try values.integer(.eventRetentionDays),
            statsDays: try values.integer(.statsRetentionDays))
        logLevel = Logger.Level(rawValue: try values.text(.logLevel)) ?? .info
        logFormat = LogFormat(rawValue: try values.text(.logFormat)) ?? .text
        stores = try Self.stores(values)
    }

    /// Workers of one process, of all queues and shards.
    var workerCount: Int { workers * redisShards * Pipeline.allCases.count }

    /// To be called for a process that works on the queues: the others make no workers, however many shards there are.
    func checkWorkers() throws(ConfigurationError) {
        guard workerCount <= Self.maxWorkers else {
            throw ConfigurationError(
                key: "WORKERS",
                problem: "times REDIS_SHARDS times \(Pipeline.allCases.count) queues is \(workerCount)",
                remedy:
                    "Together they may make at most \(Self.maxWorkers) workers in one process; run more worker processes"
            )
        }
    }

    private static func stores(_ values: ConfigurationValues) throws -> Stores {
        switch (try values.secret(.redisURL), try values.secret(.mysqlURL)) {
        case (nil, nil):
            return .embedded(dataDirectory: try values.text(.dataDir))
        case (let redis?, let mysql?):
            return .external(redis: try redisEndpoint(redis), mysql: try mysqlEndpoint(mysql))
        case (nil, _?):
            throw ConfigurationError(
                key: "REDIS_URL", problem: "is not set although MYSQL_URL is",
                remedy: "Set both for external servers, or neither for embedded ones")
        case (_?, nil):
            throw ConfigurationError(
                key: "MYSQL_URL", problem: "is not set although REDIS_URL is",
                remedy: "Set both for external servers, or neither for embedded ones")
        }
    }

    private static func access<Value>(
        _ key: ConfigurationKey, _ text: String, _ read: (String) throws(AccessProblem) -> Value
    ) throws(ConfigurationError) -> Value {
        do throws(AccessProblem) {
            return try read(text)
        } catch {
            throw ConfigurationError(key: key.name, problem: error.problem, remedy: error.remedy)
        }
    }

    private static func redisEndpoint(_ url: String) throws -> RedisEndpoint {
        do throws(RedisClientError) {
            return try RedisEndpoint(url: url)
        } catch {
            throw ConfigurationError(
                key: "REDIS_URL", problem: error.message,
                remedy:
                    "Example: redis://127.0.0.1:6379, rediss://redis.example:6379?ca=/path/ca.pem or unix:///run/redis.sock"
            )
        }
    }

    private static func mysqlEndpoint(_ url: String) throws -> MySQLEndpoint {
        do throws(MySQLError) {
            return try MySQLEndpoint(url: url)
        } catch {
            throw ConfigurationError(
                key: "MYSQL_URL", problem: error.message,
                remedy: "Example: mysql://user@127.0.0.1:3306/error_ingest, with TLS: …?tls=on&tls-ca=/path/ca.pem")
        }
    }
}
