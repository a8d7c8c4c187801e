import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@Suite struct AnswerTests {
    @Test func answersItsOwnRequestWithOneFlush() throws {
        let lane = try Lane()
        try lane.receive(request("POST /echo", body: "{}"))
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(sent.contains("content-type: application/json\r\n"))
        #expect(sent.contains("content-length: 2\r\n"))
        #expect(sent.contains("x-service: 1\r\n"))
        #expect(!sent.contains("connection:"))
        #expect(sent.hasSuffix("\r\n\r\n{}"))
        #expect(lane.front.flushes == 1)
        #expect(lane.next.parts.isEmpty)
        #expect(lane.next.readCompletions == 0)
        #expect(lane.service.started == [1])
        #expect(lane.service.finished == [.init(route: 1, status: 200)])
        #expect(lane.isOpen)
    }

    @Test(arguments: [false, true])
    func readsARequestFragmentedAnywhere(chunked: Bool) throws {
        let body = "0123456789abcdefghij"
        let bytes = Array(request("POST /echo", body: body, chunked: chunked).utf8)
        for cut in 1..<bytes.count {
            let lane = try Lane()
            try lane.channel.writeInbound(ByteBuffer(bytes: bytes[..<cut]))
            #expect(lane.service.requests.isEmpty)
            try lane.channel.writeInbound(ByteBuffer(bytes: bytes[cut...]))
            #expect(lane.service.requests.count == 1)
            #expect(try lane.sent().hasSuffix("\r\n\r\n" + body))
        }
    }

    @Test(arguments: [false, true])
    func readsARequestByteByByteAndKeepsTheConnection(chunked: Bool) throws {
        let lane = try Lane()
        for round in 1...3 {
            for byte in request("POST /echo", body: "round \(round), all of it", chunked: chunked).utf8 {
                try lane.channel.writeInbound(ByteBuffer(bytes: [byte]))
            }
            #expect(try lane.sent().hasSuffix("round \(round), all of it"))
        }
        #expect(lane.isOpen)
    }

    @Test func answersLaterAndOnlyOnce() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a"))
        #expect(try lane.sent() == "")
        lane.service.answer(0)
        lane.service.answer(0)
        let first = try lane.sent()
        #expect(first.hasSuffix("\r\n\r\na"))
        try lane.receive(request("POST /echo", body: "b"))
        lane.service.answer(0)
        #expect(try lane.sent() == "", "an answer to the first request must not reach the second")
        lane.service.answer(1)
        #expect(try lane.sent().hasSuffix("\r\n\r\nb"))
        #expect(lane.service.finished.count == 2)
    }

    @Test func dropsTheAnswerWhenThePeerHasGone() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a"))
        try lane.channel.close().wait()
        #expect(lane.service.finished.isEmpty)
        lane.service.answer(0)
        lane.service.answer(0)
        #expect(lane.service.finished == [.init(route: 1, status: 200)])
    }

    @Test func reportsARequestThePeerDidNotFinish() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
        try lane.channel.close().wait()
        #expect(lane.service.finished == [.init(route: 1, status: 499)])
        #expect(lane.service.requests.isEmpty)
    }

    @Test(
        arguments: [
            ("HTTP/1.1", [], false, nil),
            ("HTTP/1.1", ["Connection: close"], true, "close"),
            ("HTTP/1.0", [], true, "close"),
            ("HTTP/1.0", ["Connection: keep-alive"], false, "keep-alive"),
            ("HTTP/1.1", ["Connection: Upgrade", "Upgrade: h2c"], true, "close"),
        ] as [(String, [String], Bool, String?)])
    func keepsOrClosesTheConnection(
        version: String, fields: [String], closes: Bool, connection: String?
    ) throws {
        let lane = try Lane()
        let text = "POST /echo \(version)\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined()
        try lane.receive(text + "Content-Length: 2\r\n\r\n{}")
        let sent = try lane.sent()
        #expect(sent.hasSuffix("\r\n\r\n{}"))
        #expect(lane.isOpen == !closes)
        if let connection {
            #expect(sent.contains("connection: \(connection)\r\n"))
        } else {
            #expect(!sent.contains("connection:"))
        }
    }

    @Test func closesWhenTheServiceAsks() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo") + request("POST /echo"))
        lane.service.answer(0, closes: true)
        #expect(try lane.sent().contains("connection: close\r\n"))
        #expect(!lane.isOpen)
        #expect(lane.service.requests.count == 1)
    }

    @Test(arguments: [
        ("abc-123", true), ("A.b_c:d/e+f=@~9", true), (String(repeating: "x", count: 128), true),
        (String(repeating: "x", count: 129), false), ("", false), ("a b", false), ("a\"b", false), ("é", false),
        ("a,b", false), ("<i>", false),
    ])
    func returnsAHarmlessRequestID(id: String, isReturned: Bool) throws {
        let lane = try Lane()
        try lane.receive(request("POST /echo", fields: "X-Request-ID: \(id)"))
        #expect(try lane.sent().contains("x-request-id: \(id)\r\n") == isReturned)
        #expect(lane.service.requests.first?.requestID == (isReturned ? id : nil))
    }

    @Test func sendsEveryFieldTheServiceGives() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo"))
        lane.service.replies[0].send(
            LaneResponse(
                status: .serviceUnavailable, contentType: "text/plain", retryAfterSeconds: 7,
                headers: [("x-outcome", "unknown")], body: ByteBuffer(string: "no")
            )
        )
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
        for field in ["content-type: text/plain", "retry-after: 7", "x-outcome: unknown", "content-length: 2"] {
            #expect(sent.contains(field + "\r\n"))
        }
    }

    @Test func sendsNoBodyWith204() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo"))
        lane.service.replies[0].send(
            LaneResponse(status: .noContent, contentType: nil, headers: [("allow", "POST")])
        )
        let sent = try lane.sent()
        #expect(sent == "HTTP/1.1 204 No Content\r\nallow: POST\r\nx-service: 1\r\n\r\n")
        #expect(lane.isOpen)
    }
}
