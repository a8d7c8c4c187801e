import EmbeddedServers
import Glibc
import Synchronization

/// The directory of this test process, and the watchdog that clears up after it.
///
/// A test process may be killed or crash: what it started must not stay. The watchdog is a shell that reads from a pipe;
/// when the test process ends, for whatever reason, the pipe closes, and it kills every process that names the directory
/// in its command line or environment, and removes the directory.
struct TestDirectory: Sendable {
    static let shared = Result { try TestDirectory() }

    private static let prefix = "error-ingest-tests-"
    private static let script = """
        cat >/dev/null
        for process in /proc/[0-9]*; do
            if grep -qsF -e "$0/" "$process/cmdline" "$process/environ"; then
                kill -9 "${process#/proc/}" 2>/dev/null
            fi
        done
        rm -rf -- "$0"
        """

    let path: String
    private let pipe: Int32
    private let watchdog: ServerProcess

    private init() throws {
        // Always /tmp: a socket path must stay short.
        Self.removeStale(in: "/tmp")
        path = "/tmp/\(Self.prefix)\(getpid())-\(TestServers.randomHex().prefix(8))"
        try FileTree.makePrivateDirectory(path)
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw TestServerError("pipe failed: \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipe = ends[1]
        watchdog = try ServerProcess(
            ServerCommand(
                executable: "/bin/sh",
                arguments: ["-c", Self.script, path],
                logPath: "/dev/null",
                standardInput: ends[0]
            )
        )
        close(ends[0])
    }

    func fresh() throws -> String {
        let directory = "\(path)/\(TestServers.randomHex().prefix(8))"
        try FileTree.makePrivateDirectory(directory)
        return directory
    }

    /// Clears up after test processes whose watchdog was killed as well.
    private static func removeStale(in parent: String) {
        for name in FileTree.names(in: parent) where name.hasPrefix(prefix) {
            let owner = name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard let processID = pid_t(owner), RunningProcess(processID: processID) == nil else { continue }
            let directory = "\(parent)/\(name)"
            for process in RunningProcess.all()
            where process.arguments.contains(where: { $0.contains(directory + "/") }) {
                kill(process.processID, SIGKILL)
            }
            FileTree.removeTree(directory)
        }
    }
}
