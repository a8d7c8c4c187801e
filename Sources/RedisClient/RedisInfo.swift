/// The text of an INFO reply: lines `name:value`, section titles starting with `#`.
/// https://redis.io/docs/latest/commands/info/
struct RedisInfo {
    /// Sections every reading asks for; one INFO takes several since Redis 7.0.
    static let command = RedisCommand("INFO", ["server", "replication", "memory", "persistence"])

    private let fields: [String: String]

    init(_ bytes: [UInt8]) {
        var fields: [String: String] = [:]
        for line in bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            guard line.first != UInt8(ascii: "#"), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            fields[name] = String(decoding: line[(colon + 1)...], as: UTF8.self)
        }
        self.fields = fields
    }

    subscript(name: String) -> String? { fields[name] }
}
