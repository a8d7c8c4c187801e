import EmbeddedServers
import NIOCore
import NIOPosix
import TestServers
import Testing

/// The document the service serves of itself, the methods its routes take, and `error-ingest health`. What the document says is checked by
/// `scripts/check-openapi`.
@Suite struct OpenAPITests {
    @Test func theDocumentIsServed() async throws {
        let service = try await ContractService.service()
        let answer = try await service.get("/openapi.yaml")
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/yaml")
        #expect(answer.header("cache-control") == "public, max-age=60")
        let path = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let document = String(decoding: FileTree.read("/\(path)/docs/openapi.yaml") ?? [], as: UTF8.self)
        #expect(document.hasPrefix("openapi: 3.1"))
        #expect(answer.text == document)
    }

    @Test(arguments: [
        ("POST", "/errors", "GET, HEAD, PATCH"), ("DELETE", "/errors", "GET, HEAD, PATCH"),
        ("POST", "/health", "GET, HEAD"),
        ("PUT", "/metrics", "GET, HEAD"), ("PATCH", "/openapi.yaml", "GET, HEAD"),
        ("DELETE", "/errors/\(String(repeating: "0", count: 64))", "GET, HEAD, PATCH"),
        ("PUT", "/errors/\(String(repeating: "F", count: 64))", "GET, HEAD, PATCH"),
        ("POST", "/errors/\(String(repeating: "0", count: 64))/history", "GET, HEAD"),
        ("OPTIONS", "/api/v1/health/db", "GET, HEAD"), ("QUERY", "/errors", "GET, HEAD, PATCH"),
        ("TRACE", "/errors", "GET, HEAD, PATCH"),
    ])
    func otherMethodsAreRefusedWithThoseThatAreTaken(method: String, route: String, allow: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.send(HTTPRequest(method, route))
        #expect(answer.status == 405)
        #expect(answer.header("allow") == allow)
        #expect(try answer.json["error"]?["code"]?.string == "method_not_allowed")
    }

    /// As load balancers and uptime monitors ask.
    @Test(arguments: ["/health", "/health/ready", "/metrics", "/errors", "/openapi.yaml"])
    func headIsAnsweredAsGetWithoutABody(route: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.send(HTTPRequest("HEAD", route))
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        #expect(try #require(answer.header("content-length").flatMap { Int($0) }) > 2)
    }

    @Test func healthCommandAsksTheServiceOfItsConfiguration() async throws {
        let service = try await ContractService.service()
        let health = try ServiceUnderTest(["health"], environment: ["PORT": "\(service.port)"])
        #expect(try await health.waitForExit(within: .seconds(20)) == .exited(0))
        #expect(health.log.contains(#""status":"ok""#))
        let everywhere = try ServiceUnderTest(["health"], environment: ["PORT": "\(service.port)", "HOST": "0.0.0.0"])
        #expect(try await everywhere.waitForExit(within: .seconds(20)) == .exited(0))
    }

    @Test(arguments: [
        ("/nowhere", "answered 404"), ("/errors/batch", "answered 405"),
    ])
    func healthCommandFailsWhenTheAnswerIsNot200(path: String, reason: String) async throws {
        let service = try await ContractService.service()
        let url = "http://127.0.0.1:\(service.port)\(path)"
        let health = try ServiceUnderTest(["health", "--url", url], environment: [:])
        #expect(try await health.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(health.log.contains(reason))
    }

    @Test func healthCommandFailsWhenNobodyListensOrAnswers() async throws {
        let nobody = try ServiceUnderTest(["health"], environment: ["PORT": "\(Int(try FreePort.find()))"])
        #expect(try await nobody.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(nobody.log.contains("did not answer"))
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let started = ContinuousClock.now
        let silent = try ServiceUnderTest(
            ["health", "--timeout", "1", "--url", "http://127.0.0.1:\(listener.localAddress?.port ?? 0)"],
            environment: [:])
        #expect(try await silent.waitForExit(within: .seconds(20)) == .exited(1))
        #expect(ContinuousClock.now - started < .seconds(10))
        #expect(silent.log.contains("did not answer"))
        try await listener.close()
    }

    @Test(arguments: ["https://127.0.0.1:9002", "127.0.0.1", "http://", "http://a:99999", "http://a b"])
    func healthCommandRefusesOtherURLs(url: String) async throws {
        let health = try ServiceUnderTest(["health", "--url", url], environment: [:])
        #expect(try await health.waitForExit(within: .seconds(20)) == .exited(64))
    }
}
