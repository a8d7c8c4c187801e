import FoundationEssentials
import TestServers

/// The append-only files of a Redis that does not run: what it will know when it starts.
struct AppendOnlyFiles {
    private let directory: String
    private let contents: [String: Data]

    /// Reads them.
    init(of redis: TestRedis) throws {
        directory = redis.appendOnlyDirectory
        var contents: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            contents[name] = try Data(contentsOf: URL(filePath: directory + "/" + name))
        }
        self.contents = contents
    }

    /// Puts them back: whatever was written since is lost.
    func restore() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            try FileManager.default.removeItem(atPath: directory + "/" + name)
        }
        for (name, content) in contents { try content.write(to: URL(filePath: directory + "/" + name)) }
    }

    /// Cuts the tail of what was written last at a random place, in the middle of a command as it may be.
    ///
    /// - Returns: how many bytes are left, and of how many.
    static func cutTail(of redis: TestRedis, using random: inout some RandomNumberGenerator) throws -> (Int, of: Int) {
        let directory = redis.appendOnlyDirectory
        let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".incr.aof") }
        guard names.count == 1 else { throw TestServerError("not one incremental file: \(names)") }
        let url = URL(filePath: directory + "/" + names[0])
        let content = try Data(contentsOf: url)
        let left = Int.random(in: 0...content.count, using: &random)
        try content.prefix(left).write(to: url)
        return (left, of: content.count)
    }
}
