/// A data directory as somebody else's eyes see it: takes no lock, makes nothing, changes nothing.
public struct DataDirectoryView: Sendable {
    /// Absolute where the directory exists, else as given.
    public let path: String
    /// Whether the directory is there.
    public let exists: Bool
    /// Whether MariaDB's system tables have been made in it.
    public let isInstalled: Bool
    private let redis: EmbeddedRedis
    private let mariaDB: EmbeddedMariaDB
    private let database: String

    public init(_ dataDirectory: String) {
        exists = FileTree.isDirectory(dataDirectory)
        let absolute = (try? FileTree.absolute(dataDirectory)) ?? dataDirectory
        path = absolute
        let sockets = SocketDirectory.existing(in: absolute)
        database = EmbeddedServersConfiguration(dataDirectory: absolute).database
        redis = EmbeddedRedis(directory: absolute + "/redis", socketPath: sockets + "/redis.sock")
        mariaDB = EmbeddedMariaDB(
            directory: absolute + "/mariadb", socketPath: sockets + "/mariadb.sock", database: database)
        isInstalled = FileTree.isDirectory(mariaDB.dataPath)
    }

    /// As `EmbeddedServers.redisURL`.
    public var redisURL: String { "unix://" + PercentEncoding.path(redis.socketPath) }

    /// As `EmbeddedServers.mySQLURL`.
    public var mySQLURL: String {
        "mysql://root@localhost/\(database)?socket=" + PercentEncoding.path(mariaDB.socketPath)
    }

    /// Whether a server of this directory runs, by its pid file or its command line.
    public var isRedisRunning: Bool { runs(redis) }
    public var isMariaDBRunning: Bool { runs(mariaDB) }

    /// What is not installed; each message names the Debian package.
    public var missingPrograms: [String] {
        var missing: [String] = []
        do throws(EmbeddedServersError) { _ = try redis.findProgram() } catch { missing.append(error.message) }
        do throws(EmbeddedServersError) { _ = try mariaDB.findProgram() } catch { missing.append(error.message) }
        return missing
    }

    /// The nearest directory that is there: this one, or the one it would be made in.
    public var nearestDirectory: String {
        var nearest = path
        while !FileTree.isDirectory(nearest) {
            guard let slash = nearest.lastIndex(of: "/") else { return "." }
            nearest = String(nearest[..<slash])
            if nearest.isEmpty { return "/" }
        }
        return nearest
    }

    private func runs(_ server: some EmbeddedServer) -> Bool {
        if let process = PIDFile(path: server.pidPath).process(), server.owns(arguments: process.arguments) {
            return true
        }
        return RunningProcess.all().contains { server.owns(arguments: $0.arguments) }
    }
}
