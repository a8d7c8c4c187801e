import Glibc

extension EmbeddedMariaDB {
    private static let installLimit = Duration.seconds(120)

    /// Makes the system tables on first start, aside and then renamed: a killed install is not taken for a whole one.
    func install() async throws(EmbeddedServersError) {
        if FileTree.isDirectory(dataPath) { return }
        FileTree.removeTree(installingPath)
        let logPath = directory + "/install.log"
        unlink(logPath)
        let process = try ServerProcess(installCommand(logPath: logPath))
        let limit = Task {
            try await Task.sleep(for: Self.installLimit)
            process.signalGroup(SIGKILL)
        }
        defer { limit.cancel() }
        guard let exit = await process.exitOrCancellation() else {
            await killInstall(process)
            throw EmbeddedServersError(.startFailed, "the installation of MariaDB's system tables was interrupted")
        }
        guard exit == .exited(0) else {
            throw EmbeddedServersError(
                .startFailed,
                "mariadb-install-db ended with \(exit). The last lines of \(logPath):\n"
                    + LogFile(path: logPath).lastLines()
            )
        }
        guard rename(installingPath, dataPath) == 0 else {
            throw EmbeddedServersError(.directoryUnusable, "\(dataPath) could not be made: \(SystemError())")
        }
    }

    /// Returns when also the processes the script had started have ended: killed with it, they go each in its own time,
    /// and until then they write to the directory. Works in a cancelled task.
    private func killInstall(_ process: ServerProcess) async {
        process.signalGroup(SIGKILL)
        await process.waitForExit()
        await Task {
            for child in RunningProcess.all() where owns(arguments: child.arguments) {
                _ = await hasEnded(child, within: .seconds(10))
            }
        }.value
    }

    private func installCommand(logPath: String) throws(EmbeddedServersError) -> ServerCommand {
        var options = [
            "--no-defaults",
            "--datadir=\(installingPath)",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-name-resolve",
        ]
        if geteuid() == 0 { options.append("--user=root") }
        return ServerCommand(
            executable: try Executable.find(
                ["mariadb-install-db", "mysql_install_db"],
                package: "mariadb-server-core"
            ),
            arguments: options + sharedOptions,
            logPath: logPath
        )
    }
}
