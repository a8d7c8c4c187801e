import Ingest
import IngestStorage
import MySQLClient
import QueueCore

/// What the service needs of MySQL or MariaDB. Reads only.
struct MySQLCheck {
    let endpoint: MySQLEndpoint
    let configuration: ServiceConfiguration
    let leastFree_MiB: Int

    struct Result: Sendable {
        var findings: [CheckFinding] = []
        /// `REDIS_SHARDS` as recorded; nil when it is not.
        var recordedShards: Int?
    }

    func run() async -> Result {
        let settings = MySQLConfiguration(
            endpoint: endpoint, connectTimeout: .seconds(5), readTimeout: .seconds(10), writeTimeout: .seconds(10))
        let connection: MySQLConnection
        let asked = ContinuousClock.now
        do throws(MySQLError) {
            connection = try await MySQLConnection.connect(settings)
        } catch {
            return Result(findings: [unavailable(error)])
        }
        let took = (ContinuousClock.now - asked) / .milliseconds(1)
        var result = Result(findings: [
            .ok("mysql.connection", "\(endpoint) is connected within \(Int(took.rounded(.up))) ms")
        ])
        do throws(MySQLError) {
            let (seen, shards) = try await connection.run { connection throws(MySQLError) in
                try look(connection.session)
            }
            result.findings += seen
            result.recordedShards = shards
        } catch {
            result.findings.append(unavailable(error))
        }
        await connection.close()
        return result
    }

    private func unavailable(_ error: MySQLError) -> CheckFinding {
        let remedy =
            switch error.number {
            case 1045, 1044, 1698: "Mend the user and the password in MYSQL_URL, or grant it the database"
            case 1049: "Create the database \(endpoint.database), or mend MYSQL_URL"
            default: "Start MySQL, or mend MYSQL_URL"
            }
        return .failure("mysql.connection", .unavailable, "\(endpoint): \(error.message)", remedy: remedy)
    }

    private func look(_ session: MySQLSession) throws(MySQLError) -> ([CheckFinding], shards: Int?) {
        var findings = [version(session), durability(try MySQLDurability.assess(session))]
        let schema = try MySQLSchemaState.read(session)
        findings.append(self.schema(schema))
        findings.append(contentsOf: try MySQLPrivilegeCheck(session: session).run(tables: schema.presentTables))
        findings.append(try clock(session))
        findings.append(try connections(session))
        findings.append(try disk(session))
        var shards: Int?
        if schema.presentTables.contains("settings") {
            shards = try session.execute(
                "SELECT value FROM settings WHERE name = ?", [.string(MySQLSettings.redisShards)]
            ).rows.first?.first?.string.flatMap { Int($0) }
        }
        return (findings, shards)
    }

    private func version(_ session: MySQLSession) -> CheckFinding {
        let text = session.serverVersion
        let numbers = text.split { !$0.isASCII || !$0.isNumber }.prefix(2).compactMap { Int($0) }
        let (name, least) = session.isMariaDB ? ("MariaDB", [10, 6]) : ("MySQL", [8, 0])
        guard numbers.count == 2, !numbers.lexicographicallyPrecedes(least) else {
            return .failure(
                "mysql.version", .version, "\(name) \(text)", remedy: "MariaDB 10.6 or MySQL 8.0 or later is needed")
        }
        return .ok("mysql.version", "\(name) \(text)")
    }

    private func durability(_ durability: MySQLDurability) -> CheckFinding {
        switch durability {
        case .assured:
            .ok("mysql.durability", "every commit is on disk")
        case .degraded(let reasons):
            .failure(
                "mysql.durability", .durability, reasons.joined(separator: "; "),
                remedy: "Change it with SET GLOBAL and in the server's option file; see docs/operations.md")
        case .unknown(let reason):
            .failure("mysql.durability", .durability, reason, remedy: "Let the user read the server's variables")
        }
    }

    private func schema(_ schema: MySQLSchemaState) -> CheckFinding {
        if let newer = schema.newer.max() {
            return .failure(
                "mysql.schema", .schema, "the schema has migration \(newer), which this program does not know",
                remedy: "Run the newer error-ingest")
        }
        if let changed = schema.changed.first {
            return .failure(
                "mysql.schema", .schema, "migration \(changed) is not the one that was applied",
                remedy: "Run the error-ingest that applied it, or a newer one")
        }
        guard schema.missing.isEmpty else {
            let what =
                schema.applied.isEmpty ? "there is no schema" : "missing \(schema.missing.joined(separator: ", "))"
            return .failure("mysql.schema", .schema, what, remedy: "Run error-ingest migrate; serve does it by itself")
        }
        return .ok("mysql.schema", "\(schema.applied.count) migrations, the newest is \(schema.applied.last ?? "none")")
    }

    private func clock(_ session: MySQLSession) throws(MySQLError) -> CheckFinding {
        var best: ClockOffset?
        for _ in 0..<3 {
            let asked = WallClock.unixMilliseconds
            let row = try session.execute("SELECT UTC_TIMESTAMP(3)").rows.first
            let answered = WallClock.unixMilliseconds
            guard let other = row?.first?.dateTimeMilliseconds else { break }
            let offset = ClockOffset(askedAt: asked, answeredAt: answered, other: other)
            if offset.roundTrip_ms < best?.roundTrip_ms ?? .max { best = offset }
        }
        return best?.finding("mysql.clock", "MySQL")
            ?? .warning("mysql.clock", .clock, "MySQL does not say what time it is", remedy: "Look at its log")
    }

    /// What one `serve` opens at most: workers, reads, changes, sync, health and retention.
    private func connections(_ session: MySQLSession) throws(MySQLError) -> CheckFinding {
        let limit = try session.executeText("SELECT @@max_connections").rows.first?.first?.int64 ?? 0
        let needed = Int64(configuration.workerCount + IngestSystem.otherMySQLConnections)
        let seen = "one serve opens up to \(needed) of \(limit) connections"
        let remedy = "Raise max_connections of MySQL, or lower WORKERS"
        if needed >= limit { return .failure("mysql.connections", .limits, seen, remedy: remedy) }
        if needed * 10 > limit * 9 { return .warning("mysql.connections", .limits, seen, remedy: remedy) }
        return .ok("mysql.connections", seen)
    }

    /// On a Unix socket the server is on this machine, and so is its directory.
    private func disk(_ session: MySQLSession) throws(MySQLError) -> CheckFinding {
        guard case .unixSocket = endpoint.address else {
            return .ok("mysql.disk", "not looked at: the server is on another machine")
        }
        guard let directory = try session.executeText("SELECT @@datadir").rows.first?.first?.string,
            let space = FreeSpace(of: directory)
        else { return .ok("mysql.disk", "not looked at: its directory cannot be read") }
        return space.finding("mysql.disk", directory, least_MiB: leastFree_MiB)
    }
}
