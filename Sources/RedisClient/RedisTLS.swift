import NIOCore
import NIOSSL

/// How a connection is encrypted, and how the server shows that it is the one meant. The server's certificate and its name
/// are always verified; there is no way to turn that off.
///
/// The files are read once, here: a new certificate takes a new process. Equal when they name the same files.
public struct RedisTLS: Sendable {
    /// PEM file of the authorities to trust; nil trusts those of the system.
    public let certificateAuthorityFile: String?
    /// PEM files of the certificate (with its chain) and the key this client shows when the server asks for them.
    public let certificateFile: String?
    public let keyFile: String?

    /// Shared by all connections: making one parses every trusted certificate.
    let context: NIOSSLContext

    /// How long a connection that is being closed waits for the server's good-bye.
    private static let shutdownLimit: Duration = .seconds(1)

    /// - Throws: `invalidURL`, naming the parameter (`ca`, `cert`, `key`), the file and the remedy.
    public init(
        certificateAuthorityFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil
    ) throws(RedisClientError) {
        self.certificateAuthorityFile = certificateAuthorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        configuration.shutdownTimeout = .init(Self.shutdownLimit)
        if let certificateAuthorityFile {
            let file = PEMFile(parameter: "ca", path: certificateAuthorityFile)
            configuration.trustRoots = .certificates(try Self.certificates(in: file))
        }
        switch (certificateFile, keyFile) {
        case (nil, nil): break
        case (let certificateFile?, let keyFile?):
            let file = PEMFile(parameter: "cert", path: certificateFile)
            configuration.certificateChain = try Self.certificates(in: file).map { .certificate($0) }
            configuration.privateKey = .privateKey(try Self.key(in: PEMFile(parameter: "key", path: keyFile)))
        default:
            throw RedisClientError(
                code: .invalidURL,
                message: "the Redis URL names only one of cert= and key=; a client certificate needs both")
        }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            let reason = TLSFailure.reason(of: error)
            throw RedisClientError(
                code: .invalidURL,
                message: certificateAuthorityFile == nil && certificateFile == nil
                    ? "the authorities this system trusts cannot be read (\(reason)); install them (Debian: "
                        + "ca-certificates), or name a file of your own with ca= in the Redis URL"
                    : "the certificates that the Redis URL names cannot be used together (\(reason)); the key of key= "
                        + "must be that of the certificate of cert=")
        }
    }

    private static func certificates(in file: PEMFile) throws(RedisClientError) -> [NIOSSLCertificate] {
        let bytes = try file.read()
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
            throw file.unusable("it holds no certificates in PEM form")
        }
        return certificates
    }

    private static func key(in file: PEMFile) throws(RedisClientError) -> NIOSSLPrivateKey {
        let bytes = try file.read()
        guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
            throw file.unusable("it holds no private key in PEM form (one with a passphrase cannot be used)")
        }
        return key
    }
}

extension RedisTLS: Hashable {
    private var files: [String?] { [certificateAuthorityFile, certificateFile, keyFile] }

    public static func == (one: RedisTLS, other: RedisTLS) -> Bool { one.files == other.files }

    public func hash(into hasher: inout Hasher) { hasher.combine(files) }
}
