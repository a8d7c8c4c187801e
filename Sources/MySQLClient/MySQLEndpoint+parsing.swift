extension MySQLEndpoint {
    /// Parses a URL; see the type for its form. Percent-encoding is undone in every part.
    /// - Throws: `MySQLError` with `invalidURL`; its message names the rule and the remedy and shows no part of the
    ///   password.
    public init(url: String) throws(MySQLError) {
        var rest = url[...]
        guard let schemeEnd = rest.range(ofASCII: "://"),
            ["mysql", "mariadb"].contains(String(rest[..<schemeEnd.lowerBound]))
        else {
            throw Self.invalid("it must start with mysql://", "write mysql://user:password@host:3306/database")
        }
        rest = rest[schemeEnd.upperBound...]
        guard !rest.contains("#") else {
            throw Self.invalid("it must not hold a '#'", "write %23 for a '#' in a name or password")
        }

        let query: Substring
        if let mark = rest.firstIndex(of: "?") {
            query = rest[rest.index(after: mark)...]
            rest = rest[..<mark]
        } else {
            query = ""
        }
        let options = try Self.parseOptions(query)

        guard let slash = rest.firstIndex(of: "/") else {
            throw Self.invalid("the database is missing", "end the URL with /database")
        }
        let database = try Self.decode(rest[rest.index(after: slash)...], "database")
        guard !database.isEmpty, !database.contains("/") else {
            throw Self.invalid("it must name exactly one database", "end the URL with /database")
        }

        let authority = rest[..<slash]
        guard let at = authority.lastIndex(of: "@"), at != authority.startIndex else {
            throw Self.invalid("the user is missing", "write user:password@ (or user@) before the host")
        }
        let (user, password) = try Self.parseCredentials(authority[..<at])
        let address = try Self.parseAddress(authority[authority.index(after: at)...], socket: options.socket)
        if case .unixSocket = address, options.tls != .off {
            throw Self.invalid("a Unix socket can't use TLS", "leave out tls, or name a host instead of a socket")
        }
        self.init(address: address, user: user, password: password, database: database, tls: options.tls)
    }

    private static func parseCredentials(_ text: Substring) throws(MySQLError) -> (String, String?) {
        guard let colon = text.firstIndex(of: ":") else {
            return (try decode(text, "user"), nil)
        }
        let user = try decode(text[..<colon], "user")
        guard !user.isEmpty else {
            throw invalid("the user is missing", "write user:password@ before the host")
        }
        return (user, try decode(text[text.index(after: colon)...], "password"))
    }

    private static func parseAddress(_ text: Substring, socket: String?) throws(MySQLError) -> Address {
        if let socket {
            guard text.isEmpty || text == "localhost" else {
                throw invalid(
                    "it names both a host and a socket", "leave the host empty: mysql://user@/database?socket=/path")
            }
            return .unixSocket(path: socket)
        }
        var host = text
        var port = defaultPort
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else {
                throw invalid("the IPv6 address has no closing ']'", "write [::1]:3306")
            }
            host = text[text.index(after: text.startIndex)..<end]
            port = try parsePort(text[text.index(after: end)...])
        } else if let colon = text.firstIndex(of: ":") {
            host = text[..<colon]
            port = try parsePort(text[colon...])
        }
        let name = try decode(host, "host")
        guard !name.isEmpty else {
            throw invalid("the host is missing", "name a host, or add ?socket=/path/to/mysqld.sock")
        }
        return .tcp(host: name, port: port)
    }

    /// `:3306`, or nothing at all.
    private static func parsePort(_ text: Substring) throws(MySQLError) -> UInt16 {
        guard !text.isEmpty else { return defaultPort }
        guard text.first == ":", let port = UInt16(text.dropFirst()), port > 0 else {
            throw invalid("the port is not a number from 1 to 65535", "write host:3306")
        }
        return port
    }

    private struct Options {
        var socket: String?
        var tls = MySQLTLS.off
    }

    private static func parseOptions(_ query: Substring) throws(MySQLError) -> Options {
        var options = Options()
        var tls = TLSOptions()
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = try decode(parts.count == 2 ? parts[1] : "", "query")
            switch parts[0] {
            case "socket":
                // sun_path holds 108 bytes with its final NUL (unix(7)).
                guard value.utf8.first == UInt8(ascii: "/"), value.utf8.count <= 107 else {
                    throw invalid(
                        "socket must be an absolute path of at most 107 bytes", "write ?socket=/run/mysqld/mysqld.sock")
                }
                options.socket = value
            case let name where TLSOptions.names.contains(name):
                try tls.take(name, value)
            default:
                throw invalid(
                    "it has an option that isn't known", "the options are socket, tls, tls-ca, tls-cert and tls-key")
            }
        }
        options.tls = try tls.result()
        return options
    }

    private static func decode(_ text: Substring, _ part: String) throws(MySQLError) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
                throw invalid("a '%' in the \(part) isn't followed by two hex digits", "write %25 for a '%'")
            }
            bytes.append(high << 4 | low)
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
            throw invalid("the \(part) isn't UTF-8 text without NUL", "write bytes as %XX")
        }
        return decoded
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    static func invalid(_ rule: String, _ remedy: String) -> MySQLError {
        MySQLError(code: .invalidURL, message: "the MySQL URL can't be used: \(rule); \(remedy)")
    }
}

extension Substring {
    /// `Foundation` isn't linked, and `ranges(of:)` needs the regex library.
    fileprivate func range(ofASCII needle: String) -> Range<Index>? {
        let wanted = Array(needle.utf8)
        var start = startIndex
        while start < endIndex {
            if self[start...].utf8.starts(with: wanted) {
                return start..<utf8.index(start, offsetBy: wanted.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
