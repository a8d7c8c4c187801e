/// Whether and how a TCP connection is encrypted. Whoever asks for TLS gets the server's certificate and name verified.
public enum MySQLTLS: Sendable, Hashable {
    case off
    /// Encrypted and verified against the given file of certificates (PEM), or against the system's when nil.
    case verified(certificateAuthorityFile: String?)
}
