import EmbeddedServers
import MySQLClient
import RedisClient

/// Everything `serve` needs, looked at without starting or changing anything.
struct SystemCheck {
    let isStrict: Bool
    /// Less free disk space is a failure.
    let leastFree_MiB: Int

    func run() async -> CheckReport {
        var report = CheckReport(isStrict: isStrict)
        let (configuration, findings) = await ConfigurationCheck.run()
        report.add(findings)
        guard let configuration else { return report }
        report.add(ExposureCheck(configuration: configuration).run())
        report.add([OpenFilesCheck.run(configuration)])
        switch configuration.stores {
        case .external(let redis, let mysql):
            report.add(await stores(configuration, redis, mysql))
        case .embedded(let directory):
            report.add(await embedded(configuration, directory))
        }
        return report
    }

    /// Their sockets are where `serve` puts them, whether this is the user who runs it or not.
    private func embedded(_ configuration: ServiceConfiguration, _ directory: String) async -> [CheckFinding] {
        let check = EmbeddedCheck(directory: directory, leastFree_MiB: leastFree_MiB)
        var findings = check.run()
        let view = check.view
        if !view.isRedisRunning { findings.append(.ok("redis.connection", "not running; serve starts it")) }
        if !view.isMariaDBRunning { findings.append(.ok("mysql.connection", "not running; serve starts it")) }
        do {
            findings += await stores(
                configuration,
                view.isRedisRunning ? try RedisEndpoint(url: view.redisURL) : nil,
                view.isMariaDBRunning ? try MySQLEndpoint(url: view.mySQLURL) : nil)
        } catch {
            findings.append(
                .failure(
                    "embedded.directory", .configuration, "its sockets cannot be named: \(error)",
                    remedy: "Set DATA_DIR to a shorter path"))
        }
        return findings
    }

    private func stores(
        _ configuration: ServiceConfiguration, _ redis: RedisEndpoint?, _ mysql: MySQLEndpoint?
    ) async -> [CheckFinding] {
        var findings: [CheckFinding] = []
        var shards = ShardFigures()
        if let redis {
            let result = await RedisCheck(
                endpoint: redis, configuration: configuration, leastFree_MiB: leastFree_MiB
            ).run()
            findings += result.findings
            shards.redis = result.shards?.recorded
            shards.holding = result.shards?.holding
        }
        if let mysql {
            let result = await MySQLCheck(
                endpoint: mysql, configuration: configuration, leastFree_MiB: leastFree_MiB
            ).run()
            findings += result.findings
            shards.mysql = result.recordedShards
        }
        if let finding = shards.finding(configured: configuration.redisShards) { findings.append(finding) }
        return findings
    }
}
