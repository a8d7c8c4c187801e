extension RedisEndpoint {
    private static let defaultPort = 6379
    private static let maxSocketPathBytes = 107

    /// Reads `redis://[[user]:password@]host[:port][/database]` (the form registered with IANA for `redis`),
    /// `rediss://…` (the same over TLS; `?ca=/path` names the authorities to trust, `?cert=/path&key=/path` the
    /// certificate to show), `unix:///path[?db=n]` and `redis+unix://[[user]:password@]/path[?db=n]`. User, password and
    /// paths may be percent-encoded; IPv6 addresses stand in brackets. The files it names are read.
    ///
    /// - Throws: `invalidURL`, naming the faulty part but never quoting the user part.
    public init(url: String) throws(RedisClientError) {
        guard let (givenScheme, afterScheme) = Self.split(Substring(url), at: "://") else {
            throw Self.invalid("it has no scheme; write redis://host:port or unix:///path")
        }
        let (beforeQuery, query) = Self.split(afterScheme, at: "?").map { ($0, Optional($1)) } ?? (afterScheme, nil)
        let authorityEnd = beforeQuery.firstIndex(of: "/") ?? beforeQuery.endIndex
        let authority = beforeQuery[..<authorityEnd]
        let path = beforeQuery[authorityEnd...]

        var username: String?
        var password: String?
        var host = authority
        if let at = authority.lastIndex(of: "@") {
            (username, password) = try Self.credentials(authority[..<at])
            host = authority[authority.index(after: at)...]
        }
        let options = try Options(query)
        let queryDatabase = options.database
        let scheme = givenScheme.lowercased()
        guard scheme == "rediss" || !options.namesFiles else {
            throw Self.invalid("ca, cert and key are for TLS; write the URL with rediss://")
        }

        switch scheme {
        case "redis", "rediss":
            guard let (name, port) = Self.hostAndPort(host) else {
                throw Self.invalid("host or port is not valid (port 1 to 65535, IPv6 in brackets)")
            }
            let pathDatabase = path.dropFirst()
            guard pathDatabase.isEmpty || queryDatabase == nil else {
                throw Self.invalid("the database is given twice")
            }
            self.init(
                address: .host(name, port: port),
                username: username,
                password: password,
                database: pathDatabase.isEmpty ? queryDatabase ?? 0 : try Self.database(pathDatabase),
                tls: scheme == "rediss" ? try options.tls(host: name) : nil
            )
        case "unix", "redis+unix":
            guard host.isEmpty, path.utf8.count > 1, let decoded = Self.percentDecoded(path) else {
                throw Self.invalid("a Unix socket is written unix:///absolute/path")
            }
            guard decoded.utf8.count <= Self.maxSocketPathBytes, !decoded.utf8.contains(0) else {
                throw Self.invalid("the path of a Unix socket may have at most \(Self.maxSocketPathBytes) bytes")
            }
            self.init(
                address: .unixSocket(path: decoded),
                username: username,
                password: password,
                database: queryDatabase ?? 0
            )
        default:
            throw Self.invalid("its scheme is not one of redis, rediss, unix, redis+unix")
        }
    }

    static func invalid(_ reason: String) -> RedisClientError {
        RedisClientError(code: .invalidURL, message: "not a Redis URL: \(reason)")
    }

    static func split(_ text: Substring, at separator: String) -> (Substring, Substring)? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(separator) {
                return (text[..<index], text[text.index(index, offsetBy: separator.count)...])
            }
            index = text.index(after: index)
        }
        return nil
    }

    private static func credentials(_ part: Substring) throws(RedisClientError) -> (String?, String?) {
        guard let (user, secret) = split(part, at: ":") else {
            throw invalid("a password is written redis://:password@host")
        }
        guard let username = percentDecoded(user), let password = percentDecoded(secret) else {
            throw invalid("percent-encoding of the user or the password is broken")
        }
        guard !password.isEmpty else {
            if username.isEmpty { return (nil, nil) }
            throw invalid("there is a user but no password")
        }
        return (username.isEmpty ? nil : username, password)
    }

    private static func hostAndPort(_ text: Substring) -> (String, Int)? {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let bracket = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<bracket]
            let rest = text[text.index(after: bracket)...]
            guard rest.isEmpty || rest.first == ":" else { return nil }
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let (name, number) = split(text, at: ":") {
            host = name
            port = number
        }
        guard !host.isEmpty, !host.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else { return nil }
        guard let port else { return (String(host), defaultPort) }
        guard let number = decimal(port), (1...65535).contains(number) else { return nil }
        return (String(host), number)
    }

    static func database(_ text: Substring) throws(RedisClientError) -> Int {
        guard let number = decimal(text) else { throw invalid("the database is not a number") }
        return number
    }

    /// Digits only, unlike `Int(_:)`, which takes a sign; at most 9 of them.
    private static func decimal(_ text: Substring) -> Int? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text.utf8.count <= 9, text.utf8.allSatisfy({ digits.contains($0) }) else { return nil }
        return Int(text)
    }

    static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
