/// Whether and how a TCP connection is encrypted. Whoever asks for TLS gets the server's certificate and name verified, and
/// no connection at all from a server without TLS.
public enum MySQLTLS: Sendable, Hashable {
    case off
    /// PEM files: the authorities to trust (the system's when nil), and the certificate with its key to show to the server.
    case verified(certificateAuthorityFile: String? = nil, certificateFile: String? = nil, keyFile: String? = nil)
}
