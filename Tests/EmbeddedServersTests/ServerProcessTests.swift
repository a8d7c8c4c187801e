import EmbeddedServers
import Glibc
import TestServers
import Testing

@Suite struct ServerProcessTests {
    @Test func reportsHowAProcessEnded() async throws {
        let directory = try TestServers.freshDirectory()
        let exited = try shell("exit 3", in: directory)
        #expect(await exited.waitForExit() == .exited(3))
        let signalled = try shell("kill -9 $$", in: directory)
        #expect(await signalled.waitForExit() == .signalled(SIGKILL))
        #expect(!signalled.isRunning)
    }

    @Test func runsInASessionOfItsOwnAndInheritsNoDescriptor() async throws {
        let directory = try TestServers.freshDirectory()
        // Not close-on-exec on purpose.
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let process = try shell("ls /proc/$$/fd; cut -d' ' -f6 /proc/$$/stat; echo $$", in: directory)
        #expect(await process.waitForExit() == .exited(0))
        let log = try #require(FileTree.read(directory + "/log"))
        let lines = String(decoding: log, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines == ["0", "1", "2", "\(process.processID)", "\(process.processID)"])
    }

    @Test func killsAProcessThatIgnoresSIGTERM() async throws {
        let directory = try TestServers.freshDirectory()
        let process = try shell("trap '' TERM; echo ready; while :; do sleep 0.05; done", in: directory)
        try await eventually(description: "the trap is set") { FileTree.read(directory + "/log")?.isEmpty == false }
        #expect(await process.stop(within: .milliseconds(50)) == .signalled(SIGKILL))
    }

    @Test func stopsInACancelledTask() async throws {
        let process = try shell("exec sleep 600", in: TestServers.freshDirectory())
        let task = Task {
            let before = await process.exitOrCancellation()
            return (before, await process.stop(within: .seconds(5)))
        }
        task.cancel()
        let (before, after) = await task.value
        #expect(before == nil)
        #expect(after == .signalled(SIGTERM))
    }

    @Test func saysWhichProgramCannotBeStarted() async throws {
        let command = ServerCommand(executable: "/nowhere/at-all", logPath: "/dev/null")
        let error = #expect(throws: EmbeddedServersError.self) { try ServerProcess(command) }
        #expect(error?.code == .spawnFailed)
        #expect(error?.message.contains("/nowhere/at-all") == true)
    }

    private func shell(_ script: String, in directory: String) throws -> ServerProcess {
        try ServerProcess(
            ServerCommand(executable: "/bin/sh", arguments: ["-c", script], logPath: directory + "/log")
        )
    }
}
