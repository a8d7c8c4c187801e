/// Where a Redis server listens and how to sign in. No way of printing it shows the password.
public struct RedisEndpoint: Sendable, Hashable {
    public enum Address: Sendable, Hashable {
        case host(String, port: Int)
        /// At most 107 bytes (`sun_path` of unix(7) less the closing zero).
        case unixSocket(path: String)
    }

    public let address: Address
    public let username: String?
    let password: String?
    /// Selected after connecting when not 0.
    public let database: Int
    /// For a connection that is encrypted and verified; only with an address that has a host.
    public let tls: RedisTLS?

    public init(
        address: Address,
        username: String? = nil,
        password: String? = nil,
        database: Int = 0,
        tls: RedisTLS? = nil
    ) {
        self.address = address
        self.username = username
        self.password = password
        self.database = database
        self.tls = tls
    }
}

extension RedisEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A URL without the password.
    public var description: String {
        let user = username.map { "\($0)@" } ?? ""
        switch address {
        case .host(let host, let port):
            let shown = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
            let scheme = tls == nil ? "redis" : "rediss"
            return "\(scheme)://\(user)\(shown):\(port)" + (database == 0 ? "" : "/\(database)")
        case .unixSocket(let path):
            return "redis+unix://\(user)\(path)" + (database == 0 ? "" : "?db=\(database)")
        }
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}
