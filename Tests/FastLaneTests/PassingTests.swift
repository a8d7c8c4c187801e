import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@Suite struct PassingTests {
    @Test func passesOtherRequestsUntouched() throws {
        let lane = try Lane()
        try lane.receive(request("PATCH /other?q=1", body: "abc", fields: "X-Request-Id: 7", "Content-Encoding: br"))
        guard lane.next.parts.count == 3, case .head(let head) = lane.next.parts[0],
            case .body(let body) = lane.next.parts[1], case .end(nil) = lane.next.parts[2]
        else {
            Issue.record("expected a head, a body and an end: \(lane.next.parts)")
            return
        }
        #expect(head.uri == "/other?q=1")
        #expect(head.method == .PATCH)
        #expect(head.headers.count == 4)
        #expect(String(buffer: body) == "abc")
        #expect(lane.next.readCompletions == 1)
        #expect(try lane.sent() == "")
        try lane.answerNext()
        #expect(try lane.sent() == "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnext")
        #expect(lane.service.finished.isEmpty)
        #expect(lane.isOpen)
    }

    @Test func alternatesOnOneConnection() throws {
        let lane = try Lane()
        lane.next.answersAtOnce = true
        for round in 0..<20 {
            try lane.receive(request("POST /echo", body: "lane \(round)"))
            #expect(try lane.sent().hasSuffix("lane \(round)"))
            try lane.receive(request("GET /other/\(round)"))
            #expect(try lane.sent().hasSuffix("next"))
        }
        #expect(lane.next.uris == (0..<20).map { "/other/\($0)" })
    }

    @Test func keepsTheOrderOfPipelinedRequests() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(
            request("POST /echo", body: "first") + request("GET /other") + request("POST /echo", body: "third")
                + request("PUT /echo") + request("GET /last")
        )
        #expect(lane.next.parts.isEmpty)
        lane.service.answer(0)
        #expect(lane.next.uris == ["/other"])
        #expect(lane.service.requests.count == 1)
        #expect(try lane.sent().hasSuffix("first"))
        try lane.answerNext("second")
        #expect(try lane.sent().hasSuffix("second"))
        lane.service.answer(1)
        let sent = try lane.sent()
        #expect(sent.contains("\r\n\r\nthirdHTTP/1.1 405 "))
        #expect(lane.next.uris == ["/other", "/last"])
        try lane.answerNext("last")
        #expect(try lane.sent().hasSuffix("last"))
        #expect(lane.isOpen)
    }

    /// Each answer lets the next request in from within the call that writes it.
    @Test(arguments: [false, true])
    func answersAnyNumberOfPipelinedRequestsOnOneStack(afterNext: Bool) throws {
        let lane = try Lane()
        let count = 20_000
        lane.service.holdsReplies = true
        let first = afterNext ? request("GET /other") : request("POST /echo", body: "x")
        try lane.receive(first + String(repeating: "POST /echo HTTP/1.1\r\n\r\n", count: count))
        lane.service.holdsReplies = false
        if afterNext {
            try lane.answerNext()
        } else {
            lane.service.answer(0)
        }
        #expect(lane.service.finished.count == count + (afterNext ? 0 : 1))
        #expect(lane.isOpen)
    }

    @Test func dropsAnAnswerNobodyAskedFor() throws {
        let lane = try Lane()
        try lane.receive(request("GET /other"))
        try lane.answerNext()
        _ = try lane.sent()
        try lane.answerNext("again")
        #expect(try lane.sent() == "")
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a"))
        try lane.answerNext("again")
        #expect(try lane.sent() == "")
        lane.service.answer(0)
        #expect(try lane.sent().hasSuffix("\r\n\r\na"))
    }

    @Test(arguments: [
        "HTTP/1.0|", "HTTP/1.1|Connection: close\r\n", "HTTP/1.1|Connection: Upgrade\r\nUpgrade: h2c\r\n",
    ])
    func closesAfterTheAnswerOfTheNext(line: String) throws {
        let lane = try Lane()
        let parts = line.split(separator: "|", omittingEmptySubsequences: false)
        try lane.receive("GET /other \(parts[0])\r\nHost: a\r\n\(parts[1])\r\n")
        #expect(lane.isOpen)
        try lane.answerNext()
        let sent = try lane.sent()
        #expect(sent.contains("connection: close\r\n"))
        #expect(sent.hasSuffix("next"))
        #expect(!lane.isOpen)
    }

    static let brokenBody = "PATCH /other HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"

    @Test func answersABrokenPassingRequestAndTellsTheNext() throws {
        let lane = try Lane()
        try lane.receive(Self.brokenBody)
        #expect(lane.next.errors.count == 1)
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 400 "))
        #expect(sent.hasSuffix("{\"error\":400}"))
        try lane.answerNext()
        #expect(try lane.sent() == "")
        #expect(!lane.isOpen)
        #expect(lane.service.finished == [.init(route: nil, status: 400)])
    }

    @Test func doesNotAnswerABrokenPassingRequestTwice() throws {
        let lane = try Lane()
        try lane.receive("PATCH /other HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try lane.answerNext()
        #expect(try lane.sent().hasSuffix("next"))
        try lane.receive("zz\r\n")
        #expect(lane.next.errors.count == 1)
        #expect(try lane.sent() == "")
    }

    @Test func passesEverythingWithoutAService() throws {
        let lane = try Lane(hasService: false)
        try lane.receive(request("POST /echo", body: "{}"))
        #expect(lane.next.uris == ["/echo"])
        try lane.answerNext()
        #expect(try lane.sent().hasSuffix("next"))
        try lane.receive("garbage\r\n\r\n")
        #expect(lane.next.errors.count == 1)
    }

    @Test func answersAHalfClosedPeerBeforeTheNextLearnsOfIt() throws {
        let lane = try Lane()
        try lane.receive(request("GET /other"))
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(lane.next.events.isEmpty)
        #expect(lane.isOpen)
        try lane.answerNext()
        #expect(try lane.sent().hasSuffix("next"))
        #expect(!lane.isOpen)
    }
}
