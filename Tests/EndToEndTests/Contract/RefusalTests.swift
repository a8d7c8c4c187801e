import TestServers
import Testing

/// What is refused, and how: 400, 404, 405, 413, 415, 431, always as JSON of one shape.
@Suite struct RefusalTests {
    static let nested33 =
        #"{"message":"deep","context":{"a":"# + String(repeating: "[", count: 40)
        + String(repeating: "]", count: 40) + "}}"
    static let nested10000 = #"{"message":"deeper","x":"# + String(repeating: "[", count: 10_000)

    @Test(arguments: [
        ("", "invalid_json", "body"),
        ("{", "invalid_json", "body"),
        ("not JSON", "invalid_json", "body"),
        (#"{"message":"a","message":"b"}"#, "invalid_json", "message"),
        (#"{"message":"a","x":1,"x":2}"#, "invalid_json", "x"),
        (#"{"message":"a"} {"message":"b"}"#, "invalid_json", "body"),
        (nested33, "invalid_json", "body"),
        (nested10000, "invalid_json", "body"),
        (#"{"message":"a","n":1e999}"#, "invalid_json", "body"),
        (#"{"message":"a","n":01}"#, "invalid_json", "body"),
        (#"{"message":"a","\uD800":1}"#, "invalid_json", "body"),
        ("[]", "invalid_report", "body"),
        ("null", "invalid_report", "body"),
        ("{}", "invalid_report", "message"),
        (#"{"message":""}"#, "invalid_report", "message"),
        (#"{"message":null}"#, "invalid_report", "message"),
        (#"{"message":42}"#, "invalid_report", "message"),
        (#"{"message":"a","type":{}}"#, "invalid_report", "type"),
        (#"{"message":"a","context":"text"}"#, "invalid_report", "context"),
        (#"{"message":"a","timestamp":true}"#, "invalid_report", "timestamp"),
        (#"{"message":"a","fingerprint":"text"}"#, "invalid_report", "fingerprint"),
        (#"{"message":"a","eventId":"\#(String(repeating: "e", count: 256))"}"#, "invalid_report", "eventId"),
    ])
    func badReport(body: String, code: String, field: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post("/errors/log", body)
        #expect(answer.status == 400)
        #expect(answer.header("content-type")?.hasPrefix("application/json") == true)
        let error = try #require(try answer.json["error"])
        #expect(error.keys == ["code", "message", "fields"])
        #expect(error["code"]?.string == code)
        #expect(error["fields"]?[0]?["field"]?.string == field)
        #expect(error["fields"]?[0]?["rule"]?.string?.isEmpty == false)
    }

    @Test func unknownRouteIsNotFound() async throws {
        let service = try await ContractService.service()
        for request in [
            HTTPRequest("GET", "/nowhere"), HTTPRequest("POST", "/errors/logs", body: "{}"), HTTPRequest("GET", "/"),
        ] {
            let answer = try await service.send(request)
            #expect(answer.status == 404, "\(request.target)")
            #expect(try answer.json["error"]?["code"]?.string == "not_found")
        }
    }

    @Test(arguments: ["/errors/log", "/api/v1/errors/log", "/errors/batch"], ["GET", "PUT", "DELETE", "PATCH"])
    func otherMethodsAreNotAllowed(route: String, method: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.send(HTTPRequest(method, route))
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "POST, OPTIONS")
        let json = try answer.json
        if route.hasPrefix("/api/v1/") {
            #expect(json["statusCode"]?.int == 405)
        } else {
            #expect(json["error"]?["code"]?.string == "method_not_allowed")
        }
    }

    @Test func declaredLengthOverTheLimit() async throws {
        let service = try await ContractService.service()
        let connection = try await HTTPConnection.open(port: service.port)
        // Only the head: the answer must not wait for a body.
        try await connection.send("POST /errors/log HTTP/1.1\r\nhost: test\r\ncontent-length: 1048577\r\n\r\n")
        let answer = try await connection.answer()
        #expect(answer.status == 413)
        #expect(answer.header("connection") == "close")
        #expect(try answer.json["error"]?["fields"]?[0]?["limit"]?.int == 1_048_576)
        await connection.close()
    }

    @Test func streamedBodyOverTheLimitIsCutOff() async throws {
        let service = try await ContractService.service()
        let connection = try await HTTPConnection.open(port: service.port)
        try await connection.send("POST /errors/log HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n")
        let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x10000) + Array("\r\n".utf8)
        for _ in 0..<17 { try? await connection.send(chunk) }
        let answer = try await connection.answer()
        #expect(answer.status == 413)
        #expect(try answer.json["error"]?["code"]?.string == "body_too_large")
        await connection.close()
    }

    @Test func bodyAtTheLimitIsTaken() async throws {
        let service = try await ContractService.service()
        let report = #"{"message":"a body of one mebibyte","padding":""#
        let padding = String(repeating: "p", count: 1_048_576 - report.utf8.count - 2)
        let answer = try await service.post("/errors/log", report + padding + "\"}")
        #expect(answer.status == 200)
        #expect(try answer.json["truncated"]?.strings == ["context"])
    }

    @Test(arguments: ["br", "zstd", "gzip, gzip", "nonsense"])
    func unknownContentEncoding(coding: String) async throws {
        let service = try await ContractService.service()
        let answer = try await service.post(
            "/errors/log", #"{"message":"encoded"}"#, headers: [("content-encoding", coding)])
        #expect(answer.status == 415)
        #expect(try answer.json["error"]?["code"]?.string == "unsupported_encoding")
    }

    @Test(arguments: [
        ("GARBAGE\r\n\r\n", 400),
        ("GET /\r\n\r\n", 400),
        ("POST /errors/log HTTP/1.1\r\nhost: t\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello", 400),
        ("POST /errors/log HTTP/1.1\r\nhost: t\r\ncontent-length: -1\r\n\r\n", 400),
        ("POST /errors/log HTTP/1.1\r\nhost: t\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 400),
        ("GET /health HTTP/1.1\r\nhost: t\r\nx: \(String(repeating: "h", count: 40_000))\r\n\r\n", 431),
    ])
    func malformedHTTP(bytes: String, status: Int) async throws {
        let service = try await ContractService.service()
        let connection = try await HTTPConnection.open(port: service.port)
        try await connection.send(bytes)
        let answer = try await connection.answer()
        #expect(answer.status == status)
        #expect(try answer.json["error"]?["code"]?.string != nil)
        try await eventually(description: "the connection is closed") { try await connection.isClosed }
        #expect(try await service.get("/health/live").status == 200)
    }

    @Test func hostileBodiesLeaveTheServiceAlive() async throws {
        let service = try await ContractService.service()
        var bodies = [Array(Self.nested10000.utf8), [0], [0xFF, 0xFE], [UInt8](repeating: 0x22, count: 100_000)]
        bodies.append(Array(#"{"message":"\#(String(repeating: "\\u0000", count: 10_000))"}"#.utf8))
        bodies.append(Array((#"{"message":"keys""# + (0..<20_000).map { ",\"k\($0)\":0" }.joined() + "}").utf8))
        for body in bodies {
            let answer = try await service.send(HTTPRequest("POST", "/errors/log", body: body))
            #expect([200, 400].contains(answer.status))
        }
        #expect(try await service.get("/health/live").status == 200)
    }
}
