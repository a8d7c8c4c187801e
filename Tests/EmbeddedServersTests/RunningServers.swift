import EmbeddedServers
import Logging
import TestServers

/// Embedded servers in a task of their own, as `serve` runs them.
struct RunningServers {
    let servers: EmbeddedServers
    private let task: Task<Void, any Error>

    init(dataDirectory: String) throws {
        var configuration = EmbeddedServersConfiguration(dataDirectory: dataDirectory)
        configuration.startLimit = .seconds(60)
        var logger = Logger(label: "embedded-servers-tests")
        logger.logLevel = .critical
        let servers = try EmbeddedServers(configuration, logger: logger)
        self.servers = servers
        task = Task { try await servers.run() }
    }

    /// Cancels and waits until both servers have ended.
    func stop() async throws {
        task.cancel()
        try await task.value
    }

    /// Waits for `run` to end by itself.
    func end() async throws {
        try await task.value
    }

    /// The one process of this server, by the pid file.
    static func processID(_ server: String, in dataDirectory: String) -> Int32? {
        guard
            let file = FileTree.read("\(dataDirectory)/\(server)/\(server).pid"),
            let number = Int32(String(decoding: file.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)),
            RunningProcess(processID: number) != nil
        else { return nil }
        return number
    }

    /// How many processes name this directory on their command line.
    static func count(in dataDirectory: String) -> Int {
        RunningProcess.all().count { $0.arguments.contains { $0.contains(dataDirectory + "/") } }
    }
}
