import EmbeddedServers
import Glibc
import Logging
import ServiceLifecycle
import TestServers
import Testing

/// Whole embedded mode on real servers; one test at a time, each starts both.
@Suite(.serialized) struct EmbeddedServersTests {
    @Test func startsBothAndStopsBoth() async throws {
        let directory = try TestServers.freshDirectory() + "/data"
        let running = try RunningServers(dataDirectory: directory)
        try await running.servers.ready()
        #expect(RunningServers.count(in: directory) == 2)
        #expect(running.servers.redisURL == "unix://\(directory)/run/redis.sock")
        #expect(running.servers.mySQLURL == "mysql://root@localhost/error_ingest?socket=\(directory)/run/mariadb.sock")
        #expect(FileTree.isDirectory(directory + "/mariadb/data/error_ingest"))
        #expect(residentMebibytes(in: directory) < 200)
        try await running.stop()
        #expect(RunningServers.count(in: directory) == 0)
    }

    @Test(arguments: ["redis", "mariadb"])
    func startsAgainAfterAKill(server: String) async throws {
        let directory = try TestServers.freshDirectory() + "/data"
        let running = try RunningServers(dataDirectory: directory)
        try await running.servers.ready()
        let first = try #require(RunningServers.processID(server, in: directory))
        kill(first, SIGKILL)
        try await eventually(description: "\(server) runs again") {
            guard let now = RunningServers.processID(server, in: directory) else { return false }
            return now != first
        }
        #expect(RunningServers.count(in: directory) == 2)
        try await running.stop()
        #expect(RunningServers.count(in: directory) == 0)
    }

    @Test func aSecondStartOnTheDirectoryIsRefused() async throws {
        let directory = try TestServers.freshDirectory() + "/data"
        let running = try RunningServers(dataDirectory: directory)
        try await running.servers.ready()
        let error = #expect(throws: EmbeddedServersError.self) {
            // By another path to the same place.
            try RunningServers(dataDirectory: directory + "/../data")
        }
        #expect(error?.code == .directoryInUse)
        #expect(error?.message.contains("process \(getpid())") == true)
        #expect(error?.message.contains("DATA_DIR") == true)
        try await running.stop()
        let next = try RunningServers(dataDirectory: directory)
        try await next.servers.ready()
        try await next.stop()
    }

    @Test func orphansAreStoppedBeforeNewOnesStart() async throws {
        let directory = try TestServers.freshDirectory() + "/data"
        // What a killed owner leaves: servers that run, and no lock. One has lost its pid file as well.
        let data = try DataDirectory(directory)
        let redis = EmbeddedRedis(directory: data.redisDirectory, socketPath: data.redisSocketPath)
        let mariaDB = EmbeddedMariaDB(directory: data.mariaDBDirectory, socketPath: data.mariaDBSocketPath)
        let oldRedis = try await redis.launch(within: .seconds(60))
        let oldMariaDB = try await mariaDB.launch(within: .seconds(60))
        unlink(redis.pidPath)
        data.release()

        let running = try RunningServers(dataDirectory: directory)
        try await running.servers.ready()
        // Ended cleanly, not by SIGKILL.
        #expect(oldRedis.exit == .exited(0))
        #expect(oldMariaDB.exit == .exited(0))
        #expect(RunningServers.count(in: directory) == 2)
        try await running.stop()
    }

    @Test func aProcessIDInAStalePidFileIsLeftAlone() async throws {
        let directory = try TestServers.freshDirectory()
        let bystander = try ServerProcess(
            ServerCommand(executable: "/bin/sleep", arguments: ["600"], logPath: "/dev/null")
        )
        let redis = EmbeddedRedis(directory: directory, socketPath: directory + "/redis.sock")
        let ticks = try #require(RunningProcess(processID: bystander.processID)).startTicks
        try FileTree.write("\(bystander.processID) \(ticks)\n", to: redis.pidPath)
        let stopped = try await redis.stopOrphans(within: .seconds(5), logger: Logger(label: "test"))
        #expect(stopped.isEmpty)
        #expect(bystander.isRunning)
        await bystander.stop(within: .seconds(5))
    }

    @Test func aBystanderThatReadsTheFilesIsLeftAlone() async throws {
        let directory = try TestServers.freshDirectory()
        let redis = EmbeddedRedis(directory: directory, socketPath: directory + "/redis.sock")
        try await redis.prepare()
        let bystander = try ServerProcess(
            ServerCommand(
                executable: "/usr/bin/tail",
                arguments: ["-f", directory + "/redis.conf"],
                logPath: "/dev/null"
            )
        )
        let stopped = try await redis.stopOrphans(within: .seconds(5), logger: Logger(label: "test"))
        #expect(stopped.isEmpty)
        #expect(bystander.isRunning)
        await bystander.stop(within: .seconds(5))
    }

    @Test func gracefulShutdownStopsTheServersLast() async throws {
        let directory = try TestServers.freshDirectory() + "/data"
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let servers = try EmbeddedServers(EmbeddedServersConfiguration(dataDirectory: directory), logger: logger)
        let user = ServerUser(servers: servers, directory: directory)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: servers), .init(service: user)],
                logger: logger
            )
        )
        let running = Task { try await group.run() }
        try await servers.ready()
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(user.serversAtItsEnd == 2)
        #expect(RunningServers.count(in: directory) == 0)
    }

    @Test func aLongPathFallsBackToAPrivateDirectory() async throws {
        let directory = try TestServers.freshDirectory() + "/" + String(repeating: "long", count: 30)
        let running = try RunningServers(dataDirectory: directory)
        try await running.servers.ready()
        let socketPath = running.servers.redisSocketPath
        #expect(socketPath.utf8.count <= 107)
        let parent = String(socketPath.dropLast("/redis.sock".count))
        var status = stat()
        #expect(stat(parent, &status) == 0 && status.st_mode & 0o777 == 0o700)
        try await running.stop()
        #expect(!FileTree.exists(parent))
    }

    @Test func aKilledInstallIsMadeAnew() async throws {
        let directory = try TestServers.freshDirectory()
        let mariaDB = EmbeddedMariaDB(directory: directory, socketPath: directory + "/m.sock", redoLogMebibytes: 8)
        try FileTree.makeDirectory(directory + "/data.installing/mysql")
        try FileTree.write("half", to: directory + "/data.installing/ibdata1")
        let process = try await mariaDB.launch(within: .seconds(60))
        #expect(process.isRunning)
        #expect(!FileTree.exists(directory + "/data.installing"))
        await process.stop(within: .seconds(20))
    }

    @Test func theFirstStartFailsWithTheServersOwnWords() async throws {
        var configuration = EmbeddedServersConfiguration(dataDirectory: try TestServers.freshDirectory() + "/data")
        configuration.redisArguments = ["--no-such-option", "1"]
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let servers = try EmbeddedServers(configuration, logger: logger)
        let ready = Task { try await servers.ready() }
        let error = await #expect(throws: EmbeddedServersError.self) { try await servers.run() }
        #expect(error?.code == .startFailed)
        #expect(error?.message.contains("no-such-option") == true)
        await #expect(throws: EmbeddedServersError.self) { try await ready.value }
        #expect(RunningServers.count(in: configuration.dataDirectory) == 0)
    }

    private func residentMebibytes(in directory: String) -> Int {
        RunningProcess.all().reduce(0) { sum, process in
            guard process.arguments.contains(where: { $0.contains(directory + "/") }),
                let statm = FileTree.read("/proc/\(process.processID)/statm"),
                let pages = Int(String(decoding: statm, as: UTF8.self).split(separator: " ")[1])
            else { return sum }
            return sum + pages * 4096 >> 20
        }
    }
}
