/// A private redis-server (7.0 or later) that has every acknowledged write on disk.
public struct EmbeddedRedis: EmbeddedServer {
    public let name = "redis-server"
    public let directory: String
    public let socketPath: String
    /// TCP port on 127.0.0.1; 0 means none.
    public let port: UInt16
    /// Options after the configuration file, which they override: `["--maxmemory", "1mb"]`.
    public var arguments: [String]
    public var environment: [String]

    public init(
        directory: String,
        socketPath: String,
        port: UInt16 = 0,
        arguments: [String] = [],
        environment: [String] = ServerCommand.plainEnvironment
    ) {
        self.directory = directory
        self.socketPath = socketPath
        self.port = port
        self.arguments = arguments
        self.environment = environment
    }

    public var logPath: String { directory + "/redis.log" }
    public var pidPath: String { directory + "/redis.pid" }
    var configurationPath: String { directory + "/redis.conf" }

    public func findProgram() throws(EmbeddedServersError) -> String {
        try Executable.find(["redis-server"], package: "redis-server")
    }

    public func prepare() async throws(EmbeddedServersError) {
        try FileTree.makePrivateDirectory(directory)
        try FileTree.write(configuration, to: configurationPath)
    }

    public func command() throws(EmbeddedServersError) -> ServerCommand {
        ServerCommand(
            executable: try findProgram(),
            arguments: [configurationPath] + arguments,
            environment: environment,
            logPath: logPath
        )
    }

    public func owns(arguments: [String]) -> Bool {
        Executable.isNamed(in: arguments, ["redis-server"]) && arguments.contains(configurationPath)
    }

    /// `+PONG`; while the append-only file is read the answer is `-LOADING`.
    public func isReady() async -> Bool {
        let answer = await ReadinessProbe.converse(
            socketPath: socketPath,
            sending: Array("PING\r\n".utf8),
            reading: 5
        )
        return answer?.starts(with: "+PONG".utf8) ?? false
    }

    /// Written anew at each start. Durability is the point: an acknowledged write has been fsynced, also during a
    /// rewrite of the append-only file, and nothing is ever evicted.
    var configuration: String {
        """
        # Written by error-ingest at each start; changes made here are lost.
        daemonize no
        supervised no
        # The command line stays as it was started: it is how a later run knows this process.
        set-proc-title no
        dir \(quoted(directory))
        port \(port)
        bind 127.0.0.1
        unixsocket \(quoted(socketPath))
        unixsocketperm 700
        maxclients 1000
        logfile ""
        save ""
        appendonly yes
        appendfsync always
        no-appendfsync-on-rewrite no
        maxmemory 512mb
        maxmemory-policy noeviction

        """
    }

    /// Double quotes with backslash escapes, as redis.conf reads them.
    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
