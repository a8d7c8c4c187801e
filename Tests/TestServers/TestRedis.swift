import EmbeddedServers
import Glibc
import Synchronization

/// A private redis-server with the durable settings of embedded mode.
public final class TestRedis: Sendable {
    private let server: Mutex<EmbeddedRedis>
    private let instance = ServerInstance()

    public let directory: String
    public let socketPath: String
    /// TCP port on 127.0.0.1; nil unless asked for.
    public let port: Int?
    /// TCP port on 127.0.0.1 that speaks TLS; nil unless there is a certificate.
    public let tlsPort: Int?
    private let tlsArguments: [String]

    private init(
        arguments: [String], environment: [String], port: Bool, certificate: TestCertificates.Pair?, clients: String?
    ) throws {
        directory = try TestServers.freshDirectory()
        socketPath = directory + "/redis.sock"
        self.port = port ? Int(try FreePort.find()) : nil
        if let certificate {
            let port = Int(try FreePort.find())
            tlsPort = port
            tlsArguments =
                [
                    "--tls-port", "\(port)", "--tls-cert-file", certificate.certificateFile,
                    "--tls-key-file", certificate.keyFile,
                ]
                + (clients.map { ["--tls-ca-cert-file", $0, "--tls-auth-clients", "yes"] } ?? [
                    "--tls-auth-clients", "no",
                ])
        } else {
            tlsPort = nil
            tlsArguments = []
        }
        server = Mutex(
            EmbeddedRedis(
                directory: directory + "/redis",
                socketPath: socketPath,
                port: UInt16(self.port ?? 0),
                arguments: tlsArguments + arguments,
                environment: ServerCommand.plainEnvironment + environment
            )
        )
    }

    /// Starts a server and waits until it answers.
    ///
    /// - Parameters:
    ///   - arguments: override the settings, as in `["--maxmemory", "1mb"]`.
    ///   - environment: added to the server's environment, as in `["LD_PRELOAD=/tmp/slow.so"]`.
    ///   - port: whether it also listens on a TCP port.
    ///   - certificate: what it shows on a port for TLS.
    ///   - clientAuthority: file of the authority whose certificates clients of that port must show.
    public static func start(
        arguments: [String] = [],
        environment: [String] = [],
        port: Bool = false,
        certificate: TestCertificates.Pair? = nil,
        clientAuthority: String? = nil
    ) async throws -> TestRedis {
        let redis = try TestRedis(
            arguments: arguments, environment: environment, port: port, certificate: certificate,
            clients: clientAuthority)
        try await redis.start()
        return redis
    }

    /// `unix://…`, as `REDIS_URL` takes it.
    public var url: String { "unix://" + socketPath }

    /// nil while it does not run.
    public var processID: Int32? { instance.processID }

    /// Where the append-only files are, for tests that cut them.
    public var appendOnlyDirectory: String { directory + "/redis/appendonlydir" }

    /// Starts it again on the same data after `stop` or `kill`.
    public func start() async throws {
        try await instance.start(server.withLock { $0 })
    }

    /// Ends it cleanly and waits for the end.
    public func stop() async { await instance.stop() }

    /// Ends it by SIGKILL and waits for the end.
    public func kill() async { await instance.kill() }

    /// Stops it, if it runs, and starts it on the same data, with other arguments if given.
    public func restart(arguments: [String]? = nil) async throws {
        await instance.stop()
        if let arguments { server.withLock { $0.arguments = tlsArguments + arguments } }
        try await start()
    }

    /// SIGSTOP: connections stay open and nothing answers.
    public func suspend() { instance.signal(SIGSTOP) }

    /// SIGCONT.
    public func resume() { instance.signal(SIGCONT) }
}
