/// Where the server is and who asks: `mysql://user[:password]@host[:port]/database`, or with `?socket=/path` over a
/// Unix socket. `?tls=on` asks for a verified TLS connection, `&tls-ca=/path.pem` names the authorities to trust,
/// `&tls-cert=/path.pem&tls-key=/path.pem` the certificate to show to the server.
public struct MySQLEndpoint: Sendable, Hashable {
    public enum Address: Sendable, Hashable {
        case tcp(host: String, port: UInt16)
        case unixSocket(path: String)
    }

    public var address: Address
    public var user: String
    public var password: String?
    public var database: String
    public var tls: MySQLTLS

    public static let defaultPort: UInt16 = 3306

    public init(address: Address, user: String, password: String?, database: String, tls: MySQLTLS = .off) {
        self.address = address
        self.user = user
        self.password = password
        self.database = database
        self.tls = tls
    }
}

extension MySQLEndpoint: CustomStringConvertible, CustomDebugStringConvertible {
    /// The URL without its password, for logs and messages.
    public var description: String {
        let secret = password == nil ? "" : ":***"
        let query = tls == .off ? "" : "?tls=on"
        switch address {
        case .tcp(let host, let port):
            let shownHost = host.contains(":") ? "[\(host)]" : host
            return "mysql://\(user)\(secret)@\(shownHost):\(port)/\(database)\(query)"
        case .unixSocket(let path):
            return "mysql://\(user)\(secret)@/\(database)?socket=\(path)"
        }
    }

    public var debugDescription: String { description }
}

extension MySQLEndpoint: CustomReflectable {
    /// Keeps the password out of `dump` and of reflection-based logging.
    public var customMirror: Mirror {
        Mirror(self, children: ["url": description])
    }
}
