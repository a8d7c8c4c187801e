import Testing

/// Several requests on one connection, sent at once: answers come in their order, whichever lane gives them.
@Suite struct PipeliningTests {
    @Test func answersKeepTheOrderOfTheRequests() async throws {
        let service = try await ContractService.service()
        var requests: [HTTPRequest] = []
        for index in 0..<40 {
            let id = [("x-request-id", "pipe-\(index)")]
            switch index % 5 {
            case 0: requests.append(HTTPRequest("GET", "/health/live", headers: id))
            case 1: requests.append(HTTPRequest("POST", "/errors/log", headers: id, body: #"{"message":"piped"}"#))
            case 2: requests.append(HTTPRequest("POST", "/errors/log", headers: id, body: "bad"))
            case 3: requests.append(HTTPRequest("GET", "/errors?limit=1", headers: id))
            default: requests.append(HTTPRequest("OPTIONS", "/errors/log", headers: id))
            }
        }
        let connection = try await HTTPConnection.open(port: service.port)
        try await connection.send(requests.flatMap(\.bytes))
        for index in requests.indices {
            let answer = try await connection.answer()
            #expect(answer.header("x-request-id") == "pipe-\(index)")
            #expect(answer.status == [200, 200, 400, 200, 204][index % 5])
        }
        await connection.close()
    }

    @Test func bodyIsInvitedWhenTheClientAsks() async throws {
        let service = try await ContractService.service()
        let connection = try await HTTPConnection.open(port: service.port)
        let body = #"{"message":"after an invitation"}"#
        try await connection.send(
            "POST /errors/log HTTP/1.1\r\nhost: t\r\nexpect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n\r\n"
        )
        #expect(try await connection.answer().status == 100)
        try await connection.send(body)
        #expect(try await connection.answer().status == 200)
        await connection.close()
    }
}
