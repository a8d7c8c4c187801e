/// The number of shards as both stores have recorded it, against the one configured.
struct ShardFigures: Sendable {
    var redis: Int?
    var mysql: Int?
    /// Shards that hold counts or jobs; nil when Redis could not be read.
    var holding: [Int]?

    /// nil when there is nothing to compare.
    func finding(configured: Int) -> CheckFinding? {
        guard let holding else { return nil }
        let recorded = redis ?? mysql
        let hidden = holding.filter { $0 >= configured }
        let needed = max(recorded ?? 1, (holding.max() ?? 0) + 1)
        let remedy =
            "Run with REDIS_SHARDS=\(needed) and without reporters until everything is stored, then change it"
        guard let recorded else {
            guard hidden.isEmpty else {
                return .failure(
                    "stores.shards", .configuration,
                    "REDIS_SHARDS is \(configured), but shard \(hidden[0]) holds counts or jobs", remedy: remedy)
            }
            return .ok("stores.shards", "\(configured); recorded at the first start")
        }
        guard recorded != configured || !hidden.isEmpty else {
            guard let mysql, mysql != recorded else { return .ok("stores.shards", "\(configured), as recorded") }
            return .warning(
                "stores.shards", .configuration, "Redis has recorded \(recorded) shards, MySQL \(mysql)",
                remedy: "Do both stores belong together? The next start writes \(configured) to both")
        }
        let seen = "REDIS_SHARDS is \(configured), recorded are \(recorded)"
        guard let first = holding.first else {
            return .warning(
                "stores.shards", .configuration, seen + "; nothing is under way, so the next start changes it",
                remedy: "Stop all processes before one starts with the new number")
        }
        return .failure(
            "stores.shards", .configuration, seen + ", and shard \(hidden.first ?? first) holds counts or jobs",
            remedy: remedy)
    }
}
