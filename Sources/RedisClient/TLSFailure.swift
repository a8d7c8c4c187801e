import NIOSSL

/// What the operator needs to know of a failed TLS handshake. BoringSSL's own words name source files and lines.
enum TLSFailure {
    /// What happened and the remedy.
    static func describe(_ error: any Error, host: String, tls: RedisTLS) -> String {
        if (error as? NIOSSLExtraError) == .failedToValidateHostname { return wrongName(host) }
        let reason = reason(of: error)
        switch reason {
        case "CERTIFICATE_VERIFY_FAILED":
            let authority =
                tls.certificateAuthorityFile.map { "an authority in \($0)" } ?? "an authority this system trusts"
            let remedy =
                tls.certificateAuthorityFile == nil
                ? "name the file of its authority with ca=" : "give ca= the file of the server's authority"
            return "certificate verify failed: the server's certificate was not issued by \(authority), "
                + "or is not valid now; \(remedy) in the Redis URL, or mend the certificate"
        case "WRONG_VERSION_NUMBER", "UNEXPECTED_MESSAGE", "INVALID_MESSAGE", "HTTP_REQUEST":
            return "the server does not speak TLS there; use its TLS port, or redis:// in place of rediss://"
        case "EOF during handshake":
            return "the server ended the TLS handshake; is this its TLS port, and does it take TLS 1.2 or later?"
        case "TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL":
            return "the server takes no TLS 1.2 or later; bring it up to date"
        case let reason where isAboutClientCertificate(reason):
            return clientCertificateRefused(reason)
        default:
            return "the TLS handshake failed (\(readable(reason)))"
        }
    }

    static func wrongName(_ host: String) -> String {
        "certificate verify failed: the server's certificate is not for \(host); "
            + "name a host that is in the certificate, or give the server one with this name"
    }

    /// The error that ended a connection in use, in words.
    static func describeLoss(_ error: any Error) -> String? {
        switch error {
        case NIOSSLError.uncleanShutdown:
            return "Redis closed the connection"
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            let reason = reason(of: error)
            return isAboutClientCertificate(reason)
                ? clientCertificateRefused(reason) : "the TLS connection failed (\(readable(reason)))"
        default:
            return nil
        }
    }

    /// BoringSSL's name for it, as in `CERTIFICATE_VERIFY_FAILED`; what the error prints when there is none.
    static func reason(of error: any Error) -> String {
        let stack: NIOBoringSSLErrorStack
        switch error {
        case NIOSSLError.handshakeFailed(let inner), NIOSSLError.shutdownFailed(let inner): return reason(of: inner)
        case BoringSSLError.sslError(let errors), BoringSSLError.unknownError(let errors): stack = errors
        default: return "\(error)"
        }
        guard let first = stack.first else { return "no reason given" }
        if first == .eofDuringHandshake { return "EOF during handshake" }
        // `Error: <number> error:<hex>:<library>:<function>:<REASON> at <file>:<line>`
        let words = first.description.split(separator: " at ")[0]
        return words.split(separator: ":").last.map(String.init) ?? "no reason given"
    }

    /// An alert of the server about what this client showed, or did not.
    private static func isAboutClientCertificate(_ reason: String) -> Bool {
        reason.contains("ALERT")
            && ["CERTIFICATE", "UNKNOWN_CA", "HANDSHAKE_FAILURE", "ACCESS_DENIED"].contains { reason.contains($0) }
    }

    private static func clientCertificateRefused(_ reason: String) -> String {
        "the server refused this client's certificate (\(readable(reason))); "
            + "name one it trusts with cert= and key= in the Redis URL"
    }

    private static func readable(_ reason: String) -> String {
        String(reason.lowercased().map { $0 == "_" ? " " : $0 })
    }
}
