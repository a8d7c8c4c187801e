import EmbeddedServers

/// Every key, and names that look like one.
enum ConfigurationCheck {
    /// - Returns: the configuration, unless something in it cannot be used.
    static func run() async -> (configuration: ServiceConfiguration?, findings: [CheckFinding]) {
        let values: ConfigurationValues
        do {
            values = try await ConfigurationValues.load()
        } catch {
            return (nil, [failure(error)])
        }
        var findings = misspelt()
        var failures: [CheckFinding] = []
        for key in ConfigurationKey.all {
            do { try values.check(key) } catch { failures.append(failure(error)) }
        }
        var configuration: ServiceConfiguration?
        if failures.isEmpty {
            do {
                let read = try ServiceConfiguration(values)
                try read.checkWorkers()
                configuration = read
                let set = ConfigurationKey.all.count { values.isSet($0) }
                findings.append(.ok("configuration", "\(ConfigurationKey.all.count) keys are good, \(set) of them set"))
            } catch {
                failures.append(failure(error))
            }
        }
        return (configuration, findings + failures)
    }

    private static func failure(_ error: any Error) -> CheckFinding {
        guard let error = error as? ConfigurationError else {
            return .failure("configuration", .configuration, "\(error)", remedy: "See error-ingest configuration")
        }
        return .failure(
            "configuration", .configuration, "\(error.key): \(error.problem)",
            remedy: error.remedy + "; error-ingest configuration lists all keys")
    }

    private static func misspelt() -> [CheckFinding] {
        var findings = names(in: "/proc/self/environ", separator: 0).compactMap { name in
            NearMiss.key(for: name).map { meant in
                CheckFinding.warning(
                    "configuration.names", .configuration, "the environment has \(name), which nobody reads",
                    remedy: "Did you mean \(meant)?")
            }
        }
        guard let file = ConfigurationValues.filePath else { return findings }
        let known = Set(ConfigurationKey.all.map(\.name))
        for name in names(in: file, separator: UInt8(ascii: "\n")) where !known.contains(name) {
            let meant = NearMiss.key(for: name, farthest: 3).map { "Did you mean \($0)?" }
            findings.append(
                .warning(
                    "configuration.names", .configuration, "\(file) has \(name), which nobody reads",
                    remedy: meant ?? "Remove it; error-ingest configuration lists all keys"))
        }
        return findings
    }

    /// The names of `NAME=value` entries, as the reader of `.env` files sees them. The values are none of our business.
    private static func names(in path: String, separator: UInt8) -> [String] {
        (FileTree.read(path) ?? []).split(separator: separator).compactMap { entry in
            guard let sign = entry.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            var name = entry[..<sign].drop(while: isBlank)
            while let last = name.last, isBlank(last) { name.removeLast() }
            guard let first = name.first, first != UInt8(ascii: "#") else { return nil }
            return String(decoding: name, as: UTF8.self)
        }
    }
}
