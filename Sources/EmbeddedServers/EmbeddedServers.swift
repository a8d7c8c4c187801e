public import Logging
public import ServiceLifecycle

/// The redis-server and mariadbd of `serve` when no server of the operator's is configured: started, watched, started
/// again when they die, and stopped.
///
/// Register it first in the service group: what is registered first is stopped last. Both servers end only when `run`
/// is cancelled or told to shut down, so the parts that use them have drained by then.
public final class EmbeddedServers: Service {
    private let configuration: EmbeddedServersConfiguration
    private let directory: DataDirectory
    private let logger: Logger
    private let redis: EmbeddedRedis
    private let mariaDB: EmbeddedMariaDB
    private let redisStarted = OneShot<Bool>()
    private let mariaDBStarted = OneShot<Bool>()
    private let outcome = OneShot<Result<Void, EmbeddedServersError>>()

    /// Takes the data directory's lock and looks for the programs; starts nothing yet.
    ///
    /// - Throws: `directoryInUse`, `directoryUnusable`, `missingBinary`: messages for the operator.
    public init(_ configuration: EmbeddedServersConfiguration, logger: Logger) throws(EmbeddedServersError) {
        self.configuration = configuration
        self.logger = logger
        directory = try DataDirectory(configuration.dataDirectory)
        redis = EmbeddedRedis(
            directory: directory.redisDirectory,
            socketPath: directory.redisSocketPath,
            arguments: configuration.redisArguments
        )
        mariaDB = EmbeddedMariaDB(
            directory: directory.mariaDBDirectory,
            socketPath: directory.mariaDBSocketPath,
            database: configuration.database,
            arguments: configuration.mariaDBArguments
        )
        _ = try redis.findProgram()
        _ = try mariaDB.findProgram()
    }

    public var redisSocketPath: String { redis.socketPath }
    public var mariaDBSocketPath: String { mariaDB.socketPath }

    /// `unix://…` with the path percent-encoded, as `REDIS_URL` takes it.
    public var redisURL: String { "unix://" + PercentEncoding.path(redis.socketPath) }

    /// `mysql://…?socket=…` with the path percent-encoded, as `MYSQL_URL` takes it.
    public var mySQLURL: String {
        "mysql://root@localhost/\(configuration.database)?socket=" + PercentEncoding.path(mariaDB.socketPath)
    }

    /// Waits until both servers have answered for the first time.
    ///
    /// - Throws: the `EmbeddedServersError` the start failed with, or `startFailed` when the servers were stopped before
    ///   they were ready; `CancellationError` when the waiting task is cancelled.
    public func ready() async throws {
        guard let outcome = await outcome.wait() else { throw CancellationError() }
        try outcome.get()
    }

    /// Starts both servers and keeps them running until graceful shutdown or cancellation; then stops them.
    ///
    /// - Throws: what made the first start of either fail. Later deaths are logged and mended, never thrown.
    public func run() async throws {
        defer { directory.release() }
        do {
            try await cancelWhenGracefulShutdown { try await self.superviseBoth() }
        } catch let error as EmbeddedServersError {
            outcome.set(.failure(error))
            throw error
        } catch {
            // Stopped: the normal end. Whoever still waits in `ready` is told.
            outcome.set(.failure(EmbeddedServersError(.startFailed, "stopped before the servers were ready")))
            if !(error is CancellationError) { throw error }
        }
    }

    private func superviseBoth() async throws {
        // Before anything starts: what a killed run left behind still writes to the files.
        try await redis.stopOrphans(within: configuration.stopLimit, logger: logger)
        try await mariaDB.stopOrphans(within: configuration.stopLimit, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.supervisor.run(self.redis, started: self.redisStarted) }
            group.addTask { try await self.supervisor.run(self.mariaDB, started: self.mariaDBStarted) }
            group.addTask {
                guard await self.redisStarted.wait() != nil, await self.mariaDBStarted.wait() != nil else { return }
                await self.loadZones()
                self.outcome.set(.success(()))
            }
            // Unlike `waitForAll`, this ends at the first failure, and the other server is stopped.
            while try await group.next() != nil {}
        }
    }

    /// Once for each data directory. Without it the service does all but know the names of zones.
    private func loadZones() async {
        do throws(EmbeddedServersError) {
            try await mariaDB.loadZones(within: configuration.zonesLimit)
        } catch {
            logger.warning(
                "MariaDB's zone tables are not filled: only offsets such as +02:00 are known, no names of zones",
                metadata: ["error": "\(error)"])
        }
    }

    private var supervisor: Supervisor {
        Supervisor(startLimit: configuration.startLimit, stopLimit: configuration.stopLimit, logger: logger)
    }
}
