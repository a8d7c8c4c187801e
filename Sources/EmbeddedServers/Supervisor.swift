import Logging

/// Keeps one server running.
struct Supervisor: Sendable {
    private static let logCheckInterval = Duration.seconds(60)

    let startLimit: Duration
    let stopLimit: Duration
    let logger: Logger

    /// Starts the server, starts it again whenever it ends, and stops it when the task is cancelled.
    ///
    /// `started` is set when it has answered for the first time.
    ///
    /// - Throws: what made the first start fail; `CancellationError` at the end, the server having been stopped.
    func run(_ server: some EmbeddedServer, started: OneShot<Bool>) async throws {
        var backoff = RestartBackoff()
        var process = try await server.launch(within: startLimit)
        started.set(true)
        while true {
            let since = ContinuousClock.now
            log("Server is ready", .info, server, process)
            let exit = try await watch(process, of: server)
            log("Server ended by itself, starting it again", .error, server, process, exit)
            PIDFile(path: server.pidPath).remove()
            process = try await restart(server, &backoff, uptime: ContinuousClock.now - since)
        }
    }

    /// Waits for the end of the process, which is nobody's wish, and keeps its log within bounds meanwhile.
    private func watch(_ process: ServerProcess, of server: some EmbeddedServer) async throws -> ProcessExit {
        let logKeeper = Task {
            while true {
                try await Task.sleep(for: Self.logCheckInterval)
                LogFile(path: server.logPath).cut()
            }
        }
        defer { logKeeper.cancel() }
        if let exit = await process.exitOrCancellation() { return exit }
        let exit = await process.stop(within: stopLimit)
        PIDFile(path: server.pidPath).remove()
        log("Server stopped", .info, server, process, exit)
        throw CancellationError()
    }

    private func restart(
        _ server: some EmbeddedServer,
        _ backoff: inout RestartBackoff,
        uptime: Duration
    ) async throws -> ServerProcess {
        var uptime = uptime
        while true {
            try await Task.sleep(for: backoff.delay(afterRunning: uptime))
            do {
                return try await server.launch(within: startLimit)
            } catch let error as EmbeddedServersError {
                logger.error(
                    "Server does not start, trying again",
                    metadata: ["server": "\(server.name)", "error": "\(error)"]
                )
                uptime = .zero
            }
        }
    }

    private func log(
        _ message: Logger.Message,
        _ level: Logger.Level,
        _ server: some EmbeddedServer,
        _ process: ServerProcess,
        _ exit: ProcessExit? = nil
    ) {
        var metadata: Logger.Metadata = ["server": "\(server.name)", "pid": "\(process.processID)"]
        if let exit { metadata["exit"] = "\(exit)" }
        logger.log(level: level, message, metadata: metadata)
    }
}
