import Glibc

/// Where the servers' Unix sockets are.
///
/// Normally `run` in the data directory. A socket path holds at most 107 bytes, so below a long path it is a directory
/// with a random name in `/tmp`, mode 0700; `run/elsewhere` remembers it, so that a later run uses it again instead of
/// leaving one behind each time.
struct SocketDirectory: Sendable {
    /// The longest file name used in it.
    private static let longestName = "/mariadb.sock"

    let path: String
    private let note: String

    init(dataDirectory: String) throws(EmbeddedServersError) {
        let run = dataDirectory + "/run"
        try FileTree.makePrivateDirectory(run)
        note = run + "/elsewhere"
        if (run + Self.longestName).utf8.count <= ReadinessProbe.maxSocketPathBytes {
            path = run
            return
        }
        if let known = FileTree.read(note) {
            let known = String(decoding: known, as: UTF8.self)
            if Self.isPrivate(known) {
                path = known
                return
            }
        }
        path = try Self.make()
        try FileTree.write(path, to: note)
    }

    /// Where the sockets of a data directory are, without making anything.
    static func existing(in dataDirectory: String) -> String {
        let run = dataDirectory + "/run"
        guard let known = FileTree.read(run + "/elsewhere") else { return run }
        let path = String(decoding: known, as: UTF8.self)
        return isPrivate(path) ? path : run
    }

    /// Removes the directory in `/tmp` after the last server has ended.
    func remove() {
        guard FileTree.exists(note) else { return }
        FileTree.removeTree(path)
        unlink(note)
    }

    private static func make() throws(EmbeddedServersError) -> String {
        var template = Array("/tmp/error-ingest-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw EmbeddedServersError(
                .directoryUnusable,
                "no directory for the servers' sockets could be made in /tmp: \(SystemError()). "
                    + "Set DATA_DIR to a shorter path."
            )
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A directory (not a link to one) of ours that nobody else may enter.
    private static func isPrivate(_ path: String) -> Bool {
        var status = stat()
        return path.hasPrefix("/tmp/error-ingest-") && lstat(path, &status) == 0
            && status.st_mode & S_IFMT == S_IFDIR && status.st_mode & 0o077 == 0 && status.st_uid == geteuid()
    }
}
