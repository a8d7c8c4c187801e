import MySQLClient
import TestServers
import Testing

/// Against a real server that takes encrypted connections only.
@Suite struct MySQLTLSTests {
    /// An account `someone` that must show no certificate, and `bearer` that must.
    private func server(_ names: [String], clients: String? = nil) async throws -> TestMariaDB {
        let authority = try await TestCertificates.authority()
        let mariadb = try await TestMariaDB.start(
            certificate: try await authority.server(names), clientAuthority: clients)
        let root = try await MySQLConnection.connect(MySQLConfiguration(endpoint: MySQLEndpoint(url: mariadb.url())))
        try await root.executeText("CREATE USER someone@'%' IDENTIFIED BY 'hunter2'")
        try await root.executeText("CREATE USER bearer@'%' IDENTIFIED BY 'hunter2' REQUIRE X509")
        try await root.executeText("GRANT ALL ON test.* TO someone@'%', bearer@'%'")
        await root.close()
        return mariadb
    }

    private func url(_ mariadb: TestMariaDB, user: String = "someone", host: String, _ options: String) -> String {
        "mysql://\(user):hunter2@\(host):\(mariadb.port ?? 0)/test" + options
    }

    /// The cipher the server says it talks with; empty for plain text.
    private func cipher(_ url: String) async throws -> String? {
        var configuration = MySQLConfiguration(endpoint: try MySQLEndpoint(url: url))
        configuration.connectTimeout = .seconds(10)
        let connection = try await MySQLConnection.connect(configuration)
        let row = try await connection.executeText("SHOW STATUS LIKE 'Ssl_cipher'").rows.first
        await connection.close()
        return row?.last?.string
    }

    private func refusal(_ url: String) async throws -> MySQLError {
        let error = await #expect(throws: MySQLError.self) { try await cipher(url) }
        #expect(error?.code == .connectFailed)
        #expect(error?.description.contains("hunter2") == false)
        return try #require(error)
    }

    @Test func rightNameAndAuthority() async throws {
        let authority = try await TestCertificates.authority().authorityFile
        let mariadb = try await server(["DNS:localhost", "IP:127.0.0.1"])
        for host in ["localhost", "127.0.0.1"] {
            #expect(try await cipher(url(mariadb, host: host, "?tls=on&tls-ca=\(authority)"))?.isEmpty == false)
        }
        // And after the server was away.
        await mariadb.kill()
        try await mariadb.start()
        #expect(try await cipher(url(mariadb, host: "localhost", "?tls-ca=\(authority)"))?.isEmpty == false)

        // Without TLS the server does not let anybody in.
        let plain = try await refusal(url(mariadb, host: "127.0.0.1", ""))
        #expect(plain.number == 1045, "\(plain)")
        await mariadb.stop()
    }

    @Test func wrongHost() async throws {
        let authority = try await TestCertificates.authority().authorityFile
        let mariadb = try await server(["DNS:other.test", "IP:127.0.0.2"])
        for host in ["localhost", "127.0.0.1"] {
            let error = try await refusal(url(mariadb, host: host, "?tls=on&tls-ca=\(authority)"))
            #expect(error.number == 2026, "\(error)")
            #expect(error.message.contains("names this host"), "\(error)")
        }
        await mariadb.stop()

        // The address of a host is not its name, and the other way round.
        for (names, host) in [(["IP:127.0.0.1"], "localhost"), (["DNS:localhost"], "127.0.0.1")] {
            let mariadb = try await server(names)
            let error = try await refusal(url(mariadb, host: host, "?tls=on&tls-ca=\(authority)"))
            #expect(error.number == 2026, "\(error)")
            await mariadb.stop()
        }
    }

    @Test func wrongAuthority() async throws {
        let mariadb = try await server(["DNS:localhost", "IP:127.0.0.1"])
        let other = try await TestCertificates.make().authorityFile
        let withOther = try await refusal(url(mariadb, host: "localhost", "?tls=on&tls-ca=\(other)"))
        #expect(withOther.number == 2026, "\(withOther)")
        #expect(withOther.message.contains("in the file of tls-ca"), "\(withOther)")
        let withSystem = try await refusal(url(mariadb, host: "localhost", "?tls=on"))
        #expect(withSystem.number == 2026, "\(withSystem)")
        #expect(withSystem.message.contains("this system trusts"), "\(withSystem)")
        await mariadb.stop()
    }

    @Test func expiredCertificate() async throws {
        let authority = try await TestCertificates.authority()
        let mariadb = try await TestMariaDB.start(
            certificate: try await authority.server(["DNS:localhost"], days: -1))
        let error = try await refusal(url(mariadb, host: "localhost", "?tls=on&tls-ca=\(authority.authorityFile)"))
        #expect(error.number == 2026, "\(error)")
        await mariadb.stop()
    }

    @Test func aServerWithoutTLSIsRefused() async throws {
        let authority = try await TestCertificates.authority().authorityFile
        let mariadb = try await TestMariaDB.start(arguments: ["--skip-ssl"], port: true)
        for options in ["?tls=on", "?tls=on&tls-ca=\(authority)"] {
            let error = try await refusal(url(mariadb, host: "127.0.0.1", options))
            #expect(error.number == 2026, "\(error)")
        }
        await mariadb.stop()
    }

    @Test func certificateOfTheClient() async throws {
        let authority = try await TestCertificates.authority()
        let mariadb = try await server(["DNS:localhost"], clients: authority.authorityFile)
        let trusted = "?tls=on&tls-ca=\(authority.authorityFile)"
        let pair = try await authority.client()
        let own = "&tls-cert=\(pair.certificateFile)&tls-key=\(pair.keyFile)"
        #expect(
            try await cipher(url(mariadb, user: "bearer", host: "localhost", trusted + own))?.isEmpty == false)
        let without = try await refusal(url(mariadb, user: "bearer", host: "localhost", trusted))
        #expect(without.number == 1045, "\(without)")
        await mariadb.stop()
    }
}
