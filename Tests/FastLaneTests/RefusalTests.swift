import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@Suite struct RefusalTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String
        var status: Int
        var closes: Bool
        var field: String?
        var testDescription: String { self.name }
    }

    static let long = String(repeating: "x", count: 65)

    static let cases: [Case] = [
        Case(
            name: "body at the limit", text: request("POST /echo", body: String(long.dropLast())), status: 200,
            closes: false),
        Case(
            name: "chunked body at the limit",
            text: request("POST /echo", body: String(long.dropLast()), chunked: true),
            status: 200, closes: false),
        Case(
            name: "announced length over the limit",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 65\r\n\r\n",
            status: 413, closes: true),
        Case(
            name: "length no integer holds",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551615\r\n\r\n", status: 413,
            closes: true),
        Case(
            name: "length beyond 64 bits",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", status: 400,
            closes: true),
        Case(
            name: "chunked body over the limit", text: request("POST /echo", body: long, chunked: true), status: 413,
            closes: true),
        Case(
            name: "too long and asking first",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 65\r\n\r\n", status: 413,
            closes: true),
        Case(
            name: "unknown coding", text: request("POST /echo", body: "{}", fields: "Content-Encoding: br"),
            status: 415,
            closes: false, field: "accept-encoding: identity"),
        Case(
            name: "coding the route does not take",
            text: request("POST /echo", body: "{}", fields: "Content-Encoding: gzip"), status: 415, closes: false,
            field: "accept-encoding: identity"),
        Case(
            name: "coding the route takes", text: request("POST /zip", body: "{}", fields: "content-encoding: GZIP"),
            status: 200, closes: false),
        Case(
            name: "another coding than the route takes",
            text: request("POST /zip", body: "{}", fields: "Content-Encoding: deflate"), status: 415, closes: false,
            field: "accept-encoding: gzip"),
        Case(
            name: "two codings", text: request("POST /zip", fields: "Content-Encoding: gzip, gzip"), status: 415,
            closes: false),
        Case(
            name: "two coding fields",
            text: request("POST /zip", fields: "Content-Encoding: identity", "Content-Encoding: gzip"), status: 415,
            closes: false),
        Case(
            name: "identity", text: request("POST /echo", body: "{}", fields: "Content-Encoding: identity"),
            status: 200,
            closes: false),
        Case(
            name: "unknown coding and asking first",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Encoding: br\r\n"
                + "Content-Length: 5\r\n\r\n", status: 415, closes: true),
        Case(
            name: "no token", text: request("POST /echo", body: "{}", fields: "Authorization: stranger"), status: 401,
            closes: false, field: "www-authenticate: Bearer"),
        Case(
            name: "no token and asking first",
            text:
                "POST /echo HTTP/1.1\r\nHost: a\r\nAuthorization: stranger\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
            status: 401, closes: true, field: "www-authenticate: Bearer"),
        Case(
            name: "wrong method", text: request("PUT /echo", body: "{}"), status: 405, closes: false,
            field: "allow: POST, OPTIONS"),
        Case(
            name: "wrong method without a body", text: "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", status: 405,
            closes: false, field: "allow: POST, OPTIONS"),
        Case(
            name: "wrong method with a body over the limit", text: request("PUT /echo", body: long), status: 405,
            closes: true),
        Case(
            name: "wrong method with a chunked body over the limit",
            text: request("PUT /echo", body: long, chunked: true), status: 405, closes: true),
        Case(
            name: "length and chunks",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            status: 400, closes: true),
        Case(
            name: "chunks and length",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            status: 400, closes: true),
        Case(
            name: "two lengths",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", status: 400,
            closes: true),
        Case(
            name: "negative length", text: "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", status: 400,
            closes: true),
        Case(
            name: "chunked is not the last coding",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", status: 400,
            closes: true),
        Case(
            name: "bad chunk size",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", status: 400,
            closes: true),
        Case(name: "not HTTP", text: "\u{16}\u{3}\u{1} hello\r\n\r\n", status: 400, closes: true),
        Case(name: "version 2", text: "POST /echo HTTP/2.0\r\nHost: a\r\n\r\n", status: 400, closes: true),
        Case(
            name: "space before the colon", text: "POST /echo HTTP/1.1\r\nHost : a\r\n\r\n", status: 400, closes: true),
        Case(name: "folded field", text: "POST /echo HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", status: 400, closes: true),
        Case(
            name: "huge field",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 16 * 1024 + 1))\r\n\r\n",
            status: 431, closes: true),
        Case(
            name: "huge list",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\n"
                + String(repeating: "X: \(String(repeating: "x", count: 8 * 1024))\r\n", count: 5) + "\r\n",
            status: 431, closes: true),
        Case(
            name: "many fields",
            text: "POST /echo HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n",
            status: 431,
            closes: true),
        Case(
            name: "huge target", text: "POST /\(String(repeating: "x", count: 16 * 1024 + 1)) HTTP/1.1\r\n\r\n",
            status: 431, closes: true),
    ]

    @Test(arguments: cases)
    func answers(_ refusal: Case) throws {
        let lane = try Lane()
        try lane.receive(refusal.text)
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 \(refusal.status) "))
        #expect(lane.isOpen == !refusal.closes)
        #expect(sent.contains("connection: close\r\n") == refusal.closes)
        if refusal.status != 200 {
            #expect(sent.hasSuffix("\r\n\r\n{\"error\":\(refusal.status)}"))
            #expect(sent.contains("content-type: application/json\r\n"))
            #expect(sent.contains("x-service: "))
            #expect(lane.service.requests.isEmpty)
        }
        if let field = refusal.field {
            #expect(sent.contains(field + "\r\n"))
        }
        #expect(lane.service.finished.map(\.status) == [refusal.status])
        #expect(lane.service.started == lane.service.finished.compactMap(\.route))
        #expect(lane.next.parts.isEmpty)
        if !refusal.closes {
            try lane.receive(request("POST /echo", body: "again"))
            #expect(try lane.sent().hasSuffix("again"))
        }
    }

    @Test(arguments: cases)
    func answersTheSameByteByByte(_ refusal: Case) throws {
        let lane = try Lane()
        for byte in refusal.text.utf8 where lane.isOpen {
            try lane.channel.writeInbound(ByteBuffer(bytes: [byte]))
        }
        #expect(try lane.sent().hasPrefix("HTTP/1.1 \(refusal.status) "))
        #expect(lane.service.finished.map(\.status) == [refusal.status])
    }

    @Test func cutsAChunkedBodyOffBeforeItsEnd() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = "20\r\n" + String(repeating: "x", count: 32) + "\r\n"
        try lane.receive(chunk)
        try lane.receive(chunk)
        #expect(try lane.sent() == "")
        try lane.receive("1\r\nx")
        #expect(try lane.sent().hasPrefix("HTTP/1.1 413 "))
        #expect(!lane.isOpen)
    }

    @Test func answersAHeadRequestWithoutABody() throws {
        let lane = try Lane()
        try lane.receive("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n")
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 405 "))
        #expect(sent.contains("content-length: 13\r\n"))
        #expect(sent.hasSuffix("\r\n\r\n"))
    }

    @Test func invitesABodyThatIsAnnounced() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n")
        #expect(try lane.sent() == "HTTP/1.1 100 Continue\r\n\r\n")
        try lane.receive("{}")
        #expect(try lane.sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(lane.isOpen)
    }

    @Test(arguments: ["HTTP/1.0 Content-Length: 2", "HTTP/1.1 Content-Length: 0"])
    func doesNotInviteAnOldClientNorAnEmptyBody(line: String) throws {
        let lane = try Lane()
        let parts = line.split(separator: " ", maxSplits: 1)
        try lane.receive("POST /echo \(parts[0])\r\nHost: a\r\nExpect: 100-continue\r\n\(parts[1])\r\n\r\n")
        #expect(!(try lane.sent().contains("100 Continue")))
    }

    @Test func answersATruncatedRequestOfAHalfClosedPeer() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab")
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(try lane.sent().hasPrefix("HTTP/1.1 400 "))
        #expect(!lane.isOpen)
        #expect(lane.service.requests.isEmpty)
    }
}
