import EmbeddedServers

/// A certificate authority of the tests' own, made with the `openssl` program (Debian: openssl), and what it has signed.
public struct TestCertificates: Sendable {
    /// A certificate and its key, both PEM files.
    public struct Pair: Sendable {
        public let certificateFile: String
        public let keyFile: String
    }

    private static let shared = Task { try await TestCertificates.make() }

    /// The directory with all of it.
    public let directory: String

    /// PEM file of the authority, for those who trust it.
    public var authorityFile: String { directory + "/ca.pem" }

    /// The authority that tests share.
    public static func authority() async throws -> TestCertificates {
        try await shared.value
    }

    /// Another authority, which nobody trusts unless told to.
    public static func make() async throws -> TestCertificates {
        let made = TestCertificates(directory: try TestServers.freshDirectory())
        // Not the system's configuration: it may add extensions of its own.
        try FileTree.write("[req]\ndistinguished_name = dn\n[dn]\n", to: made.directory + "/openssl.cnf")
        try await made.openssl(
            "req", "-x509", "-days", "2", "-subj", "/CN=error-ingest test authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-config", made.directory + "/openssl.cnf",
            "-keyout", made.directory + "/ca.key", "-out", made.authorityFile)
        return made
    }

    /// A certificate for a server.
    ///
    /// - Parameters:
    ///   - names: `subjectAltName`s as openssl writes them: `DNS:localhost`, `IP:127.0.0.1`.
    ///   - days: how long it is valid from now; nothing valid starts with 0.
    public func server(_ names: [String], days: Int = 2) async throws -> Pair {
        try await sign("subjectAltName=\(names.joined(separator: ","))\nextendedKeyUsage=serverAuth\n", days: days)
    }

    /// A certificate for this machine under its usual names.
    public func localServer() async throws -> Pair {
        try await server(["DNS:localhost", "IP:127.0.0.1"])
    }

    /// A certificate for a client.
    public func client() async throws -> Pair {
        try await sign("extendedKeyUsage=clientAuth\n", days: 2)
    }

    private func sign(_ extensions: String, days: Int) async throws -> Pair {
        let base = "\(directory)/\(TestServers.randomHex())"
        try FileTree.write("basicConstraints=CA:FALSE\n" + extensions, to: base + ".ext")
        try await openssl(
            "req", "-new", "-subj", "/CN=error-ingest test", "-config", directory + "/openssl.cnf",
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", base + ".key", "-out", base + ".csr")
        try await openssl(
            "x509", "-req", "-days", "\(days)", "-in", base + ".csr", "-extfile", base + ".ext",
            "-CA", authorityFile, "-CAkey", directory + "/ca.key", "-set_serial", "0x1\(TestServers.randomHex())",
            "-out", base + ".pem")
        return Pair(certificateFile: base + ".pem", keyFile: base + ".key")
    }

    private func openssl(_ arguments: String...) async throws {
        let log = "\(directory)/\(TestServers.randomHex()).log"
        let process = try ServerProcess(
            ServerCommand(
                executable: try Executable.find(["openssl"], package: "openssl"), arguments: arguments, logPath: log))
        let exit = await process.waitForExit()
        guard exit == .exited(0) else {
            let text = String(decoding: FileTree.read(log) ?? [], as: UTF8.self)
            throw TestServerError("openssl \(arguments[0]) ended with \(exit): \(text)")
        }
    }
}
