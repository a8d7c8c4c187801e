public import Glibc
public import Logging

extension EmbeddedServer {
    /// Stops processes an earlier owner of this directory left behind, and waits until they have ended.
    ///
    /// Two servers must never write the same files; a second redis-server would start silently on the same append-only
    /// file. A process counts as left behind when its command line names this directory, be it the one in the pid file
    /// or one started just before its pid file could be written.
    ///
    /// The caller must hold the data directory's lock.
    ///
    /// - Returns: the ids of the processes stopped.
    /// - Throws: `directoryInUse` when one cannot be stopped.
    @discardableResult
    public func stopOrphans(within limit: Duration, logger: Logger) async throws(EmbeddedServersError) -> [pid_t] {
        let pidFile = PIDFile(path: pidPath)
        var orphans = RunningProcess.all().filter { owns(arguments: $0.arguments) }
        if let named = pidFile.process(), owns(arguments: named.arguments),
            !orphans.contains(where: { $0.processID == named.processID })
        {
            orphans.append(named)
        }
        for orphan in orphans {
            logger.warning(
                "Stopping a server left behind by an earlier run",
                metadata: ["server": "\(name)", "pid": "\(orphan.processID)"]
            )
            kill(orphan.processID, SIGTERM)
            kill(orphan.processID, SIGCONT)
        }
        for orphan in orphans {
            if await hasEnded(orphan, within: limit) { continue }
            kill(orphan.processID, SIGKILL)
            if await hasEnded(orphan, within: .seconds(10)) { continue }
            throw EmbeddedServersError(
                .directoryInUse,
                "\(name) of an earlier run (process \(orphan.processID)) does not end and still uses \(directory). "
                    + "End it (kill -9 \(orphan.processID)) and start again."
            )
        }
        pidFile.remove()
        return orphans.map(\.processID)
    }

    /// It is not our child, so its end shows only in the process table.
    func hasEnded(_ orphan: RunningProcess, within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while orphan.isStillRunning {
            guard ContinuousClock.now < deadline else { return false }
            // Cancelled: end at once what is still there rather than wait.
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return !orphan.isStillRunning }
        }
        return true
    }
}
