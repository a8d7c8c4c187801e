import Glibc

extension MySQLEndpoint {
    /// The `tls…` options of a URL.
    struct TLSOptions {
        private var isAskedFor: Bool?
        private var files: [Substring: String] = [:]

        static let names: Set<Substring> = ["tls", "tls-ca", "tls-cert", "tls-key"]

        mutating func take(_ name: Substring, _ value: String) throws(MySQLError) {
            if name == "tls" {
                guard value == "on" || value == "off" else {
                    throw invalid("tls must be on or off", "write ?tls=on")
                }
                isAskedFor = value == "on"
                return
            }
            guard !value.isEmpty else {
                throw invalid("\(name) must name a file", "write ?tls=on&\(name)=/path/file.pem")
            }
            files[name] = value
        }

        /// Looks at the files, so that a wrong path is found at the start and not at the first connection.
        func result() throws(MySQLError) -> MySQLTLS {
            guard isAskedFor ?? !files.isEmpty else { return .off }
            guard (files["tls-cert"] == nil) == (files["tls-key"] == nil) else {
                throw invalid("it names only one of tls-cert and tls-key", "name both for a client certificate")
            }
            for (name, path) in files.sorted(by: { $0.key < $1.key }) { try Self.check(path, of: name) }
            return .verified(
                certificateAuthorityFile: files["tls-ca"],
                certificateFile: files["tls-cert"],
                keyFile: files["tls-key"]
            )
        }

        private static func check(_ path: String, of name: Substring) throws(MySQLError) {
            func fail(_ reason: String) -> MySQLError {
                invalid("the file of \(name), \(path), can't be used: \(reason)", "name a readable PEM file")
            }
            // Without O_NONBLOCK, opening a pipe would wait for somebody to write to it.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw fail(String(cString: strerror(errno))) }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw fail("it is not a regular file")
            }
            guard holdsPEM(descriptor) else { throw fail("it holds nothing in PEM form") }
        }

        /// Bundles of certificates begin with text about the first one; 64 KiB are enough to find where that ends.
        private static func holdsPEM(_ descriptor: Int32) -> Bool {
            var bytes = [UInt8](repeating: 0, count: 64 * 1024)
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { return false }
            let mark = Array("-----BEGIN ".utf8)
            return bytes[..<count].indices.contains { bytes[$0..<count].starts(with: mark) }
        }
    }
}
