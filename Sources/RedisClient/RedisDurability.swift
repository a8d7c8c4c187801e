/// Whether a write that Redis has acknowledged outlives a crash of Redis, judged by its settings at connect.
/// https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/
public enum RedisDurability: Sendable, Hashable {
    case assured
    /// Acknowledged writes can be lost; each reason names a setting, its value and the value it should have.
    case degraded([String])
    /// The settings could not be read (managed services refuse CONFIG); to be treated as degraded.
    case unknown(String)

    static let command = RedisCommand(
        "CONFIG",
        [
            "GET", "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy", "maxmemory",
        ]
    )

    /// Settings with one right value. `everysec` loses a second, or more when the disk is slow; an fsync skipped during
    /// a rewrite loses all of it; an eviction policy throws records away.
    private static let required = [
        ("appendonly", "yes"),
        ("appendfsync", "always"),
        ("no-appendfsync-on-rewrite", "no"),
        ("maxmemory-policy", "noeviction"),
    ]

    /// - Parameter settings: names and values as CONFIG GET gave them.
    package static func assess(settings: [String: String]) -> RedisDurability {
        var reasons: [String] = []
        for (name, wanted) in required {
            guard let value = settings[name] else {
                reasons.append("\(name) is not reported, should be \(wanted)")
                continue
            }
            if value != wanted { reasons.append("\(name) is \(value), should be \(wanted)") }
        }
        switch settings["maxmemory"].map({ Int64($0) }) {
        case .some(.some(let limit)) where limit > 0: break
        case .some: reasons.append("maxmemory is 0 (no limit), should be set")
        case .none: reasons.append("maxmemory is not reported, should be set")
        }
        return reasons.isEmpty ? .assured : .degraded(reasons)
    }

    /// - Parameter reply: the flat array of names and values that CONFIG GET answers with in RESP2.
    package static func assess(reply: RedisValue) -> RedisDurability {
        guard let elements = reply.elements, elements.count % 2 == 0 else {
            return .unknown("CONFIG GET answered in an unknown form")
        }
        var settings: [String: String] = [:]
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard let name = elements[index].text, let value = elements[index + 1].text else { continue }
            settings[name] = value
        }
        return assess(settings: settings)
    }
}
