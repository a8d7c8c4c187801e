import Glibc

/// Finds an installed program.
package enum Executable {
    /// Searched after `PATH`: servers live in `sbin`, which an ordinary user's `PATH` leaves out.
    package static let usualDirectories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"]

    /// - Throws: `missingBinary`, naming the Debian package, when none of `names` is found.
    package static func find(
        _ names: [String],
        package: String,
        searchPath: String? = getenv("PATH").map { String(cString: $0) },
        otherDirectories: [String] = usualDirectories
    ) throws(EmbeddedServersError) -> String {
        let directories = (searchPath ?? "").split(separator: ":").map(String.init) + otherDirectories
        for name in names {
            for directory in directories where directory.hasPrefix("/") {
                let path = "\(directory)/\(name)"
                if access(path, X_OK) == 0 && !FileTree.isDirectory(path) { return path }
            }
        }
        throw EmbeddedServersError(
            .missingBinary,
            "\(names.joined(separator: " or ")) is not installed. Install the Debian package \(package) "
                + "(apt-get install \(package)), or set REDIS_URL and MYSQL_URL to servers of your own."
        )
    }

    /// Whether a command line is that of one of these programs, started directly or, for a script, by its interpreter.
    static func isNamed(in arguments: [String], _ names: [String]) -> Bool {
        arguments.prefix(2).contains { argument in
            names.contains { argument == $0 || argument.hasSuffix("/" + $0) }
        }
    }
}
