import EmbeddedServers
import TestServers
import Testing

/// One run of `error-ingest check`.
struct CheckRun {
    let exit: ProcessExit
    let text: String
    /// By the name of what was looked at; the gravest where there are several.
    let findings: [String: JSON]

    /// - Parameter arguments: after `check --json`.
    init(_ environment: [String: String], _ arguments: [String] = []) async throws {
        // The tests' own limit of open files is nobody's fault.
        let settings = ["MAX_CONNECTIONS": "100"].merging(environment) { _, given in given }
        let program = try ServiceUnderTest(["check", "--json"] + arguments, environment: settings)
        exit = try await program.waitForExit(within: .seconds(60))
        text = program.log
        var findings: [String: JSON] = [:]
        let gravity = ["ok": 0, "warning": 1, "failure": 2]
        for finding in try JSON(Array(text.utf8))["findings"]?.elements ?? [] {
            guard let name = finding["check"]?.string, let status = finding["status"]?.string else { continue }
            let known = findings[name]?["status"]?.string.flatMap { gravity[$0] } ?? -1
            if gravity[status, default: 0] > known { findings[name] = finding }
        }
        self.findings = findings
    }

    func status(_ name: String) -> String? { findings[name]?["status"]?.string }
    func seen(_ name: String) -> String { findings[name]?["seen"]?.string ?? "" }
    func remedy(_ name: String) -> String { findings[name]?["remedy"]?.string ?? "" }

    /// Names of all that is not well.
    var complaints: Set<String> { Set(findings.filter { $0.value["status"]?.string != "ok" }.keys) }

    /// That this finding is the only one that is not well, and the program ended with this status.
    func expect(
        only name: String, _ status: String = "failure", exit code: Int32,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(exit == .exited(code), "\(text)", sourceLocation: sourceLocation)
        #expect(complaints == [name], "\(text)", sourceLocation: sourceLocation)
        #expect(self.status(name) == status, sourceLocation: sourceLocation)
        #expect(!remedy(name).isEmpty, sourceLocation: sourceLocation)
    }
}

/// A migrated database and an empty namespace, and the configuration that names them.
struct CheckedStores {
    let environment: [String: String]
    let database: String

    static func migrated(_ servers: Deployment.Servers? = nil) async throws -> CheckedStores {
        let stores = try await empty(servers)
        let migration = try ServiceUnderTest(["migrate"], environment: stores.environment)
        let exit = try await migration.waitForExit(within: .seconds(60))
        guard exit == .exited(0) else { throw TestServerError("migrate ended with \(exit):\n\(migration.log)") }
        return stores
    }

    static func empty(_ servers: Deployment.Servers? = nil) async throws -> CheckedStores {
        let servers = if let servers { servers } else { try await Deployment.Servers.shared() }
        let database = TestServers.freshDatabaseName()
        try await StoreAccess.createDatabase(database, at: servers.mariadb.url())
        return CheckedStores(
            environment: [
                "REDIS_URL": servers.redis.url, "MYSQL_URL": servers.mariadb.url(database: database),
                "REDIS_NAMESPACE": TestServers.freshNamespace(),
            ],
            database: database)
    }

    func with(_ changes: [String: String]) -> [String: String] {
        environment.merging(changes) { _, new in new }
    }
}
