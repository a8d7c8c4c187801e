import TestServers
import Testing

/// Tokens, origins and listening addresses other than those of a fresh installation.
@Suite struct AccessTests {
    @Test func tokensAndOrigins() async throws {
        let settings = [
            "INGEST_TOKEN": "in-secret", "ADMIN_TOKEN": "admin-secret",
            "CORS_ORIGINS": "https://a.example, https://b.example",
            "MAX_BODY_BYTES": "2048",
        ]
        try await Deployment.run(.external, settings) { deployment in
            let service = try deployment.front
            let body = #"{"message":"with a token"}"#
            for header in ["Bearer wrong-secr", "Basic in-secret", "Bearer in-secret2", ""] {
                let answer = try await service.post("/errors/log", body, headers: [("authorization", header)])
                #expect(answer.status == 401, "\(header)")
                #expect(answer.header("www-authenticate") == "Bearer")
            }
            let token = [("Authorization", "Bearer in-secret")]
            let accepted = try await service.post(
                "/errors/log", body, headers: token + [("Origin", "https://b.example")])
            #expect(accepted.status == 200)
            #expect(accepted.header("access-control-allow-origin") == "https://b.example")
            let stranger = try await service.post(
                "/errors/log", body, headers: token + [("Origin", "https://c.example")])
            #expect(stranger.status == 200)
            #expect(stranger.header("access-control-allow-origin") == nil)

            #expect(try await service.get("/errors").status == 401)
            #expect(try await service.get("/errors", headers: token).status == 401)
            let admin = [("Authorization", "Bearer admin-secret")]
            #expect(try await service.get("/errors", headers: admin).status == 200)
            #expect(try await service.get("/health").status == 200)

            let large = #"{"message":"\#(String(repeating: "x", count: 2048))"}"#
            #expect(try await service.post("/errors/log", large, headers: token).status == 413)
            #expect(!service.log.contains("in-secret") && !service.log.contains("admin-secret"))
        }
    }

    @Test func readingNeedsATokenWhenOthersCanReachTheService() async throws {
        try await Deployment.run(.external, ["HOST": "0.0.0.0"]) { deployment in
            let service = try deployment.front
            let fingerprint = try await service.report(#"{"message":"from anywhere"}"#)
            for route in ["/errors", "/errors/\(fingerprint)"] {
                let answer = try await service.get(route)
                #expect(answer.status == 403)
                #expect(try answer.json["error"]?["code"]?.string == "admin_token_not_set")
            }
            #expect(try await service.get("/health/ready").status == 200)
        }
    }

    @Test func groupingByMessageAlone() async throws {
        try await Deployment.run(.external, ["GROUPING": "message"]) { deployment in
            let service = try deployment.front
            let one = try await service.report(#"{"message":"order 1 failed","type":"A"}"#)
            #expect(try await service.report(#"{"message":"order 1 failed","type":"B"}"#) == one)
            #expect(try await service.report(#"{"message":"order 2 failed","type":"A"}"#) != one)
        }
    }
}
