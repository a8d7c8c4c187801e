import EmbeddedServers

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The directory and programs of the embedded servers. Makes nothing, locks nothing.
struct EmbeddedCheck {
    let view: DataDirectoryView
    let leastFree_MiB: Int

    init(directory: String, leastFree_MiB: Int) {
        view = DataDirectoryView(directory)
        self.leastFree_MiB = leastFree_MiB
    }

    func run() -> [CheckFinding] {
        var findings: [CheckFinding] = []
        let missing = view.missingPrograms
        if missing.isEmpty {
            findings.append(.ok("embedded.programs", "redis-server and mariadbd are installed"))
        }
        for message in missing {
            findings.append(
                .failure(
                    "embedded.programs", .unavailable, message,
                    remedy: "Install it, or set REDIS_URL and MYSQL_URL to servers of your own"))
        }
        findings.append(directory)
        let nearest = view.nearestDirectory
        if let space = FreeSpace(of: nearest) {
            findings.append(space.finding("embedded.disk", nearest, least_MiB: leastFree_MiB))
        }
        return findings
    }

    private var directory: CheckFinding {
        let nearest = view.nearestDirectory
        guard access(nearest, W_OK | X_OK) == 0 else {
            return .failure(
                "embedded.directory", .configuration, "\(nearest) cannot be written",
                remedy: "Change its owner or permissions, or set DATA_DIR to another directory")
        }
        guard view.exists else { return .ok("embedded.directory", "\(view.path) is made by the first serve") }
        return .ok("embedded.directory", view.path + (view.isInstalled ? "" : " holds no data yet"))
    }
}
