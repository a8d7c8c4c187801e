import NIOCore
import RedisClient
import TestServers
import Testing

extension TestRedis {
    /// `rediss://…` with the authority to trust.
    func tlsURL(host: String = "localhost", user: String = "", _ options: String...) -> String {
        "rediss://\(user)\(host):\(tlsPort ?? 0)" + (options.isEmpty ? "" : "?" + options.joined(separator: "&"))
    }
}

/// Against a real server that speaks TLS.
@Suite struct RedisTLSTests {
    private static let limit = Duration.seconds(10)

    /// Why the connection to this URL was refused.
    private func refusal(_ url: String, within limit: Duration = .milliseconds(1_500)) async throws -> RedisClientError
    {
        try await withLink(to: try RedisEndpoint(url: url)) { link, client in
            let error = await #expect(throws: RedisClientError.self) {
                try await client.waitUntilConnected(within: limit)
            }
            #expect(link.snapshot.connectCount == 0)
            #expect(link.snapshot.lastError == error)
            return try #require(error)
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1", "LocalHost"])
    func rightNameAndAuthority(host: String) async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(certificate: try await authority.localServer())
        let endpoint = try RedisEndpoint(url: redis.tlsURL(host: host, "ca=\(authority.authorityFile)"))
        try await withLink(to: endpoint) { link, client in
            try await client.waitUntilConnected(within: Self.limit)
            let large = [UInt8](repeating: 0x0D, count: 3_000_000)
            _ = try await client.send(RedisCommand("SET", ["large", .bytes(large)]))
            #expect(try await client.send(RedisCommand("GET", ["large"])) == .string(large))
            let commands = try await link.sendTogether((0..<5_000).map { RedisCommand("ECHO", [.integer($0)]) })
            try await eventually(within: .seconds(20), description: "5,000 replies") { commands.isComplete }
            #expect(commands.outcomes.enumerated().allSatisfy { $1.value?.integerValue == Int64($0) })
            // Whether it really is encrypted is the server's to say.
            let clients = try await client.send(RedisCommand("CLIENT", ["LIST"])).text ?? ""
            #expect(clients.contains("laddr=127.0.0.1:\(redis.tlsPort ?? 0)"), "\(clients)")
        }
        await redis.stop()
    }

    @Test func comesBackAfterTheServerDied() async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(certificate: try await authority.localServer())
        let endpoint = try RedisEndpoint(url: redis.tlsURL("ca=\(authority.authorityFile)"))
        try await withLink(to: endpoint) { link, client in
            try await client.waitUntilConnected(within: Self.limit)
            await redis.kill()
            try await eventually(description: "the loss is noticed") { !link.snapshot.isConnected }
            let loss = link.snapshot.lastError?.message
            // Of the connection that was lost, or of the first try to open another one while the server was ending.
            let reasons = ["closed the connection", "refused", "reset by peer"]
            #expect(reasons.contains { loss?.contains($0) == true }, "\(loss ?? "")")
            try await redis.start()
            try await client.waitUntilConnected(within: Self.limit)
            #expect(link.snapshot.connectCount == 2)
            #expect(try await client.send(RedisCommand("ECHO", ["again"])).text == "again")
        }
        await redis.stop()
    }

    @Test("a certificate for another host, and no password sent to its owner", arguments: ["localhost", "127.0.0.1"])
    func wrongHost(host: String) async throws {
        let authority = try await TestCertificates.authority()
        // For the name, the certificate has the server's address; for the address, the server's name.
        let names = host == "localhost" ? ["DNS:other.test", "IP:127.0.0.1"] : ["DNS:localhost", "IP:127.0.0.2"]
        let redis = try await TestRedis.start(certificate: try await authority.server(names))
        let error = try await refusal(
            redis.tlsURL(host: host, user: "someone:hunter2@", "ca=\(authority.authorityFile)"))
        #expect(error.code == .tlsFailed)
        #expect(error.message.contains("certificate verify failed"), "\(error)")
        #expect(error.message.contains("not for \(host)"), "\(error)")
        #expect(!error.message.contains("hunter2"))
        try await withLink(to: redis.endpoint) { _, client in
            try await client.waitUntilConnected(within: Self.limit)
            let statistics = try await client.send(RedisCommand("INFO", ["commandstats"])).text ?? ""
            #expect(statistics.contains("cmdstat_info"))
            #expect(!statistics.contains("cmdstat_auth"), "\(statistics)")
        }
        await redis.stop()
    }

    @Test func wrongAuthority() async throws {
        let authority = try await TestCertificates.authority()
        let other = try await TestCertificates.make()
        let redis = try await TestRedis.start(certificate: try await authority.localServer())
        for options in [["ca=\(other.authorityFile)"], []] {
            let url = "rediss://localhost:\(redis.tlsPort ?? 0)" + (options.first.map { "?" + $0 } ?? "")
            let error = try await refusal(url)
            #expect(error.code == .tlsFailed)
            #expect(error.message.contains("certificate verify failed"), "\(error)")
            #expect(error.message.contains("ca="), "\(error)")
        }
        await redis.stop()
    }

    @Test func expiredCertificate() async throws {
        let authority = try await TestCertificates.authority()
        let pair = try await authority.server(["DNS:localhost"], days: -1)
        let redis = try await TestRedis.start(certificate: pair)
        let error = try await refusal(redis.tlsURL("ca=\(authority.authorityFile)"))
        #expect(error.message.contains("not valid now"), "\(error)")
        await redis.stop()
    }

    @Test func plainClientOnThePortForTLS() async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(certificate: try await authority.localServer())
        let url = "redis://localhost:\(redis.tlsPort ?? 0)"
        try await withLink(to: try RedisEndpoint(url: url)) { link, _ in
            try await eventually(within: .seconds(1), description: "refused quickly") {
                link.snapshot.lastError != nil
            }
            #expect(link.snapshot.connectCount == 0)
            #expect(link.snapshot.lastError?.message.contains("rediss://") == true)
        }
        await redis.stop()
    }

    @Test func aServerThatDoesNotSpeakTLS() async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(port: true)
        let url = "rediss://localhost:\(redis.port ?? 0)?ca=\(authority.authorityFile)"
        try await withLink(to: try RedisEndpoint(url: url)) { configuration in
            configuration.connectTimeout = .milliseconds(500)
        } _: { link, _ in
            try await eventually(within: .seconds(5), description: "refused") { link.snapshot.lastError != nil }
            #expect(link.snapshot.lastError?.code == .tlsFailed)
            #expect(link.snapshot.lastError?.message.contains("TLS port") == true, "\(link.snapshot)")
        }
        await redis.stop()
    }

    @Test func aServerThatDoesNotAnswer() async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(certificate: try await authority.localServer())
        let endpoint = try RedisEndpoint(url: redis.tlsURL("ca=\(authority.authorityFile)"))
        redis.suspend()
        try await withLink(to: endpoint) { configuration in
            configuration.connectTimeout = .milliseconds(200)
        } _: { link, client in
            try await eventually(within: .seconds(5), description: "given up") { link.snapshot.lastError != nil }
            #expect(link.snapshot.lastError?.message.contains("no answer to the TLS handshake") == true)
            redis.resume()
            try await client.waitUntilConnected(within: Self.limit)
        }
        // And one that stops answering later: closing does not wait for its good-bye for long.
        try await withLink(to: endpoint) { _, client in
            try await client.waitUntilConnected(within: Self.limit)
            redis.suspend()
            let start = ContinuousClock.now
            try await client.link.shutDown().get()
            #expect(ContinuousClock.now - start < .seconds(4))
            redis.resume()
        }
        await redis.stop()
    }

    @Test func certificateOfTheClient() async throws {
        let authority = try await TestCertificates.authority()
        let stranger = try await TestCertificates.make()
        let redis = try await TestRedis.start(
            certificate: try await authority.localServer(), clientAuthority: authority.authorityFile)
        let trusted = "ca=\(authority.authorityFile)"
        let pair = try await authority.client()
        let endpoint = try RedisEndpoint(
            url: redis.tlsURL(trusted, "cert=\(pair.certificateFile)", "key=\(pair.keyFile)"))
        try await withLink(to: endpoint) { _, client in try await client.waitUntilConnected(within: Self.limit) }

        let other = try await stranger.client()
        let urls = [
            redis.tlsURL(trusted), redis.tlsURL(trusted, "cert=\(other.certificateFile)", "key=\(other.keyFile)"),
        ]
        for url in urls {
            let error = try await refusal(url)
            #expect(error.message.contains("cert= and key="), "\(error)")
        }
        await redis.stop()
    }

    @Test("what no certificate can name is not talked to in plain text instead")
    func unnameableAddresses() async throws {
        let redis = try await TestServers.redis()
        for address in [RedisEndpoint.Address.unixSocket(path: redis.socketPath), .host("a_b", port: 1)] {
            let endpoint = RedisEndpoint(address: address, tls: try RedisTLS())
            try await withLink(to: endpoint) { link, _ in
                try await eventually(description: "refused") { link.snapshot.lastError != nil }
                #expect(link.snapshot.connectCount == 0)
            }
        }
    }

    @Test func oldestProtocolThatIsTaken() async throws {
        let authority = try await TestCertificates.authority()
        let redis = try await TestRedis.start(
            arguments: ["--tls-protocols", "TLSv1.2"], certificate: try await authority.localServer())
        let endpoint = try RedisEndpoint(url: redis.tlsURL("ca=\(authority.authorityFile)"))
        try await withLink(to: endpoint) { _, client in try await client.waitUntilConnected(within: Self.limit) }
        await redis.stop()
    }
}
