import Glibc

/// Names the process that serves from a directory: its id and its start time, so that a reused id is not taken for it.
struct PIDFile {
    let path: String

    func write(_ processID: pid_t) throws(EmbeddedServersError) {
        let ticks = RunningProcess(processID: processID)?.startTicks ?? 0
        try FileTree.write("\(processID) \(ticks)\n", to: path)
    }

    /// The named process, if that very process still runs.
    func process() -> RunningProcess? {
        guard let content = FileTree.read(path) else { return nil }
        let parts = String(decoding: content, as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard
            parts.count == 2, let processID = pid_t(parts[0]), let ticks = UInt64(parts[1]),
            let process = RunningProcess(processID: processID), process.startTicks == ticks
        else { return nil }
        return process
    }

    func remove() {
        unlink(path)
    }
}
