import Fingerprint
import MySQLClient
import RedisClient
import TestServers

/// Checks that what is stored is what was acknowledged: the rows A, B, C, E, F and G of the fault matrix, the same for every fault.
struct Checker {
    let deployment: Deployment
    /// F: how long the deployment may take to come to rest.
    var quietLimit = Duration.seconds(30)
    /// Whether Redis keeps what it acknowledged; the total of what was accepted is compared only then.
    var comparesAccepted = true

    private struct Row {
        var count: Int
        var first: Int64
        var last: Int64
        var hasDetails: Bool
    }

    /// Waits until everything is stored, and compares.
    ///
    /// - Parameters:
    ///   - logs: of all loads the deployment has had.
    ///   - otherReports: how many acknowledged reports of no load there were; their errors are not those of a load.
    ///   - inLoads: acknowledged reports of errors of a load that are in none of the logs.
    func check(
        _ logs: [LoadLog], otherReports: Int = 0, inLoads: [Fingerprint: Int] = [:]
    ) async throws {
        try await deployment.stores.waitUntilQuiet(within: quietLimit)
        var problems: [String] = []
        let rows = try await rows()
        checkRows(rows, logs, otherReports, inLoads, &problems)
        try await checkTotals(rows, &problems)
        try await checkKeys(&problems)
        guard problems.isEmpty else {
            throw TestServerError(
                "stored and acknowledged differ:\n" + problems.prefix(20).joined(separator: "\n")
                    + "\n" + logs.map(\.description).joined(separator: "\n"))
        }
    }

    private func rows() async throws -> [Fingerprint: Row] {
        var rows: [Fingerprint: Row] = [:]
        let result = try await deployment.stores.sql(
            """
            SELECT e.fingerprint, e.`count`, e.first_seen_at, e.last_seen_at, d.fingerprint IS NOT NULL \
            FROM errors e LEFT JOIN error_details d ON d.fingerprint = e.fingerprint
            """
        )
        for row in result {
            guard let fingerprint = row[0].byteArray.flatMap({ Fingerprint(bytes: $0) }), let count = row[1].int64,
                let first = row[2].dateTimeMilliseconds, let last = row[3].dateTimeMilliseconds
            else { throw TestServerError("not a row: \(row)") }
            rows[fingerprint] = Row(count: Int(count), first: first, last: last, hasDetails: row[4].int64 == 1)
        }
        return rows
    }

    /// A, B and G.
    private func checkRows(
        _ rows: [Fingerprint: Row],
        _ logs: [LoadLog],
        _ otherReports: Int,
        _ inLoads: [Fingerprint: Int],
        _ problems: inout [String]
    ) {
        var sums: [Fingerprint: LoadLog.Sum] = [:]
        for log in logs {
            for record in log.unexpected.prefix(3) { problems.append("unexpected answer: \(record)") }
            for record in log.records where record.number >= 0 {
                sums[log.kinds[record.kind].fingerprint, default: LoadLog.Sum()].add(record)
            }
        }
        let others = rows.filter { sums[$0.key] == nil }.values.reduce(0) { $0 + $1.count }
        if others != otherReports { problems.append("\(others) occurrences of other errors, \(otherReports) reported") }
        for (fingerprint, sum) in sums {
            guard let row = rows[fingerprint] else {
                if sum.acknowledged > 0 { problems.append("\(fingerprint): \(sum.acknowledged) acknowledged, no row") }
                continue
            }
            if !row.hasDetails { problems.append("\(fingerprint): no details") }
            let acknowledged = sum.acknowledged + (inLoads[fingerprint] ?? 0)
            if !(acknowledged...acknowledged + sum.unknown).contains(row.count) {
                problems.append(
                    "\(fingerprint): counted \(row.count), acknowledged \(acknowledged), unknown \(sum.unknown)")
            }
            guard row.count > 0, inLoads[fingerprint] == nil else { continue }
            if row.first < sum.firstSent || row.first > min(sum.firstAnswered, sum.lastAnswered) {
                problems.append("\(fingerprint): first seen \(row.first), \(sum)")
            }
            if row.last > sum.lastAnswered || row.last < sum.lastSent {
                problems.append("\(fingerprint): last seen \(row.last), \(sum)")
            }
            if row.first > row.last { problems.append("\(fingerprint): first \(row.first) after last \(row.last)") }
        }
    }

    /// C, and that the ledger is what made the totals.
    private func checkTotals(_ rows: [Fingerprint: Row], _ problems: inout [String]) async throws {
        let stores = deployment.stores
        let counted = rows.values.reduce(0) { $0 + $1.count }
        let ledger = try await stores.number("SELECT CAST(COALESCE(SUM(occurrences), 0) AS SIGNED) FROM sync_ledger")
        if ledger != counted { problems.append("the ledger has \(ledger) occurrences, the rows \(counted)") }
        let letters = try await stores.number("SELECT COUNT(*) FROM dead_letters")
        if letters != 0 { problems.append("\(letters) dead letters") }
        if comparesAccepted {
            var accepted = 0
            for shard in 0..<stores.shards {
                accepted += try await stores.redisNumber(
                    "HGET", [.string(stores.key("meta", shard: shard)), "accepted"])
            }
            if accepted != counted { problems.append("Redis has accepted \(accepted), the rows have \(counted)") }
        }
    }

    /// E: nothing is left in Redis but what stays, and that has its bounds.
    private func checkKeys(_ problems: inout [String]) async throws {
        let stores = deployment.stores
        for key in try await stores.keys() {
            guard let brace = key.firstIndex(of: "}") else {
                problems.append("a key without a tag: \(key)")
                continue
            }
            let name = key[brace...].dropFirst(2)
            switch name {
            case "meta":
                let fields = try await stores.redisNumber("HLEN", [.string(key)])
                if fields > 32 { problems.append("\(key) has \(fields) fields") }
                for field in [
                    "records:errors", "bytes:errors", "records:events", "bytes:events", "waiting", "size",
                ] {
                    let value = try await stores.redisNumber("HGET", [.string(key), .string(field)])
                    if value != 0 { problems.append("\(key) \(field) is \(value) when nothing waits") }
                }
            case "queue:errors", "queue:events":
                let pending = try await stores.redis("XPENDING", [.string(key), "workers"])
                if pending.elements?.first?.integerValue != 0 { problems.append("\(key) has pending jobs: \(pending)") }
            case _ where name.hasPrefix("seen:errors:") || name.hasPrefix("seen:events:"):
                let lifetime = try await stores.redisNumber("TTL", [.string(key)])
                if lifetime < 0 { problems.append("\(key) never expires") }
            default: problems.append("\(key) is left")
            }
        }
    }
}
