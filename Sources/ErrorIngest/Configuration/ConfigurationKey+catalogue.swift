import Ingest

/// Every key the service reads. A new key needs its line here, its place in `all`, and its reading in `ServiceConfiguration`; then
/// `error-ingest configuration --markdown` writes `docs/configuration.md`.
extension ConfigurationKey {
    // MARK: Service

    static let dataDir = ConfigurationKey(
        "DATA_DIR", .text, default: "./data", in: .service, "Directory of the embedded Redis and MariaDB.")
    static let workers = ConfigurationKey(
        "WORKERS", .integer(1...24), default: "2", in: .service, for: .worker,
        "Workers per queue and shard in this process.")
    static let startupTimeoutSeconds = ConfigurationKey(
        "STARTUP_TIMEOUT_SECONDS", .integer(1...3_600), default: "30", unit: "seconds", in: .service,
        "How long to wait for Redis, MySQL and the schema at start.")
    static let shutdownTimeoutSeconds = ConfigurationKey(
        "SHUTDOWN_TIMEOUT_SECONDS", .integer(1...300), default: "15", unit: "seconds", in: .service,
        "How long a SIGTERM may drain before the process ends.")

    // MARK: HTTP

    static let host = ConfigurationKey("HOST", .text, default: "127.0.0.1", in: .http, "Address to listen on.")
    static let port = ConfigurationKey(
        "PORT", .integer(0...65_535), default: "9002", in: .http, "Port to listen on; 0 takes a free one and logs it.")
    static let maxBodyBytes = ConfigurationKey(
        "MAX_BODY_BYTES", .integer(1_024...16_777_216), default: "1048576", unit: "bytes", in: .http, for: .api,
        "Largest request body.")
    static let maxConnections = ConfigurationKey(
        "MAX_CONNECTIONS", .integer(1...100_000), default: "10000", in: .http, "Client connections at once.")
    static let eventLoops = ConfigurationKey(
        "EVENT_LOOPS", .integer(0...64), default: "0", in: .http, for: .api,
        "Threads that serve HTTP; 0 takes one per core, at most 4.")
    static let corsOrigins = ConfigurationKey(
        "CORS_ORIGINS", .text, default: "*", in: .http, for: .api,
        "Origins that may report from a browser: * or a comma-separated list; empty for none.")

    // MARK: Stores

    static let redisURL = ConfigurationKey(
        "REDIS_URL", .text, default: nil, isSecret: true, in: .stores,
        "redis://[user:password@]host[:port][/db], rediss://… for TLS (with ?ca=, &cert= and &key=, PEM files) or unix:///path. Without it and MYSQL_URL, serve starts embedded servers."
    )
    static let mysqlURL = ConfigurationKey(
        "MYSQL_URL", .text, default: nil, isSecret: true, in: .stores,
        "mysql://user[:password@]host[:port]/database, with ?socket=/path, or for TLS ?tls=on (with &tls-ca=, &tls-cert= and &tls-key=, PEM files)."
    )
    static let redisNamespace = ConfigurationKey(
        "REDIS_NAMESPACE", .text, default: "ei", in: .stores,
        "First part of every key: 1 to 32 letters, digits, '-', '_' or '.'.")
    static let redisShards = ConfigurationKey(
        "REDIS_SHARDS", .integer(1...48), default: "1", in: .stores,
        "Shards of the keys; may change only when the old ones are drained.")
    static let redisDurability = ConfigurationKey(
        "REDIS_DURABILITY", .choice(["checked", "trusted"]), default: "checked", in: .stores,
        "trusted: do not report degraded although Redis' settings cannot be read (managed Redis).")

    // MARK: Queue

    static let queueMaxDepth = ConfigurationKey(
        "QUEUE_MAX_DEPTH", .integer(1...10_000_000), default: "100000", unit: "records", in: .queue,
        "Records that may wait in a queue.")
    static let queueMaxBytes = ConfigurationKey(
        "QUEUE_MAX_BYTES", .integer(65_536...17_179_869_184), default: "268435456", unit: "bytes", in: .queue,
        "Bytes that may wait in a queue.")
    static let leaseSeconds = ConfigurationKey(
        "LEASE_SECONDS", .integer(1...300), default: "3", unit: "seconds", in: .queue, for: .worker,
        "How long a silent worker keeps its jobs.")
    static let eventIDWindowSeconds = ConfigurationKey(
        "EVENT_ID_WINDOW_SECONDS", .integer(1...86_400), default: "600", unit: "seconds", in: .queue, for: .api,
        "How long a repeated event id is known for certain.")
    static let eventIDMax = ConfigurationKey(
        "EVENT_ID_MAX", .integer(1_000...100_000_000), default: "1000000", in: .queue, for: .api,
        "Event ids remembered per shard, about 80 bytes each; at the limit the older half is forgotten early.")

    // MARK: Counting

    static let grouping = ConfigurationKey(
        "GROUPING", .choice(["standard", "message"]), default: "standard", in: .counting, for: .api,
        "standard: by stack trace or normalised message. message: by the bytes of the message alone.")
    static let syncIntervalSeconds = ConfigurationKey(
        "SYNC_INTERVAL_SECONDS", .integer(1...3_600), default: "30", unit: "seconds", in: .counting, for: .sync,
        "Time between two moves of counts to MySQL.")

    // MARK: Retention

    static let errorRetentionDays = ConfigurationKey(
        "ERROR_RETENTION_DAYS", .integer(35...36_500), default: "365", unit: "days", in: .retention, for: .sync,
        "An error not seen for so long is deleted with all that belongs to it; a summary row stays.")
    static let forgottenRetentionDays = ConfigurationKey(
        "FORGOTTEN_RETENTION_DAYS", .integer(1...36_500), default: "1825", unit: "days", in: .retention, for: .sync,
        "How long the summary rows of deleted errors are kept; at most 1,000,000 of them, the newest.")
    static let occurrenceRetentionDays = ConfigurationKey(
        "OCCURRENCE_RETENTION_DAYS", .integer(1...36_500), default: "90", unit: "days", in: .retention, for: .sync,
        "How long samples between an error's first and latest one are kept; those two stay as long as the error.")
    static let deadLetterRetentionDays = ConfigurationKey(
        "DEAD_LETTER_RETENTION_DAYS", .integer(0...36_500), default: "365", unit: "days", in: .retention, for: .sync,
        "How long a record that could not be stored waits for the operator; 0 keeps it for ever.")
    static let replayedRetentionDays = ConfigurationKey(
        "REPLAYED_RETENTION_DAYS", .integer(1...36_500), default: "30", unit: "days", in: .retention, for: .sync,
        "How long a dead letter is kept after it was replayed and stored.")
    static let eventRetentionDays = ConfigurationKey(
        "EVENT_RETENTION_DAYS", .integer(1...3_650), default: "90", unit: "days", in: .retention, for: .sync,
        "How long events are kept after the day of their receipt; what was counted of them stays.")
    static let statsRetentionDays = ConfigurationKey(
        "STATS_RETENTION_DAYS", .integer(2...36_500), default: "800", unit: "days", in: .retention, for: .sync,
        "How long statistics by day and quarter hour are kept, by the time of the events; those of all time stay.")

    static let occurrencesPerError = ConfigurationKey(
        "OCCURRENCES_PER_ERROR", .integer(0...OccurrenceThinning.maxInBetween), default: "20", in: .retention,
        for: .worker, "Samples kept of each error between the first and the latest, spread evenly over time.")

    // MARK: Security

    static let ingestToken = ConfigurationKey(
        "INGEST_TOKEN", .text, default: nil, isSecret: true, in: .security, for: .api,
        "When set, reporters must send it as a Bearer token.")
    static let adminToken = ConfigurationKey(
        "ADMIN_TOKEN", .text, default: nil, isSecret: true, in: .security, for: .api,
        "Bearer tokens for reading back and changing: name:token pairs with commas between; a token without a name is that of admin. Without it, only requests of this machine are answered, and only when HOST is a loopback address."
    )
    static let trustedProxies = ConfigurationKey(
        "TRUSTED_PROXIES", .text, default: "", in: .security, for: .api,
        "Addresses and ranges (10.0.0.0/8, 2001:db8::/32), with commas between, of the proxies whose X-Forwarded-For is believed."
    )

    static let scrub = ConfigurationKey(
        "SCRUB", .choice(["on", "off"]), default: "on", in: .security, for: .api,
        "on: secrets in reports are replaced by [scrubbed] before anything is stored. off: reports are stored as sent.")
    static let scrubKeys = ConfigurationKey(
        "SCRUB_KEYS", .text, default: "", in: .security, for: .api,
        "Keys whose values are secret besides the built-in ones: at most 100 of 1 to 64 characters, with commas between."
    )
    static let scrubKeepKeys = ConfigurationKey(
        "SCRUB_KEEP_KEYS", .text, default: "", in: .security, for: .api,
        "Keys whose values are kept although they are built in or end in a built-in word: at most 100 of 1 to 64 characters, with commas between."
    )

    // MARK: Logging

    static let logLevel = ConfigurationKey(
        "LOG_LEVEL", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), default: "info",
        in: .logging, "Least severe level that is logged.")
    static let logFormat = ConfigurationKey(
        "LOG_FORMAT", .choice(["text", "json"]), default: "text", in: .logging,
        "One line of text or one JSON object per entry.")

    /// In the order of the documents within each section.
    static let all: [ConfigurationKey] = [
        dataDir, workers, startupTimeoutSeconds, shutdownTimeoutSeconds,
        host, port, maxBodyBytes, maxConnections, eventLoops, corsOrigins,
        redisURL, mysqlURL, redisNamespace, redisShards, redisDurability,
        queueMaxDepth, queueMaxBytes, leaseSeconds, eventIDWindowSeconds, eventIDMax,
        grouping, syncIntervalSeconds,
        errorRetentionDays, forgottenRetentionDays, occurrenceRetentionDays, deadLetterRetentionDays,
        replayedRetentionDays, eventRetentionDays, statsRetentionDays, occurrencesPerError,
        ingestToken, adminToken, trustedProxies, scrub, scrubKeys, scrubKeepKeys,
        logLevel, logFormat,
    ]
}
