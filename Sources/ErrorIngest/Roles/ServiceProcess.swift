import CoreMetrics
import EmbeddedServers
import IngestStorage
import Logging
import MySQLClient
import PrometheusExposition
import RedisClient
import ServiceLifecycle
import UnixSignals

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One run of the program: configuration in, services started in the order of their dependencies, SIGTERM out.
enum ServiceProcess {
    /// Runs until SIGTERM or SIGINT, then drains. Ends the process with status 1 and a message when it cannot start.
    static func run(_ roles: Roles, migrates: Bool) async throws {
        do {
            let configuration = try await ServiceConfiguration.load()
            if roles.contains(.worker) { try configuration.checkWorkers() }
            try await run(roles, migrates: migrates, configuration: configuration)
        } catch {
            complain(error)
            exit(1)
        }
    }

    /// Says on standard error why the program ends.
    static func complain(_ error: any Error) {
        let text = "error-ingest: \(error)\n"
        text.utf8.withContiguousStorageIfAvailable { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func run(_ roles: Roles, migrates: Bool, configuration: ServiceConfiguration) async throws {
        ignoreBrokenPipes()
        bootstrapLogging(configuration)
        let logger = Logger(label: "error-ingest")
        let registry = PrometheusRegistry(catalogue: .service)
        MetricsSystem.bootstrap(registry)
        logger.notice("starting", metadata: ["version": "\(ServiceVersion.text)", "roles": "\(roles)"])

        var services: [ServiceGroupConfiguration.ServiceConfiguration] = []
        let stores: IngestSystem.Stores
        switch configuration.stores {
        case .external(let redis, let mysql):
            stores = IngestSystem.Stores(redis: redis, mysql: mysql, embedded: nil)
        case .embedded(let directory):
            guard roles == .all else {
                throw StartupError(
                    problem: "REDIS_URL and MYSQL_URL are not set, and only serve starts its own servers",
                    remedy: "Set both, or run error-ingest serve")
            }
            let embedded = try EmbeddedServers(
                EmbeddedServersConfiguration(dataDirectory: directory), logger: Logger(label: "embedded"))
            stores = IngestSystem.Stores(
                redis: try RedisEndpoint(url: embedded.redisURL),
                mysql: try MySQLEndpoint(url: embedded.mySQLURL),
                embedded: embedded)
            // First in, last out: what uses the servers has drained by the time they stop.
            services.append(.init(service: embedded, failureTerminationBehavior: .gracefullyShutdownGroup))
        }
        let system = IngestSystem(
            roles: roles, migrates: migrates, configuration: configuration, stores: stores, registry: registry,
            logger: logger)
        services.append(
            .init(
                service: system,
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup))
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet(Logger(label: "lifecycle")))
        // Each part keeps limits of its own within this one; embedded servers get time of theirs on top.
        group.maximumGracefulShutdownDuration =
            configuration.shutdownTimeout + (stores.embedded == nil ? .zero : .seconds(20))
        try await ServiceGroup(configuration: group).run()
        logger.notice("stopped")
    }

    private static func bootstrapLogging(_ configuration: ServiceConfiguration) {
        LoggingSystem.bootstrap { label in
            ServiceLogHandler(label: label, level: configuration.logLevel, format: configuration.logFormat)
        }
    }

    /// The group's own steps are of interest only to whoever debugs it.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    /// A peer that goes away is an error of one call, never the end of the process.
    private static func ignoreBrokenPipes() {
        signal(SIGPIPE, SIG_IGN)
    }
}

extension ServiceProcess {
    /// Brings the schema up to date.
    static func migrate() async throws {
        let configuration = try await ServiceConfiguration.load()
        ignoreBrokenPipes()
        bootstrapLogging(configuration)
        guard case .external(_, let mysql) = configuration.stores else {
            throw StartupError(
                problem: "REDIS_URL and MYSQL_URL are not set",
                remedy: "Set both; embedded servers are migrated by serve itself")
        }
        let pool = MySQLPool(
            configuration: MySQLConfiguration(endpoint: mysql), size: 1, logger: Logger(label: "mysql"))
        do {
            let timeout = configuration.startupTimeout
            _ = try await StartupChecks.waitForMySQL(pool, timeout, until: .now + timeout)
            try await StartupChecks.explain("the schema cannot be brought up to date") {
                try await MySQLMigrator(pool: pool, logger: Logger(label: "migrations")).migrate()
            }
        } catch {
            await pool.shutDown()
            throw error
        }
        await pool.shutDown()
    }
}
