import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

/// Requests that come in whole are read by their bytes: with the same result as NIO's decoder, and only where that is certain.
@Suite struct WholeRequestTests {
    /// Whether a request was read by its bytes: then it has no fields but those the lane asks for.
    private func isWhole(_ request: LaneRequest) -> Bool { !request.head.headers.contains(name: "host") }

    // MARK: - What is read by bytes

    @Test(arguments: [
        [], ["Content-Type: application/json"], ["Connection: keep-alive"], ["connection:Keep-Alive"], ["Accept:"],
        ["Authorization: Bearer x"], ["X-Request-Id: a-1"], ["Origin: http://a.example"], ["User-Agent: \t a b\tc "],
    ])
    func plainRequests(fields: [String]) throws {
        let lane = try Lane()
        let text =
            "POST /echo HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "Content-Length: 2\r\n\r\n{}"
        for round in 1...3 {
            try lane.receive(text)
            #expect(try lane.sent().hasSuffix("\r\n\r\n{}"))
            #expect(lane.service.requests.count == round)
            #expect(lane.service.requests.last.map(isWhole) == true)
        }
        #expect(lane.isOpen)
        #expect(lane.service.finished.count == 3)
    }

    @Test func theFieldsTheLaneAsksForAreKept() throws {
        let lane = try Lane()
        try lane.receive(
            request(
                "POST /echo", body: "{}", fields: "AUTHORIZATION: Bearer x", "origin:  http://a.example",
                "X-Request-ID: a-1"))
        let request = try #require(lane.service.requests.first)
        #expect(isWhole(request))
        #expect(request.head.headers.first(name: "authorization") == "Bearer x")
        #expect(request.head.headers.first(name: "origin") == "http://a.example")
        #expect(request.requestID == "a-1")
        #expect(try lane.sent().contains("x-request-id: a-1\r\n"))
    }

    @Test(arguments: [
        "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Expect: 100-continue", "Upgrade: websocket",
        "Connection: close", "Connection: keep-alive, te", "Proxy-Connection: close", "Content-Length: 3",
        "Content-Length: 2", "A: \u{e9}", "A b: c", "Connection: keep-alive ",
    ])
    func othersAreForTheDecoder(field: String) throws {
        let lane = try Lane()
        _ = try? lane.receive(request("POST /zip", body: "{}", fields: field))
        #expect(!lane.service.requests.contains(where: isWhole))
        #expect(!(try lane.sent()).isEmpty)
    }

    // MARK: - Changing over

    @Test func aBodyThatComesLaterIsForTheDecoderAndTheNextRequestIsNot() throws {
        let lane = try Lane()
        for round in 0..<2 {
            try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
            try lane.receive("c")
            #expect(try lane.sent() == "")
            try lane.receive("d")
            #expect(try lane.sent().hasSuffix("\r\n\r\nabcd"))
            try lane.receive(request("POST /echo", body: "whole"))
            #expect(try lane.sent().hasSuffix("\r\n\r\nwhole"))
            #expect(lane.service.requests.map(isWhole) == Array([false, true, false, true].prefix(2 * round + 2)))
        }
    }

    @Test func whatComesBeforeTheAnswerIsAnsweredAfterIt() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a") + "POST /ec")
        let reads = lane.front.reads
        lane.channel.pipeline.read()
        try lane.receive("ho HTTP/1.1\r\nContent-Length: 1\r\n\r\nb")
        #expect(lane.service.requests.count == 1)
        #expect(lane.front.reads == reads, "nothing is read while a request is in hand")
        lane.service.answer(0)
        #expect(try lane.sent().hasSuffix("\r\n\r\na"))
        #expect(lane.front.reads > reads)
        #expect(lane.service.requests.count == 2)
        lane.service.answer(1)
        #expect(try lane.sent().hasSuffix("\r\n\r\nb"))
        try lane.receive(request("GET /other"))
        try lane.answerNext()
        #expect(try lane.sent().hasSuffix("next"))
    }

    @Test func theEndOfTheInputComesAfterWhatCameBeforeIt() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a") + request("POST /echo", body: "b"))
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        lane.service.answer(0)
        #expect(!(try lane.sent()).contains("connection: close"))
        lane.service.answer(1)
        let last = try lane.sent()
        #expect(last.contains("connection: close\r\n"))
        #expect(last.hasSuffix("\r\n\r\nb"))
        #expect(!lane.isOpen)
    }

    // MARK: - Time

    /// Whether the connection is closed by the end of a time, and not before.
    private func closes(_ lane: Lane, after seconds: Int64) -> Bool {
        lane.channel.embeddedEventLoop.advanceTime(by: .milliseconds(seconds * 1_000 - 1))
        let wasOpen = lane.isOpen
        lane.channel.embeddedEventLoop.advanceTime(by: .milliseconds(2))
        return wasOpen && !lane.isOpen
    }

    @Test(arguments: [1, 2]) func anIdleConnectionIsKeptAsLongAsAnyOther(requests: Int) throws {
        let lane = try Lane()
        lane.channel.embeddedEventLoop.advanceTime(by: .seconds(50))
        try lane.receive(String(repeating: request("POST /echo", body: "a"), count: requests))
        #expect(lane.service.finished.count == requests)
        #expect(closes(lane, after: 60))
    }

    @Test(arguments: [false, true]) func aSlowHeadIsNotWaitedForLonger(comesBeforeTheAnswer: Bool) throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a") + (comesBeforeTheAnswer ? "POST /ec" : ""))
        lane.service.answer(0)
        if !comesBeforeTheAnswer { try lane.receive("POST /ec") }
        #expect(closes(lane, after: 10))
    }

    @Test func whatComesAfterTheLastAnswerIsDropped() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        lane.front.holdsWrites = true
        try lane.receive(request("POST /echo", body: "a") + "POST /ec")
        lane.service.answer(0, closes: true)
        for _ in 0..<3 { try lane.receive("ho HTTP/1.1\r\n\r\n" + request("POST /echo", body: "b")) }
        #expect(lane.isOpen)
        lane.front.release(context: try lane.channel.pipeline.syncOperations.context(handler: lane.front))
        #expect(try lane.sent().contains("connection: close\r\n"))
        #expect(lane.service.requests.count == 1)
        #expect(!lane.isOpen)
    }

    @Test func nothingIsTakenAfterTheServerBeganToStop() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive("POST /echo HTTP/1.1\r\nContent-Length: 2\r\n\r\n{")
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        try lane.receive("}")
        try lane.receive(request("POST /echo", body: "b"))
        lane.service.answer(0)
        #expect(lane.service.requests.count == 1)
        #expect(!lane.isOpen)
    }

    // MARK: - The same as the decoder

    /// What became of a request.
    private struct Outcome: Equatable {
        var sent: String
        var isOpen: Bool
        var bodies: [String]
        var requestIDs: [String?]
        var finished: [RecordingService.Finished]
        var passed: Int
    }

    private static let blankEnds = [
        "Content-Length: 2\t", "Content-Length: 2 ", "Authorization: stranger ", "X-Request-Id: a ",
    ]

    @Test(arguments: blankEnds) func readsBlanksBeforeTheEndOfALineAsTheDecoderDoes(field: String) throws {
        let length = field.hasPrefix("Content") ? "" : "Content-Length: 2\r\n"
        try compare(Array("POST /echo HTTP/1.1\r\n\(length)\(field)\r\n\r\n{}".utf8))
    }

    /// - Parameter parts: how the bytes come in.
    private func outcome(
        _ parts: [ArraySlice<UInt8>], decoration: String, wholes: inout Int
    ) throws -> Outcome {
        let lane = try Lane()
        lane.service.decoration = decoration
        defer { wholes = lane.service.requests.count { !$0.head.headers.contains(name: "content-length") } }
        for part in parts { _ = try? lane.channel.writeInbound(ByteBuffer(bytes: part)) }
        return Outcome(
            sent: try lane.sent(), isOpen: lane.isOpen, bodies: lane.service.requests.map { String(buffer: $0.body) },
            requestIDs: lane.service.requests.map(\.requestID), finished: lane.service.finished,
            passed: lane.next.parts.count)
    }

    /// - Returns: requests that were not left to the decoder.
    @discardableResult
    private func compare(_ bytes: [UInt8], decoration: String = "") throws -> Int {
        // With its first byte by itself the connection is the decoder's.
        var none = 0
        let decoded = try outcome([bytes.prefix(1), bytes.dropFirst()], decoration: decoration, wholes: &none)
        var wholes = 0
        let whole = try outcome([bytes[...]], decoration: decoration, wholes: &wholes)
        #expect(whole == decoded, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
        return wholes - none
    }

    /// Past every size that the buffer of an answer starts with. What lies behind its end only a debug build looks at.
    @Test(arguments: ["a", "{}"]) func writesHeadsOfAnyLengthAsTheEncoderDoes(body: String) throws {
        for count in 0...600 {
            let bytes = Array(request("POST /echo", body: body).utf8)
            #expect(try compare(bytes, decoration: String(repeating: "d", count: count)) == 1)
        }
    }

    private static let requests = [
        request("POST /echo", body: "{}"),
        request("POST /echo", body: "{}", fields: "Authorization: Bearer x", "X-Request-Id: a-1"),
        request("POST /zip", body: "{\"a\":1}", fields: "Connection: keep-alive", "Accept: */*"),
        request("POST /echo", body: "a") + request("POST /echo", body: "b"),
        request("POST /echo", body: String(repeating: "x", count: 65)),
        request("POST /echo?a=b", body: "{}"), request("POST /other", body: "{}"), request("GET /echo"),
        request("POST /echo", body: "{}", version: "HTTP/1.0"), request("POST /echo"),
        "POST /echo HTTP/1.1\r\n\r\n", "POST /echo HTTP/1.1\nContent-Length: 1\n\na",
        "POST /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: +1\r\n\r\na", "POST /echo HTTP/1.1\r\nContent-Length: 0x1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\na", "POST /echo HTTP/1.1\r\nContent-Length : 1\r\n\r\na",
        "POST /echo HTTP/1.1\r\nA: b\r\n c\r\nContent-Length: 1\r\n\r\na", "POST  /echo HTTP/1.1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nContent-Length: 01\r\n\r\na", "POST /echo HTTP/1.1 \r\nContent-Length: 1\r\n\r\na",
        "\r\nPOST /echo HTTP/1.1\r\nContent-Length: 1\r\n\r\na",
    ]

    @Test(arguments: requests) func readsWhatTheDecoderReads(text: String) throws {
        try compare(Array(text.utf8))
    }

    /// Requests with a few bytes changed, left out or added.
    @Test(arguments: 1...8) func readsBrokenRequestsAsTheDecoderDoes(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func draw(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let alphabet = Array(":: \r\n\t\0,;/?-aZ09\u{7f}".utf8) + [0x80, 0xFF]
        var wholes = 0
        for _ in 0..<1_000 {
            var bytes = Array(Self.requests[draw(Self.requests.count)].utf8)
            for _ in 0...draw(3) {
                let place = draw(bytes.count)
                switch draw(4) {
                case 3:
                    if let end = bytes.indices.first(where: { $0 > place && bytes[$0] == 13 }) {
                        bytes.insert(draw(2) == 0 ? 32 : 9, at: end)
                    }
                case 0: bytes[place] = alphabet[draw(alphabet.count)]
                case 1: bytes.insert(alphabet[draw(alphabet.count)], at: place)
                default: bytes.remove(at: place)
                }
            }
            wholes += try compare(bytes)
        }
        #expect(wholes > 20)
    }
}
