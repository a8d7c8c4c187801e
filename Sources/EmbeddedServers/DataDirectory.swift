/// A data directory, held by this process alone.
///
/// ```
/// DATA_DIR/lock        held while serving; names the process
/// DATA_DIR/redis/      append-only files, configuration, log, pid file
/// DATA_DIR/mariadb/    data/, logs, pid file
/// DATA_DIR/run/        Unix sockets
/// ```
package final class DataDirectory: Sendable {
    /// Absolute, without symbolic links: the servers' command lines show it, and a later run knows them by it.
    package let path: String
    private let lock: DirectoryLock
    private let sockets: SocketDirectory

    /// Makes the directory when it is not there, and takes its lock.
    ///
    /// - Throws: `directoryInUse`, `directoryUnusable`.
    package init(_ path: String) throws(EmbeddedServersError) {
        try FileTree.makeDirectory(path)
        self.path = try FileTree.absolute(path)
        lock = try DirectoryLock(directory: self.path)
        sockets = try SocketDirectory(dataDirectory: self.path)
    }

    package var redisDirectory: String { path + "/redis" }
    package var mariaDBDirectory: String { path + "/mariadb" }
    package var redisSocketPath: String { sockets.path + "/redis.sock" }
    package var mariaDBSocketPath: String { sockets.path + "/mariadb.sock" }

    /// After the last server has ended: gives the directory free.
    package func release() {
        sockets.remove()
        lock.release()
    }
}
