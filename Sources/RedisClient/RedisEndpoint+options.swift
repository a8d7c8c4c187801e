extension RedisEndpoint {
    /// What may stand after the `?` of a Redis URL.
    struct Options {
        private(set) var database: Int?
        private var files: [Substring: String] = [:]

        private static let fileNames: Set<Substring> = ["ca", "cert", "key"]

        var namesFiles: Bool { !files.isEmpty }

        init(_ query: Substring?) throws(RedisClientError) {
            guard let query, !query.isEmpty else { return }
            for pair in query.split(separator: "&", omittingEmptySubsequences: false) {
                guard let (name, value) = split(pair, at: "=") else { throw Self.unknown }
                switch name {
                case "db" where database == nil:
                    database = try RedisEndpoint.database(value)
                case _ where Self.fileNames.contains(name) && files[name] == nil:
                    guard let path = percentDecoded(value), !path.isEmpty, !path.utf8.contains(0) else {
                        throw invalid("\(name)= does not name a file; write \(name)=/path/file.pem")
                    }
                    files[name] = path
                default:
                    throw Self.unknown
                }
            }
        }

        /// Reads the files.
        func tls(host: String) throws(RedisClientError) -> RedisTLS {
            guard ServerName(host) != nil else {
                throw invalid(
                    "no certificate can name its host; write a name of ASCII letters, digits, '-' and '.', or an address"
                )
            }
            return try RedisTLS(
                certificateAuthorityFile: files["ca"], certificateFile: files["cert"], keyFile: files["key"])
        }

        private static let unknown = RedisEndpoint.invalid(
            "the options after ? are db=<number> and, with rediss://, ca=, cert= and key=, each once")
    }
}
