#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Whether the process may open as many files as it may have connections.
enum OpenFilesCheck {
    /// Stores, listener, event loops, log.
    private static let others = 200

    static func run(_ configuration: ServiceConfiguration) -> CheckFinding {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .ok("limits.open_files", "not known")
        }
        let needed = UInt64(configuration.maxConnections + others)
        let soft = UInt64(limit.rlim_cur)
        let seen = "\(soft) files may be open here, MAX_CONNECTIONS is \(configuration.maxConnections)"
        guard soft < needed else { return .ok("limits.open_files", seen) }
        return .warning(
            "limits.open_files", .limits, seen,
            remedy:
                "Raise the limit to \(needed) (ulimit -n, LimitNOFILE=), or lower MAX_CONNECTIONS to \(max(1, Int(soft) - others))"
        )
    }
}
