#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The file system below a directory.
struct FreeSpace: Sendable {
    let free_MiB: Int
    let total_MiB: Int

    /// nil when the directory cannot be looked at.
    init?(of directory: String) {
        var status = statvfs()
        guard statvfs(directory, &status) == 0, status.f_blocks > 0 else { return nil }
        // Only what an ordinary user may take counts as free.
        free_MiB = Int(clamping: (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20)
        total_MiB = Int(clamping: (UInt64(status.f_blocks) * UInt64(status.f_frsize)) >> 20)
    }

    /// - Parameter least_MiB: less is a failure, less than four times that a warning.
    func finding(_ name: String, _ directory: String, least_MiB: Int) -> CheckFinding {
        let share = total_MiB > 0 ? free_MiB * 100 / total_MiB : 0
        let seen = "\(free_MiB) MiB (\(share) %) free in \(directory)"
        let remedy = "Make room, or move the data to a larger disk; a store that cannot write refuses everything"
        if free_MiB < least_MiB { return .failure(name, .space, seen, remedy: remedy) }
        if free_MiB / 4 < least_MiB { return .warning(name, .space, seen, remedy: remedy) }
        return .ok(name, seen)
    }
}
