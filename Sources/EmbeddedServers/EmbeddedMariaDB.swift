import Glibc

/// A private mariadbd (10.6 or later) on a Unix socket, small and durable.
///
/// The account is `root` without a password: whoever may enter the 0700 directory of the socket may use it.
public struct EmbeddedMariaDB: EmbeddedServer {
    public let name = "mariadbd"
    public let directory: String
    public let socketPath: String
    /// TCP port on 127.0.0.1; 0 means no networking at all.
    public let port: UInt16
    /// A database made when the server starts, if it is not there; letters, digits and `_`.
    public let database: String?
    /// Size of the redo log file.
    public let redoLogMebibytes: Int
    /// Further options, which override those set here: `["--userstat=1"]`.
    public var arguments: [String]
    public var environment: [String]

    public init(
        directory: String,
        socketPath: String,
        port: UInt16 = 0,
        database: String? = nil,
        redoLogMebibytes: Int = 48,
        arguments: [String] = [],
        environment: [String] = ServerCommand.plainEnvironment
    ) {
        self.directory = directory
        self.socketPath = socketPath
        self.port = port
        self.database = database
        self.redoLogMebibytes = redoLogMebibytes
        self.arguments = arguments
        self.environment = environment
    }

    public var logPath: String { directory + "/mariadb.log" }
    public var pidPath: String { directory + "/mariadb.pid" }
    var dataPath: String { directory + "/data" }
    var installingPath: String { dataPath + ".installing" }
    private var temporaryPath: String { directory + "/tmp" }
    private var initFilePath: String { directory + "/init.sql" }

    public func findProgram() throws(EmbeddedServersError) -> String {
        try Executable.find(["mariadbd", "mysqld"], package: "mariadb-server-core")
    }

    public func prepare() async throws(EmbeddedServersError) {
        try FileTree.makePrivateDirectory(directory)
        try FileTree.makePrivateDirectory(temporaryPath)
        try await install()
        if let database {
            let statement = "CREATE DATABASE IF NOT EXISTS `\(database)` CHARACTER SET utf8mb4;\n"
            try FileTree.write(statement, to: initFilePath)
        }
    }

    public func command() throws(EmbeddedServersError) -> ServerCommand {
        var options = ["--no-defaults", "--datadir=\(dataPath)", "--socket=\(socketPath)"]
        if geteuid() == 0 { options.append("--user=root") }
        if port == 0 {
            options.append("--skip-networking")
        } else {
            options += ["--bind-address=127.0.0.1", "--port=\(port)"]
        }
        if database != nil { options.append("--init-file=\(initFilePath)") }
        options += sharedOptions
        options += [
            // Its own pid file; ours also holds the start time.
            "--pid-file=\(directory)/mariadbd.pid",
            "--innodb-flush-log-at-trx-commit=1",
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-buffer-size=8M",
            "--aria-pagecache-buffer-size=8M",
            "--key-buffer-size=1M",
            "--query-cache-type=OFF",
            "--query-cache-size=0",
            "--performance-schema=OFF",
            "--max-allowed-packet=16M",
            "--max-connections=64",
            "--table-open-cache=1024",
            "--character-set-server=utf8mb4",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--local-infile=OFF",
            // Connections cut by a killed client are not news.
            "--log-warnings=1",
        ]
        return ServerCommand(
            executable: try findProgram(),
            arguments: options + arguments,
            environment: environment,
            logPath: logPath
        )
    }

    public func owns(arguments: [String]) -> Bool {
        Executable.isNamed(in: arguments, ["mariadbd", "mysqld", "mariadb-install-db", "mysql_install_db"])
            && arguments.contains { $0 == "--datadir=\(dataPath)" || $0 == "--datadir=\(installingPath)" }
    }

    /// The server speaks first: a packet header of 4 bytes, then protocol version 10. A refusal starts with 0xFF.
    public func isReady() async -> Bool {
        guard
            let greeting = await ReadinessProbe.converse(socketPath: socketPath, sending: [], reading: 5),
            greeting.count >= 5
        else { return false }
        return greeting[4] == 10
    }

    /// Options of the installation as well as of the server.
    ///
    /// A directory of its own for temporary tables: a mariadbd that starts removes all `#sql-*` files it finds in its
    /// `tmpdir`, also those another one is using.
    var sharedOptions: [String] {
        ["--tmpdir=\(temporaryPath)", "--innodb-log-file-size=\(redoLogMebibytes)M"]
    }
}
