import Glibc

/// Reads `process_*` of this process from the proc file system (proc(5)). Whatever cannot be read is absent.
public struct ProcessReader: Sendable {
    private let root: String

    /// - Parameter root: where the proc file system is mounted.
    public init(root: String = "/proc") { self.root = root }

    public func readings() -> [MetricReading] {
        var readings: [MetricReading] = []
        if let stat = ProcFile.text(root + "/self/stat").flatMap(ProcessStat.init(line:)) {
            append(stat, to: &readings)
        }
        if let open = ProcFile.entryCount(root + "/self/fd") {
            readings.append(.gauge("process_open_fds", Double(open)))
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur != rlim_t.max {
            readings.append(.gauge("process_max_fds", Double(limit.rlim_cur)))
        }
        return readings
    }

    private func append(_ stat: ProcessStat, to readings: inout [MetricReading]) {
        let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
        let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
        readings.append(.gauge("process_threads", Double(stat.threads)))
        readings.append(.gauge("process_virtual_memory_bytes", Double(stat.virtualBytes)))
        if pageSize > 0 {
            readings.append(.gauge("process_resident_memory_bytes", Double(stat.residentPages) * pageSize))
        }
        guard ticksPerSecond > 0 else { return }
        readings.append(.counter("process_cpu_seconds_total", Double(stat.cpuTicks) / ticksPerSecond))
        if let bootTime = ProcFile.text(root + "/stat").flatMap(ProcessStat.bootTime(in:)) {
            readings.append(
                .gauge("process_start_time_seconds", Double(bootTime) + Double(stat.startTicks) / ticksPerSecond)
            )
        }
    }
}
