import Glibc

extension EmbeddedServer {
    /// Prepares the server, starts it, and waits until it answers.
    ///
    /// The caller must have stopped any earlier process of the same directory (`stopOrphans`). When this throws, no
    /// process is left.
    ///
    /// - Throws: `EmbeddedServersError`; `CancellationError` when the task is cancelled while waiting.
    public func launch(within limit: Duration) async throws -> ServerProcess {
        try await prepare()
        try Task.checkCancellation()
        LogFile(path: logPath).rotate()
        unlink(socketPath)
        let process = try ServerProcess(command())
        do {
            try PIDFile(path: pidPath).write(process.processID)
            try await waitUntilReady(process, within: limit)
        } catch {
            await process.stop(within: .seconds(10))
            PIDFile(path: pidPath).remove()
            throw error
        }
        return process
    }

    private func waitUntilReady(_ process: ServerProcess, within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            if let exit = process.exit {
                throw failure("ended with \(exit) before it was ready")
            }
            if await isReady(), process.isRunning { return }
            guard ContinuousClock.now < deadline else {
                throw failure("did not answer on \(socketPath) within \(limit)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private func failure(_ what: String) -> EmbeddedServersError {
        EmbeddedServersError(
            .startFailed,
            "\(name) \(what). The last lines of \(logPath):\n\(LogFile(path: logPath).lastLines())"
        )
    }
}
