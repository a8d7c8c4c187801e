import EmbeddedServers
import TestServers

/// A file of the repository that a test holds the service to.
enum RepositoryDocument {
    static func lines(_ path: String) throws -> [String] {
        let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        guard let bytes = FileTree.read("\(root)/\(path)") else { throw TestServerError("\(path) is not there") }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }
}
