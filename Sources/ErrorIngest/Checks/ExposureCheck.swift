import FastLane
import MySQLClient
import RedisClient

/// Who else may reach what.
struct ExposureCheck {
    /// Shorter tokens can be guessed by trying.
    private static let leastTokenBytes = 16

    let configuration: ServiceConfiguration

    func run() -> [CheckFinding] {
        var findings = tokens
        if case .external(let redis, let mysql) = configuration.stores {
            if case .host(let host, _) = redis.address, redis.tls == nil, !Self.isLoopback(host) {
                findings.append(
                    .warning(
                        "exposure.redis", .exposure, "reports and the password go to \(host) in clear text",
                        remedy: "Use rediss:// in REDIS_URL, or a network that nobody else listens on"))
            }
            if case .tcp(let host, _) = mysql.address, mysql.tls == .off, !Self.isLoopback(host) {
                findings.append(
                    .warning(
                        "exposure.mysql", .exposure, "errors go to \(host) in clear text",
                        remedy: "Add ?tls=on to MYSQL_URL, or use a network that nobody else listens on"))
            }
        }
        return findings
    }

    private var tokens: [CheckFinding] {
        var findings: [CheckFinding] = []
        let lengths = [
            ("INGEST_TOKEN", configuration.ingestToken?.byteCount),
            ("ADMIN_TOKEN", configuration.adminTokens?.shortestTokenBytes),
        ]
        for (key, length) in lengths {
            guard let length, length < Self.leastTokenBytes else { continue }
            findings.append(
                .warning(
                    "exposure.tokens", .exposure, "\(key) is shorter than \(Self.leastTokenBytes) bytes",
                    remedy: "Take a longer one, such as that of: openssl rand -hex 24"))
        }
        guard !configuration.listensOnLoopbackOnly else {
            return findings + [.ok("exposure.http", "HOST is \(configuration.host): only this machine can connect")]
        }
        if configuration.adminTokens == nil {
            findings.append(
                .warning(
                    "exposure.http", .exposure,
                    "HOST is \(configuration.host) and ADMIN_TOKEN is not set: reading back is answered 403",
                    remedy: "Set ADMIN_TOKEN"))
        }
        if configuration.ingestToken == nil {
            findings.append(
                .warning(
                    "exposure.http", .exposure,
                    "HOST is \(configuration.host) and INGEST_TOKEN is not set: whoever can connect may report",
                    remedy: "Set INGEST_TOKEN, unless browsers are to report"))
        }
        if configuration.adminTokens != nil, configuration.ingestToken != nil {
            findings.append(.ok("exposure.http", "HOST is \(configuration.host); tokens are asked for"))
        }
        return findings
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
}
