import Ingest
import MySQLClient
import RedisClient

/// What the service says of itself. Built from what its parts noted last: no answer waits for a store.
struct HealthReport: Sendable {
    enum Status: String, Sendable {
        case ok
        /// It does its job, and an operator should look: weak durability, or MySQL away while reports are still taken.
        case degraded
        /// It cannot do its job.
        case down
    }

    let roles: Roles
    let links: RedisLinks
    let mysql: MySQLHealth
    let trustsRedis: Bool

    struct StoreStatus: Sendable {
        var isConnected: Bool
        var problem: String?
        /// Why durability is not assured; empty when it is, nil when the settings were never read.
        var degraded: [String]?
    }

    var redisStatus: StoreStatus {
        let snapshot = links.control.link.snapshot
        let degraded: [String]?
        switch snapshot.durability {
        case _ where trustsRedis, .assured: degraded = []
        case .degraded(let reasons): degraded = reasons
        case .unknown(let reason): degraded = [reason]
        case nil: degraded = nil
        }
        return StoreStatus(
            isConnected: links.isConnected,
            problem: links.isConnected ? nil : snapshot.lastError?.message ?? "not connected",
            degraded: degraded
        )
    }

    var mysqlStatus: StoreStatus {
        let reading = mysql.reading
        let degraded: [String]?
        switch reading.durability {
        case .assured: degraded = []
        case .degraded(let reasons): degraded = reasons
        case .unknown(let reason): degraded = [reason]
        case nil: degraded = nil
        }
        return StoreStatus(isConnected: reading.isConnected, problem: reading.problem, degraded: degraded)
    }

    /// An API without MySQL still takes reports; a worker or sync without it does nothing.
    var status: Status {
        let redis = redisStatus
        let mysql = mysqlStatus
        if !redis.isConnected { return .down }
        if !mysql.isConnected { return roles.contains(.api) ? .degraded : .down }
        return redis.degraded == [] && mysql.degraded == [] ? .ok : .degraded
    }

    /// The body of `GET /health`.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { write(to: &$0) }
        return writer.bytes
    }

    func write(to writer: inout JSONWriter) {
        writer.field("status", status.rawValue)
        writer.field("version", ServiceVersion.text)
        writer.key("roles")
        writer.array { writer in
            for name in roles.names { writer.string(name) }
        }
        writer.key("redis")
        writer.object { redisStatus.write(to: &$0) }
        writer.key("mysql")
        writer.object { mysqlStatus.write(to: &$0) }
    }
}

extension HealthReport.StoreStatus {
    func write(to writer: inout JSONWriter) {
        writer.field("connected", isConnected)
        if let problem { writer.field("problem", problem) }
        writer.field("durability", degraded.map { $0.isEmpty ? "assured" : "degraded" } ?? "unknown")
        if let degraded, !degraded.isEmpty {
            writer.key("reasons")
            writer.array { writer in
                for reason in degraded { writer.string(reason) }
            }
        }
    }
}
