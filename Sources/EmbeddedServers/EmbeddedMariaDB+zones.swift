import Glibc

extension EmbeddedMariaDB {
    /// Says which zones were loaded, so that this is done once.
    private var zonesMarkPath: String { directory + "/zones" }
    private var zonesSQLPath: String { directory + "/zones.sql" }
    private var zonesLogPath: String { directory + "/zones.log" }

    /// Fills the zone tables of the running server from the system's zone database, unless that was done before in this directory.
    ///
    /// By the command line client, which `mariadb-install-db` brought along. Takes a second or two.
    ///
    /// - Parameter limit: after that the client is ended; loaded again with the next start.
    /// - Throws: `zonesUnavailable`, `missingBinary`, `startFailed`. The server runs on; only names of zones are unknown to it.
    public func loadZones(within limit: Duration = .seconds(60)) async throws(EmbeddedServersError) {
        if FileTree.exists(zonesMarkPath) { return }
        let database = try ZoneDatabase()
        try FileTree.write(database.sql, to: zonesSQLPath)
        defer { unlink(zonesSQLPath) }
        unlink(zonesLogPath)
        let input = open(zonesSQLPath, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else {
            throw EmbeddedServersError(.directoryUnusable, "\(zonesSQLPath) could not be opened: \(SystemError())")
        }
        defer { close(input) }
        let process = try ServerProcess(
            ServerCommand(
                executable: try Executable.find(["mariadb", "mysql"], package: "mariadb-client-core"),
                arguments: ["--no-defaults", "--socket=\(socketPath)", "--user=root", "mysql"],
                environment: environment, logPath: zonesLogPath, standardInput: input))
        let killer = Task {
            try await Task.sleep(for: limit)
            process.signalGroup(SIGKILL)
        }
        defer { killer.cancel() }
        guard let exit = await process.exitOrCancellation() else {
            process.signalGroup(SIGKILL)
            await process.waitForExit()
            throw EmbeddedServersError(.startFailed, "the loading of zones was interrupted")
        }
        guard exit == .exited(0) else {
            throw EmbeddedServersError(
                .startFailed,
                "the zone tables could not be filled: the client ended with \(exit). The last lines of \(zonesLogPath):\n"
                    + LogFile(path: zonesLogPath).lastLines())
        }
        try FileTree.write("\(database.names.count)\n", to: zonesMarkPath)
    }
}
