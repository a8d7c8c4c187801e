import EmbeddedServers
import Glibc

/// The programs of this package, built by the same build as the tests.
public enum BuiltBinary {
    /// The service: `ERROR_INGEST_BINARY`, or the one built here.
    public static var path: String {
        get throws {
            if let named = getenv("ERROR_INGEST_BINARY") { return String(cString: named) }
            return try path(of: "error-ingest")
        }
    }

    /// What the service is measured against.
    public static var yardsticks: String {
        get throws { try path(of: "error-ingest-yardsticks") }
    }

    /// Absolute path of a program beside the test bundle, or in `.build/release` below the working directory.
    ///
    /// - Throws: `TestServerError` saying how to build it.
    private static func path(of program: String) throws -> String {
        var candidates: [String] = []
        if let own = try? FileTree.absolute("/proc/self/exe") { candidates.append(parent(own)) }
        // `swift test` may load the bundle into a program of its own and name it in the arguments.
        for argument in CommandLine.arguments where argument.contains(".xctest") {
            candidates.append(parent(String(argument.prefix(upTo: end(of: ".xctest", in: argument)))))
        }
        candidates.append(".build/release")
        for directory in candidates {
            let path = directory + "/" + program
            if access(path, X_OK) == 0 { return try FileTree.absolute(path) }
        }
        throw TestServerError("\(program) is not built: run swift build -c release --build-tests")
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return String(path[..<slash])
    }

    private static func end(of suffix: String, in text: String) -> String.Index {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(suffix) { return text.index(index, offsetBy: suffix.count) }
            index = text.index(after: index)
        }
        return text.endIndex
    }
}
