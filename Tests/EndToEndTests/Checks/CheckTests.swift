import EmbeddedServers
import Glibc
import MySQLClient
import TestServers
import Testing

/// `error-ingest check`: one test for all that is well, and at least one with a real cause for each class of failure.
@Suite struct CheckTests {
    @Test func allIsWell() async throws {
        let stores = try await CheckedStores.migrated()
        let run = try await CheckRun(stores.environment, ["--strict"])
        #expect(run.exit == .exited(0), "\(run.text)")
        #expect(run.complaints.isEmpty, "\(run.text)")
        for name in [
            "configuration", "exposure.http", "limits.open_files", "redis.connection", "redis.version",
            "redis.durability", "redis.memory", "redis.disk", "redis.permissions", "redis.clock", "mysql.connection",
            "mysql.version", "mysql.durability", "mysql.schema", "mysql.privileges", "mysql.clock",
            "mysql.connections", "mysql.disk", "stores.shards",
        ] {
            #expect(run.status(name) == "ok", "\(name): \(run.text)")
        }
    }

    @Test func theTextNamesEachFindingAndTheExitStatus() async throws {
        let stores = try await CheckedStores.empty()
        let program = try ServiceUnderTest(["check"], environment: stores.environment)
        #expect(try await program.waitForExit(within: .seconds(60)) == .exited(71))
        let lines = program.log.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("ok") && $0.contains("redis.durability") }, "\(program.log)")
        #expect(lines.contains { $0.hasPrefix("failure") && $0.contains("mysql.schema") })
        #expect(lines.contains { $0.contains("→ Run error-ingest migrate") })
        #expect(lines.last?.hasSuffix("exit status 71 (schema)") == true)
    }

    @Test func nothingIsChangedAndNothingStarted() async throws {
        let stores = try await CheckedStores.empty()
        let data = try TestServers.freshDirectory()
        _ = try await CheckRun(stores.environment)
        let tables = try await rows(
            stores, "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()")
        #expect(tables.first?.first?.int64 == 0)
        let embedded = try await CheckRun(["DATA_DIR": data + "/none"])
        #expect(embedded.exit == .exited(0), "\(embedded.text)")
        #expect(embedded.seen("redis.connection").contains("not running"))
        #expect(embedded.seen("mysql.connection").contains("not running"))
        #expect(FileTree.names(in: data).isEmpty)
    }

    // MARK: - Configuration: 78

    @Test func everyBadValueIsNamedAtOnce() async throws {
        let run = try await CheckRun(["PORT": "70000", "GROUPING": "colour", "REDIS_URL": "redis://u:hidden-word@h"])
        #expect(run.exit == .exited(78))
        for word in ["PORT", "70000", "GROUPING", "colour"] { #expect(run.text.contains(word), "\(run.text)") }
        #expect(!run.text.contains("hidden-word"))
    }

    @Test(arguments: [
        ["REDIS_URL": "redis://h"], ["MYSQL_URL": "postgres://h/x", "REDIS_URL": "redis://h"],
        ["WORKERS": "24", "REDIS_SHARDS": "2"], ["CONFIG_FILE": "/nonexistent/file.env"],
        ["ERROR_RETENTION_DAYS": "34"],
    ])
    func valuesThatCannotBeUsedAreFailures(environment: [String: String]) async throws {
        let run = try await CheckRun(environment)
        run.expect(only: "configuration", exit: 78)
    }

    @Test func misspeltNamesAreWarnedAbout() async throws {
        let file = try TestServers.freshDirectory() + "/service.env"
        try FileTree.write("# PROT=1\nHOST=127.0.0.1\n PROT=9002\nSOMETHING_ELSE=1\n", to: file)
        let data = try TestServers.freshDirectory()
        let run = try await CheckRun(["DATA_DIR": data, "CONFIG_FILE": file, "SYNC_INTERVAL_SECOND": "5"])
        #expect(run.exit == .exited(0), "\(run.text)")
        let text = run.text
        #expect(text.contains("has PROT, which nobody reads") && text.contains("Did you mean PORT?"), "\(text)")
        #expect(text.contains("has SOMETHING_ELSE, which nobody reads"))
        #expect(text.contains("SYNC_INTERVAL_SECOND,") && text.contains("Did you mean SYNC_INTERVAL_SECONDS?"))
        #expect(!text.contains("has PATH") && !text.contains("TEST_DIRECTORY"))
        let strict = try await CheckRun(["DATA_DIR": data, "CONFIG_FILE": file], ["--strict"])
        #expect(strict.exit == .exited(78))
    }

    @Test func shardsThatHoldSomethingAreMissed() async throws {
        let stores = try await CheckedStores.migrated()
        let settings = stores.with(["REDIS_SHARDS": "4", "WORKERS": "1", "SYNC_INTERVAL_SECONDS": "3600"])
        let service = try ServiceUnderTest(["serve"], environment: settings)
        try await service.waitUntilReady()
        // Enough errors that each shard has some.
        for number in 0..<60 { try await service.report(#"{"message":"m","fingerprint":["\#(number)"]}"#) }
        #expect(try await CheckRun(settings).exit == .exited(0), "it runs beside the service")
        await service.kill()
        let run = try await CheckRun(stores.with(["REDIS_SHARDS": "2"]))
        run.expect(only: "stores.shards", exit: 78)
        #expect(run.remedy("stores.shards").contains("REDIS_SHARDS=4"))
    }

    // MARK: - Stores that are not there: 69

    @Test func missingServersAreNamedWithoutTheirPasswords() async throws {
        let port = Int(try FreePort.find())
        let began = ContinuousClock.now
        let run = try await CheckRun([
            "REDIS_URL": "redis://someone:hidden-word@127.0.0.1:\(port)",
            "MYSQL_URL": "mysql://someone:hidden-word@127.0.0.1:\(port)/errors",
        ])
        #expect(ContinuousClock.now - began < .seconds(30))
        #expect(run.exit == .exited(69), "\(run.text)")
        #expect(run.complaints == ["redis.connection", "mysql.connection"])
        #expect(run.seen("redis.connection").contains("127.0.0.1:\(port)"))
        #expect(run.remedy("mysql.connection").contains("MYSQL_URL"))
        #expect(!run.text.contains("hidden-word"))
    }

    @Test func wrongPasswordsAreNamedWithoutThem() async throws {
        let redis = try await TestRedis.start(
            arguments: ["--user", "checked", "on", ">right-word", "~*", "+@all"])
        let stores = try await CheckedStores.migrated()
        let mysql = try await TestServers.mariadb()
        try await execute(stores, ["CREATE USER 'checked'@'localhost' IDENTIFIED BY 'right-word'"])
        let run = try await CheckRun([
            "REDIS_URL": "redis+unix://checked:wrong-word@\(redis.socketPath)",
            "MYSQL_URL": "mysql://checked:wrong-word@localhost/\(stores.database)?socket=\(mysql.socketPath)",
        ])
        #expect(run.exit == .exited(69), "\(run.text)")
        #expect(run.remedy("redis.connection").contains("REDIS_URL"))
        #expect(run.remedy("mysql.connection").contains("Mend the user and the password in MYSQL_URL"))
        #expect(!run.text.contains("-word"))
        await redis.stop()
    }

    // MARK: - Durability: 70

    @Test(arguments: [
        ["--appendonly", "no"], ["--appendfsync", "everysec"], ["--maxmemory-policy", "allkeys-lru"],
    ])
    func aRedisThatMayLoseWritesIsAFailure(arguments: [String]) async throws {
        let redis = try await TestRedis.start(arguments: arguments)
        let stores = try await CheckedStores.migrated()
        let run = try await CheckRun(stores.with(["REDIS_URL": redis.url]))
        run.expect(only: "redis.durability", exit: 70)
        #expect(run.seen("redis.durability").contains(arguments[0].dropFirst(2)))
        await redis.stop()
    }

    @Test func aMySQLThatMayLoseCommitsIsAFailure() async throws {
        let mariadb = try await TestMariaDB.start(arguments: ["--innodb-flush-log-at-trx-commit=2"])
        let servers = Deployment.Servers(redis: try await TestServers.redis(), mariadb: mariadb)
        let stores = try await CheckedStores.migrated(servers)
        let run = try await CheckRun(stores.environment)
        run.expect(only: "mysql.durability", exit: 70)
        #expect(run.seen("mysql.durability").contains("innodb_flush_log_at_trx_commit is 2"))
        await mariadb.stop()
    }

    // MARK: - Schema: 71

    @Test func aMissingSchemaIsAFailure() async throws {
        let run = try await CheckRun(try await CheckedStores.empty().environment)
        run.expect(only: "mysql.schema", exit: 71)
        #expect(run.seen("mysql.schema") == "there is no schema")
        #expect(run.remedy("mysql.schema").contains("error-ingest migrate"))
    }

    @Test(arguments: [
        ("DELETE FROM schema_migrations WHERE number = 2", "missing 0002"),
        (
            """
            INSERT INTO schema_migrations SELECT 9999, 'future', checksum, applied_at FROM schema_migrations LIMIT 1
            """, "9999"
        ),
        ("UPDATE schema_migrations SET checksum = REPEAT('0', 16) WHERE number = 1", "0001"),
    ])
    func anotherSchemaIsAFailure(change: String, seen: String) async throws {
        let stores = try await CheckedStores.migrated()
        try await execute(stores, [change])
        let run = try await CheckRun(stores.environment)
        run.expect(only: "mysql.schema", exit: 71)
        #expect(run.seen("mysql.schema").contains(seen), "\(run.text)")
    }

    // MARK: - Clock: 72

    /// The server sets the time of each session of a user who is not all-powerful.
    @Test(arguments: [(Int64(0), "ok", Int32(0)), (20, "warning", 0), (-300, "failure", 72)])
    func aServerWithAnotherTimeIsNoticed(seconds: Int64, status: String, exit: Int32) async throws {
        let mariadb = try await TestMariaDB.start(
            arguments: ["--init-connect=SET SESSION timestamp = UNIX_TIMESTAMP(SYSDATE(3)) + \(seconds)"])
        let servers = Deployment.Servers(redis: try await TestServers.redis(), mariadb: mariadb)
        let stores = try await CheckedStores.migrated(servers)
        try await execute(
            stores,
            [
                "CREATE USER 'checked'@'localhost'",
                "GRANT ALL ON `\(stores.database)`.* TO 'checked'@'localhost'",
            ])
        let url = "mysql://checked@localhost/\(stores.database)?socket=\(mariadb.socketPath)"
        let run = try await CheckRun(stores.with(["MYSQL_URL": url]))
        #expect(run.exit == .exited(exit), "\(run.text)")
        #expect(run.status("mysql.clock") == status, "\(run.text)")
        #expect(run.complaints.subtracting(["mysql.clock"]).isEmpty, "\(run.text)")
        await mariadb.stop()
    }

    // MARK: - Space: 73

    @Test func tooLittleDiskIsAFailure() async throws {
        let data = try TestServers.freshDirectory()
        let run = try await CheckRun(["DATA_DIR": data], ["--least-free-mib", "1000000000"])
        run.expect(only: "embedded.disk", exit: 73)
    }

    @Test func aFullRedisIsAFailure() async throws {
        // Less than an empty server has.
        let redis = try await TestRedis.start(arguments: ["--maxmemory", "500kb"])
        let stores = try await CheckedStores.migrated()
        let run = try await CheckRun(stores.with(["REDIS_URL": redis.url]))
        run.expect(only: "redis.memory", exit: 73)
        await redis.stop()
    }

    // MARK: - Permissions: 77

    @Test func commandsARedisUserMayNotRunAreNamed() async throws {
        let redis = try await TestRedis.start(
            arguments: ["--user", "checked", "on", "nopass", "~*", "+@all", "-xadd", "-zadd"])
        let stores = try await CheckedStores.migrated()
        let run = try await CheckRun(stores.with(["REDIS_URL": "redis+unix://checked:any@\(redis.socketPath)"]))
        run.expect(only: "redis.permissions", exit: 77)
        #expect(run.seen("redis.permissions").contains("XADD, ZADD"), "\(run.text)")
        await redis.stop()
    }

    @Test func keysARedisUserMayNotTouchAreNoticed() async throws {
        let redis = try await TestRedis.start(arguments: ["--user", "checked", "on", "nopass", "~other:*", "+@all"])
        let stores = try await CheckedStores.migrated()
        let run = try await CheckRun(stores.with(["REDIS_URL": "redis+unix://checked:any@\(redis.socketPath)"]))
        #expect(run.exit == .exited(77), "\(run.text)")
        #expect(run.status("redis.permissions") == "failure")
        await redis.stop()
    }

    @Test func privilegesAMySQLUserLacksAreNamed() async throws {
        let mariadb = try await TestMariaDB.start()
        let stores = try await CheckedStores.migrated(
            Deployment.Servers(redis: try await TestServers.redis(), mariadb: mariadb))
        let name = "`\(stores.database)`"
        try await execute(
            stores,
            [
                "CREATE USER 'checked'@'localhost'",
                "GRANT SELECT, INSERT, UPDATE ON \(name).* TO 'checked'@'localhost'",
                "GRANT DELETE ON \(name).errors TO 'checked'@'localhost'",
            ])
        let url = "mysql://checked@localhost/\(stores.database)?socket=\(mariadb.socketPath)"
        let run = try await CheckRun(stores.with(["MYSQL_URL": url]))
        #expect(run.exit == .exited(77), "\(run.text)")
        #expect(run.complaints == ["mysql.privileges"])
        #expect(run.seen("mysql.privileges").contains("DELETE on error_details"))
        #expect(!run.seen("mysql.privileges").contains("DELETE on errors"))
        #expect(run.seen("mysql.migrations").contains("lacks CREATE, ALTER, INDEX"))
        #expect(run.seen("mysql.partitions").contains("lacks LOCK TABLES, CREATE, ALTER, DROP"))
        await mariadb.stop()
    }

    // MARK: - Limits: 75, exposure: warnings

    @Test func moreWorkersThanConnectionsAreAFailure() async throws {
        let mariadb = try await TestMariaDB.start(arguments: ["--max-connections=10"])
        let stores = try await CheckedStores.migrated(
            Deployment.Servers(redis: try await TestServers.redis(), mariadb: mariadb))
        let run = try await CheckRun(stores.with(["WORKERS": "20"]))
        run.expect(only: "mysql.connections", exit: 75)
        await mariadb.stop()
    }

    @Test func anOpenListenerIsWarnedAbout() async throws {
        let stores = try await CheckedStores.migrated()
        let open = try await CheckRun(stores.with(["HOST": "0.0.0.0"]))
        open.expect(only: "exposure.http", "warning", exit: 0)
        #expect(open.text.contains("Set ADMIN_TOKEN") && open.text.contains("Set INGEST_TOKEN"))
        let token = "a-token-that-is-long-enough"
        let closed = try await CheckRun(stores.with(["HOST": "0.0.0.0", "ADMIN_TOKEN": token, "INGEST_TOKEN": token]))
        #expect(closed.complaints.isEmpty, "\(closed.text)")
        #expect(!closed.text.contains(token))
        let short = try await CheckRun(stores.with(["ADMIN_TOKEN": "tok-en"]), ["--strict"])
        short.expect(only: "exposure.tokens", "warning", exit: 74)
        #expect(!short.text.contains("tok-en"))
    }

    // MARK: - Embedded servers

    @Test func theEmbeddedServersOfARunningServeAreLookedAt() async throws {
        try await Deployment.run(.embedded) { deployment in
            let check = try deployment.startAnother("check")
            #expect(try await check.waitForExit(within: .seconds(60)) == .exited(0), "\(check.log)")
            for name in ["redis.durability", "mysql.durability", "mysql.schema", "embedded.disk", "stores.shards"] {
                #expect(
                    check.log.split(separator: "\n").contains { $0.hasPrefix("ok") && $0.contains(name) },
                    "\(name): \(check.log)")
            }
            #expect(!check.log.contains("not running"))
        }
    }

    // MARK: - Parts

    private func rows(_ stores: CheckedStores, _ statement: String) async throws -> [[MySQLValue]] {
        let endpoint = try MySQLEndpoint(url: stores.environment["MYSQL_URL"] ?? "")
        let connection = try await MySQLConnection.connect(MySQLConfiguration(endpoint: endpoint))
        let rows = try await connection.executeText(statement).rows
        await connection.close()
        return rows
    }

    private func execute(_ stores: CheckedStores, _ statements: [String]) async throws {
        for statement in statements { _ = try await rows(stores, statement) }
    }
}
