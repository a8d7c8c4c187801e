import EmbeddedServers
import TestServers
import Testing

/// Who may read back and change: tokens with names, and programs of this machine.
@Suite struct AdminAccessTests {
    private static let none = String(repeating: "0", count: 64)

    /// Every route behind the gate.
    private static let routes = [
        ("GET", "/errors"), ("PATCH", "/errors"), ("GET", "/errors/\(none)"), ("PATCH", "/errors/\(none)"),
        ("GET", "/errors/\(none)/timeseries"), ("GET", "/errors/\(none)/occurrences"),
        ("GET", "/errors/\(none)/history"),
        ("GET", "/projects"), ("GET", "/services"), ("GET", "/environments"), ("GET", "/releases"),
        ("GET", "/stats?site_id=s"), ("GET", "/api/stats?site_id=s"), ("GET", "/stats/timeseries?site_id=s"),
        ("GET", "/pipelines"), ("GET", "/admin/dead-letters"), ("GET", "/admin/dead-letters/events/00"),
        ("POST", "/admin/dead-letters/replay"), ("POST", "/admin/dead-letters/discard"),
    ]

    private func send(
        _ route: (String, String), _ headers: [(String, String)], to service: ServiceUnderTest
    ) async throws -> HTTPAnswer {
        try await service.send(
            HTTPRequest(route.0, route.1, headers: headers, body: route.0 == "PATCH" ? #"{"status":"resolved"}"# : ""))
    }

    @Test func everyAdminRouteAsksForAToken() async throws {
        let settings = ["ADMIN_TOKEN": "anna:a-token-of-anna, a-token-without-a-name", "TRUSTED_PROXIES": "127.0.0.1"]
        try await Deployment.run(.external, settings) { deployment in
            let service = try deployment.front
            for route in Self.routes {
                for header in ["Bearer anna:a-token-of-anna", "Bearer a-token-of-bert", "Basic a-token-of-anna", ""] {
                    let answer = try await send(route, [("authorization", header)], to: service)
                    #expect(answer.status == 401, "\(route) \(header)")
                    #expect(answer.header("www-authenticate") == "Bearer")
                }
                for token in ["a-token-of-anna", "a-token-without-a-name"] {
                    // Nothing else counts for who has one: not the host, not a proxy, not a page.
                    let headers = [
                        ("authorization", "Bearer \(token)"), ("host", "errors.example"),
                        ("x-forwarded-for", "192.0.2.1"),
                        ("origin", "https://errors.example"),
                    ]
                    let answer = try await send(route, headers, to: service)
                    #expect(![401, 403, 405].contains(answer.status), "\(route): \(answer.status)")
                    #expect(answer.header("access-control-allow-origin") == nil)
                }
            }
            for word in ["a-token-of", "a-token-without"] { #expect(!service.log.contains(word), "\(service.log)") }
        }
    }

    @Test func theHistoryShowsWho() async throws {
        try await Deployment.run(.external, ["ADMIN_TOKEN": "anna:token-a,bert:token-b,token-c"]) { deployment in
            let service = try deployment.front
            let fingerprint = try await service.report(#"{"message":"who was it"}"#)
            let anna = [("authorization", "Bearer token-a")]
            try await eventually(description: "stored") {
                try await service.get("/errors/\(fingerprint)", headers: anna).status == 200
            }
            for (token, status) in [("token-a", "resolved"), ("token-b", "ignored"), ("token-c", "unresolved")] {
                let change = HTTPRequest(
                    "PATCH", "/errors/\(fingerprint)", headers: [("authorization", "Bearer \(token)")],
                    body: #"{"status":"\#(status)"}"#)
                #expect(try await service.send(change).status == 200)
            }
            let history = try await service.get("/errors/\(fingerprint)/history", headers: anna).json
            #expect(history["history"]?.elements?.map { $0["by"]?.string } == ["admin", "bert", "anna"])
        }
    }

    @Test func withoutATokenOnlyThisMachine() async throws {
        let service = try await ContractService.service()
        let fingerprint = try await service.report(#"{"message":"for this machine only","project":"local"}"#)
        _ = try await eventuallyFound(fingerprint, at: service)
        let refused: [[(String, String)]] = [
            [("x-forwarded-for", "127.0.0.1")], [("forwarded", "for=127.0.0.1")], [("x-real-ip", "127.0.0.1")],
            [("via", "1.1 proxy")], [("x-forwarded-proto", "https")],
            [("host", "errors.example")], [("host", "errors.example:9002")], [("host", "192.0.2.1")],
            [("origin", "https://evil.test")], [("origin", "null")], [("sec-fetch-site", "cross-site")],
        ]
        for route in Self.routes {
            for headers in refused {
                let answer = try await send(route, headers, to: service)
                #expect(answer.status == 403, "\(route) \(headers)")
                #expect(try answer.json["error"]?["code"]?.string == "admin_token_not_set")
                #expect(try answer.json["error"]?["message"]?.string?.contains("ADMIN_TOKEN") == true)
            }
            for host in ["localhost", "127.0.0.1:\(service.port)", "[::1]:\(service.port)"] {
                let answer = try await send(route, [("host", host)], to: service)
                #expect(![401, 403].contains(answer.status), "\(route) \(host)")
            }
        }
        let forged = HTTPRequest(
            "PATCH", "/errors/\(fingerprint)", headers: [("origin", "https://evil.test")],
            body: #"{"status":"resolved"}"#)
        #expect(try await service.send(forged).status == 403)
        #expect(try await service.get("/errors/\(fingerprint)").json["status"]?.string == "unresolved")
        // What a page would have to ask first.
        let preflight = try await service.send(
            HTTPRequest(
                "OPTIONS", "/errors/\(fingerprint)",
                headers: [("origin", "https://evil.test"), ("access-control-request-method", "PATCH")]))
        #expect(preflight.header("access-control-allow-origin") == nil)
        #expect(preflight.header("access-control-allow-methods") == nil)
    }

    @Test func theLogShowsTheClientOfARefusedRequest() async throws {
        let forwarded = [("x-forwarded-for", "203.0.113.5, 198.51.100.9")]
        for (proxies, client) in [("127.0.0.0/8", "198.51.100.9"), ("10.0.0.0/8", "127.0.0.1"), ("", "127.0.0.1")] {
            let settings = ["ADMIN_TOKEN": "a-token", "TRUSTED_PROXIES": proxies]
            try await Deployment.run(.external, settings) { deployment in
                let service = try deployment.front
                for _ in 0..<50 { #expect(try await service.get("/errors", headers: forwarded).status == 401) }
                try await eventually(description: "the log has it") { service.log.contains("refused a request") }
                #expect(service.log.contains("client=\(client)"), "\(service.log)")
                #expect(!service.log.contains("203.0.113.5"))
                // A flood does not fill the log.
                let lines = service.log.split(separator: "\n").count { $0.contains("refused a request") }
                #expect(lines < 25, "\(lines) lines")
            }
        }
    }

    @Test(arguments: [
        ("ADMIN_TOKEN", "anna:hunter2:hunter3", "entry 1"), ("ADMIN_TOKEN", "local:hunter2", "entry 1"),
        ("ADMIN_TOKEN", "a,hunter2,hunter2", "entry 3"), ("ADMIN_TOKEN", "an na:hunter2", "name"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "10.0.0.1/8"), ("TRUSTED_PROXIES", "0.0.0.0/0", "everybody"),
        ("TRUSTED_PROXIES", "proxy.example", "not an address"),
        ("CORS_ORIGINS", "https://a.example/", "without a path"),
    ])
    func badValuesAreNamedAndSecretsAreNot(key: String, value: String, words: String) async throws {
        let service = try ServiceUnderTest(
            ["serve"],
            environment: [
                "REDIS_URL": "redis://127.0.0.1:1", "MYSQL_URL": "mysql://root@127.0.0.1:1/x",
                "STARTUP_TIMEOUT_SECONDS": "1", key: value,
            ])
        #expect(try await service.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(service.log.contains(key) && service.log.contains(words), "\(service.log)")
        #expect(!service.log.contains("hunter"))
    }
}
