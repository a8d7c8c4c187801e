import EmbeddedServers
import Glibc
import TestServers

/// What a process has used of the processors so far.
enum CPUTime {
    /// User and system time of all its threads (proc(5), fields 14 and 15 of `/proc/PID/stat`).
    static func milliseconds(of processID: Int32) throws -> Double {
        guard let bytes = FileTree.read("/proc/\(processID)/stat") else {
            throw TestServerError("no process \(processID)")
        }
        // The name of the program is in parentheses and may have spaces.
        let text = String(decoding: bytes, as: UTF8.self)
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
            throw TestServerError("not a stat: \(text)")
        }
        return (user + system) * 1_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
