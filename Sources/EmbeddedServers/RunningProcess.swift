package import Glibc

/// A process as `/proc` shows it; see proc(5).
package struct RunningProcess: Sendable {
    package let processID: pid_t
    /// Start time in clock ticks since boot: with the id it names one process until the next boot.
    package let startTicks: UInt64
    /// Its command line, which the process itself may have rewritten.
    package let arguments: [String]

    /// nil when no such process runs; one that has ended but was not reaped does not run.
    package init?(processID: pid_t) {
        guard
            processID > 0,
            let status = FileTree.read("/proc/\(processID)/stat"),
            // The second field is the name in brackets and may itself hold brackets and blanks.
            let nameEnd = status.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = status[(nameEnd + 1)...].split(separator: UInt8(ascii: " "))
        // Field 3 is the state, field 22 the start time; the first two are cut off.
        guard
            fields.count > 19,
            let state = fields[0].first, state != UInt8(ascii: "Z"), state != UInt8(ascii: "X"),
            let startTicks = UInt64(String(decoding: fields[19], as: UTF8.self))
        else { return nil }
        self.processID = processID
        self.startTicks = startTicks
        let commandLine = FileTree.read("/proc/\(processID)/cmdline") ?? []
        arguments = commandLine.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// All processes that run now.
    package static func all() -> [RunningProcess] {
        FileTree.names(in: "/proc").compactMap { name in
            pid_t(name).flatMap { RunningProcess(processID: $0) }
        }
    }

    /// Whether this very process still runs.
    package var isStillRunning: Bool {
        RunningProcess(processID: processID)?.startTicks == startTicks
    }
}
