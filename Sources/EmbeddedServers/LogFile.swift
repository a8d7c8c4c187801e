import Glibc

/// A server's log, kept within a bound: at most one older file of the same size beside it.
struct LogFile {
    static let maxBytes = 16 << 20

    let path: String

    /// Moves a full log aside. Only while no process writes to it.
    func rotate() {
        guard isFull else { return }
        rename(path, path + ".old")
    }

    /// Empties a full log a running server appends to.
    func cut() {
        guard isFull else { return }
        truncate(path, 0)
    }

    /// The last lines, at most 2 KiB.
    func lastLines() -> String {
        let bytes = FileTree.read(path, lastBytes: 2048) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }

    private var isFull: Bool {
        var status = stat()
        return stat(path, &status) == 0 && Int(status.st_size) > Self.maxBytes
    }
}
