/// The fields of `/proc/self/stat` that are exposed, by their numbers in proc(5).
struct ProcessStat: Sendable {
    /// Fields 14 and 15, user and system, in clock ticks.
    let cpuTicks: UInt64
    /// Field 20.
    let threads: UInt64
    /// Field 22, in clock ticks since boot.
    let startTicks: UInt64
    /// Field 23.
    let virtualBytes: UInt64
    /// Field 24.
    let residentPages: UInt64

    /// Nil when the line is not of that form. The second field is the command in parentheses, which may hold anything:
    /// the fields after it are counted from the last closing parenthesis.
    init?(line: [UInt8]) {
        guard let end = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = line[(end + 1)...].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        // `fields[0]` is field 3.
        func field(_ number: Int) -> UInt64? {
            guard fields.indices.contains(number - 3) else { return nil }
            return UInt64(String(decoding: fields[number - 3], as: UTF8.self))
        }
        guard let user = field(14), let system = field(15), let threads = field(20), let start = field(22),
            let virtualBytes = field(23), let residentPages = field(24)
        else { return nil }
        cpuTicks = user &+ system
        self.threads = threads
        startTicks = start
        self.virtualBytes = virtualBytes
        self.residentPages = residentPages
    }

    /// `btime` of `/proc/stat`: when the machine booted, in Unix seconds.
    static func bootTime(in text: [UInt8]) -> UInt64? {
        let key = Array("btime ".utf8)
        for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: key) {
            return UInt64(String(decoding: line.dropFirst(key.count), as: UTF8.self))
        }
        return nil
    }
}
