/// Every key the service reads. `docs/configuration.md` holds the same list.
extension ConfigurationKey {
    static let host = ConfigurationKey("HOST", .text, default: "127.0.0.1", "Address to listen on.")
    static let port = ConfigurationKey(
        "PORT", .integer(0...65_535), default: "9002", "Port to listen on; 0 takes a free one and logs it.")
    static let dataDir = ConfigurationKey(
        "DATA_DIR", .text, default: "./data", "Directory of the embedded Redis and MariaDB.")
    static let redisURL = ConfigurationKey(
        "REDIS_URL", .text, default: nil, isSecret: true,
        "redis://[user:password@]host[:port][/db] or unix:///path. Without it and MYSQL_URL, serve starts embedded servers."
    )
    static let mysqlURL = ConfigurationKey(
        "MYSQL_URL", .text, default: nil, isSecret: true, "mysql://user[:password@]host[:port]/database[?socket=/path]."
    )
    static let redisNamespace = ConfigurationKey(
        "REDIS_NAMESPACE", .text, default: "ei", "First part of every key: 1 to 32 letters, digits, '-', '_' or '.'.")
    static let redisShards = ConfigurationKey(
        "REDIS_SHARDS", .integer(1...48), default: "1",
        "Shards of the keys; may change only when the old ones are drained.")
    static let redisDurability = ConfigurationKey(
        "REDIS_DURABILITY", .choice(["checked", "trusted"]), default: "checked",
        "trusted: do not report degraded although Redis' settings cannot be read (managed Redis).")
    static let syncIntervalSeconds = ConfigurationKey(
        "SYNC_INTERVAL_SECONDS", .integer(1...3_600), default: "30", "Time between two moves of counts to MySQL.")
    static let queueMaxDepth = ConfigurationKey(
        "QUEUE_MAX_DEPTH", .integer(1...10_000_000), default: "100000", "Records that may wait in a queue.")
    static let queueMaxBytes = ConfigurationKey(
        "QUEUE_MAX_BYTES", .integer(65_536...17_179_869_184), default: "268435456", "Bytes that may wait in a queue.")
    static let leaseSeconds = ConfigurationKey(
        "LEASE_SECONDS", .integer(1...300), default: "3", "How long a silent worker keeps its jobs.")
    static let workers = ConfigurationKey(
        "WORKERS", .integer(1...48), default: "2", "Workers per queue and shard in this process.")
    static let eventIDWindowSeconds = ConfigurationKey(
        "EVENT_ID_WINDOW_SECONDS", .integer(1...86_400), default: "600",
        "How long a repeated event id is known for certain.")
    static let eventIDMax = ConfigurationKey(
        "EVENT_ID_MAX", .integer(1_000...100_000_000), default: "1000000",
        "Event ids remembered per shard, about 80 bytes each; at the limit the older half is forgotten early.")
    static let maxBodyBytes = ConfigurationKey(
        "MAX_BODY_BYTES", .integer(1_024...16_777_216), default: "1048576", "Largest request body.")
    static let maxConnections = ConfigurationKey(
        "MAX_CONNECTIONS", .integer(1...100_000), default: "10000", "Client connections at once.")
    static let eventLoops = ConfigurationKey(
        "EVENT_LOOPS", .integer(0...64), default: "0", "Threads that serve HTTP; 0 takes one per core, at most 4.")
    static let grouping = ConfigurationKey(
        "GROUPING", .choice(["standard", "message"]), default: "standard",
        "standard: by stack trace or normalised message. message: by the bytes of the message alone.")
    static let corsOrigins = ConfigurationKey(
        "CORS_ORIGINS", .text, default: "*",
        "Origins that may report from a browser: * or a comma-separated list; empty for none.")
    static let ingestToken = ConfigurationKey(
        "INGEST_TOKEN", .text, default: nil, isSecret: true, "When set, reporters must send it as a Bearer token.")
    static let adminToken = ConfigurationKey(
        "ADMIN_TOKEN", .text, default: nil, isSecret: true,
        "Bearer token for reading back. Without it, reads are answered only when HOST is a loopback address.")
    static let startupTimeoutSeconds = ConfigurationKey(
        "STARTUP_TIMEOUT_SECONDS", .integer(1...3_600), default: "30",
        "How long to wait for Redis, MySQL and the schema at start.")
    static let shutdownTimeoutSeconds = ConfigurationKey(
        "SHUTDOWN_TIMEOUT_SECONDS", .integer(1...300), default: "15",
        "How long a SIGTERM may drain before the process ends.")
    static let logLevel = ConfigurationKey(
        "LOG_LEVEL", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), default: "info",
        "Least severe level that is logged.")
    static let logFormat = ConfigurationKey(
        "LOG_FORMAT", .choice(["text", "json"]), default: "text", "One line of text or one JSON object per entry.")

    static let all: [ConfigurationKey] = [
        host, port, dataDir, redisURL, mysqlURL, redisNamespace, redisShards, redisDurability, syncIntervalSeconds,
        queueMaxDepth,
        queueMaxBytes, leaseSeconds, workers, eventIDWindowSeconds, eventIDMax, maxBodyBytes, maxConnections,
        eventLoops, grouping,
        corsOrigins, ingestToken, adminToken, startupTimeoutSeconds, shutdownTimeoutSeconds, logLevel, logFormat,
    ]
}
