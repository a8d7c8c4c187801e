import Ingest

extension Scrubber {
    private static let maxKeys = 100

    /// The scrubber that `SCRUB`, `SCRUB_KEYS` and `SCRUB_KEEP_KEYS` ask for; nil when it is off.
    convenience init?(_ values: ConfigurationValues) throws {
        let additional = try Self.keys(.scrubKeys, values)
        let kept = try Self.keys(.scrubKeepKeys, values)
        guard try values.text(.scrub) == "on" else { return nil }
        self.init(additionalKeys: additional, keptKeys: kept)
    }

    private static func keys(_ key: ConfigurationKey, _ values: ConfigurationValues) throws -> [String] {
        let keys = try values.text(key).split(separator: ",").map { part in
            var part = part.drop { $0 == " " }
            while part.last == " " { part.removeLast() }
            return String(part)
        }.filter { !$0.isEmpty }
        guard keys.count <= maxKeys else {
            throw ConfigurationError(
                key: key.name, problem: "has \(keys.count) keys", remedy: "Give at most \(maxKeys)")
        }
        if let bad = keys.first(where: { !isKey($0) }) {
            throw ConfigurationError(
                key: key.name, problem: "has '\(bad.prefix(80))' in it, which is no key",
                remedy: "Give keys of 1 to 64 characters with a letter in them, separated by commas")
        }
        return keys
    }
}
