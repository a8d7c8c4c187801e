import Glibc
import MySQLClient
import TestServers
import Testing

@Suite struct MySQLThreadTests {
    /// Threads of this process whose name starts with `mysql-`.
    private static func connectionThreads() -> Int {
        guard let directory = opendir("/proc/self/task") else { return -1 }
        defer { closedir(directory) }
        var count = 0
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let file = fopen("/proc/self/task/\(name)/comm", "r") else { continue }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 16)
            let length = fread(&buffer, 1, buffer.count, file)
            if String(decoding: buffer.prefix(length), as: UTF8.self).hasPrefix("mysql-") { count += 1 }
        }
        return count
    }

    /// Far more connections than all the other tests together hold at a time: none may leave its thread behind.
    @Test func aConnectionsThreadEndsWithItsLastReference() async throws {
        let database = try await TestDatabase.make(size: 1)
        for _ in 0..<300 {
            let connection = try await MySQLConnection.connect(database.configuration)
            try await connection.executeText("DO 1")
        }
        try await eventually(description: "the threads have ended") { (0..<200).contains(Self.connectionThreads()) }
        try await eventually(description: "the server has let the connections go") {
            let left = try await database.execute(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE()"
            )
            return left.rows[0][0] == .int(1)
        }
    }
}
