import EmbeddedServers
import Glibc
import Synchronization

/// A private mariadbd with the settings of embedded mode and `userstat`; account `root`, no password.
public final class TestMariaDB: Sendable {
    private let server: Mutex<EmbeddedMariaDB>
    private let instance = ServerInstance()
    private let zones = Mutex<Task<Void, any Error>?>(nil)

    public let directory: String
    public let socketPath: String
    /// TCP port on 127.0.0.1; nil unless asked for.
    public let port: Int?
    private let base: [String]

    private init(
        arguments: [String], environment: [String], port: Bool, certificate: TestCertificates.Pair?, clients: String?
    ) throws {
        directory = try TestServers.freshDirectory()
        socketPath = directory + "/mariadb.sock"
        self.port = port || certificate != nil ? Int(try FreePort.find()) : nil
        var base = Self.defaults
        if let certificate {
            base += [
                "--ssl-cert=\(certificate.certificateFile)", "--ssl-key=\(certificate.keyFile)",
                "--require-secure-transport=ON",
            ]
        }
        if let clients { base.append("--ssl-ca=\(clients)") }
        self.base = base
        server = Mutex(
            EmbeddedMariaDB(
                directory: directory + "/mariadb",
                socketPath: socketPath,
                port: UInt16(self.port ?? 0),
                database: "test",
                redoLogMebibytes: 8,
                arguments: base + arguments,
                environment: ServerCommand.plainEnvironment + environment
            )
        )
    }

    /// What tests need on top of embedded mode: row counts per table, and connections and tables of many tests at a time.
    private static let defaults = [
        "--userstat=1", "--max-connections=400", "--table-open-cache=4000", "--table-definition-cache=4000",
    ]

    /// Starts a server and waits until it answers; about two seconds.
    ///
    /// - Parameters:
    ///   - arguments: override the settings, as in `["--max-connections=5"]`.
    ///   - environment: added to the server's environment.
    ///   - port: whether it also listens on a TCP port.
    ///   - certificate: what it shows on a TCP port that then takes encrypted connections only.
    ///   - clientAuthority: file of the authority that certificates of clients must come from, for accounts that
    ///     `REQUIRE X509`.
    public static func start(
        arguments: [String] = [],
        environment: [String] = [],
        port: Bool = false,
        certificate: TestCertificates.Pair? = nil,
        clientAuthority: String? = nil
    ) async throws -> TestMariaDB {
        let mariadb = try TestMariaDB(
            arguments: arguments, environment: environment, port: port, certificate: certificate,
            clients: clientAuthority)
        try await mariadb.start()
        return mariadb
    }

    /// `mysql://…`, as `MYSQL_URL` takes it. The database `test` is there from the start.
    public func url(database: String = "test") -> String {
        "mysql://root@localhost/\(database)?socket=\(socketPath)"
    }

    /// nil while it does not run.
    public var processID: Int32? { instance.processID }

    /// Starts it again on the same data after `stop` or `kill`.
    public func start() async throws {
        try await instance.start(server.withLock { $0 })
    }

    /// Fills its zone tables, once, whoever asks for it.
    public func loadZones() async throws {
        let loading = zones.withLock { zones in
            let task = zones ?? Task { try await server.withLock { $0 }.loadZones() }
            zones = task
            return task
        }
        try await loading.value
    }

    /// Ends it cleanly and waits for the end.
    public func stop() async { await instance.stop() }

    /// Ends it by SIGKILL and waits for the end.
    public func kill() async { await instance.kill() }

    /// Stops it, if it runs, and starts it on the same data, with other arguments if given.
    public func restart(arguments: [String]? = nil) async throws {
        await instance.stop()
        if let arguments { server.withLock { $0.arguments = base + arguments } }
        try await start()
    }

    /// SIGSTOP: connections stay open and nothing answers.
    public func suspend() { instance.signal(SIGSTOP) }

    /// SIGCONT.
    public func resume() { instance.signal(SIGCONT) }
}
