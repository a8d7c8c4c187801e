import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@Suite struct LimitTests {
    static let limits = LaneLimits(
        headTimeout: .seconds(10), bodyTimeout: .seconds(30), idleTimeout: .seconds(60), writeStallTimeout: .seconds(20)
    )

    /// Lets `seconds` go by one at a time, and tells after how many the connection was closed.
    func secondsUntilClosed(_ lane: Lane, atMost seconds: Int, each second: () throws -> Void = {}) rethrows -> Int? {
        for passed in 1...seconds {
            lane.channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            if !lane.isOpen { return passed }
            try second()
        }
        return nil
    }

    @Test func closesAnIdleConnection() throws {
        let lane = try Lane(limits: Self.limits)
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 60)
        #expect(try lane.sent() == "")
    }

    @Test func countsIdleTimeFromTheLastAnswer() throws {
        let lane = try Lane(limits: Self.limits)
        for _ in 0..<5 {
            try lane.receive(request("POST /echo"))
            #expect(try self.secondsUntilClosed(lane, atMost: 50) == nil)
        }
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 10)
    }

    @Test func closesASlowHead() throws {
        let lane = try Lane(limits: Self.limits)
        var bytes = request("POST /echo").utf8.makeIterator()
        try lane.receive("P")
        _ = bytes.next()
        let closed = try self.secondsUntilClosed(lane, atMost: 100) {
            try lane.channel.writeInbound(ByteBuffer(bytes: [bytes.next() ?? 0x58]))
        }
        #expect(closed == 10)
        #expect(try lane.sent() == "")
        #expect(lane.service.started.isEmpty)
    }

    @Test func closesASlowSecondHead() throws {
        let lane = try Lane(limits: Self.limits)
        try lane.receive(request("POST /echo"))
        try lane.receive("POST /ec")
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 10)
    }

    @Test(arguments: ["POST /echo", "PUT /echo"])
    func answersASlowBodyWith408(line: String) throws {
        let lane = try Lane(limits: Self.limits)
        try lane.receive("\(line) HTTP/1.1\r\nHost: a\r\nContent-Length: 64\r\n\r\n")
        let closed = try self.secondsUntilClosed(lane, atMost: 100) { try lane.receive("x") }
        #expect(closed == 30)
        let sent = try lane.sent()
        #expect(sent.hasPrefix("HTTP/1.1 408 "))
        #expect(sent.hasSuffix("{\"error\":408}"))
        #expect(lane.service.finished == [.init(route: 1, status: 408)])
    }

    @Test func closesASlowBodyOfThePassing() throws {
        let lane = try Lane(limits: Self.limits)
        try lane.receive("PATCH /other HTTP/1.1\r\nHost: a\r\nContent-Length: 64\r\n\r\n")
        let closed = try self.secondsUntilClosed(lane, atMost: 100) { try lane.receive("x") }
        #expect(closed == 30)
    }

    @Test(arguments: ["POST /echo", "GET /other"])
    func doesNotHurryTheAnswer(line: String) throws {
        let lane = try Lane(limits: Self.limits)
        lane.service.holdsReplies = true
        try lane.receive(request(line))
        #expect(try self.secondsUntilClosed(lane, atMost: 300) == nil)
        if line.hasPrefix("GET") { try lane.answerNext() } else { lane.service.answer(0) }
        #expect(try lane.sent().hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 60)
    }

    @Test func holdsAnswersAndReadsWhileThePeerDoesNotRead() throws {
        let lane = try Lane(limits: Self.limits)
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a") + request("POST /echo", body: "b"))
        lane.setWritable(false)
        let reads = lane.front.reads
        lane.service.answer(0)
        lane.service.answer(0)
        #expect(try lane.sent() == "")
        #expect(lane.service.requests.count == 1)
        lane.channel.pipeline.read()
        #expect(lane.front.reads == reads)
        lane.setWritable(true)
        #expect(try lane.sent().hasSuffix("\r\n\r\na"))
        #expect(lane.service.requests.count == 2)
        lane.service.answer(1)
        #expect(try lane.sent().hasSuffix("\r\n\r\nb"))
        #expect(lane.front.reads == reads + 1, "the read asked for meanwhile is not lost")
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 60)
    }

    @Test func closesAPeerThatDoesNotRead() throws {
        let lane = try Lane(limits: Self.limits)
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a"))
        lane.setWritable(false)
        lane.service.answer(0)
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 20)
        #expect(lane.service.finished == [.init(route: 1, status: 200)])
    }

    /// The peer has shut its side after its last request, and reads slowly.
    @Test func closesAfterAHalfClosedPeerHasTakenItsAnswers() throws {
        let lane = try Lane(limits: Self.limits)
        lane.front.holdsWrites = true
        try lane.receive(request("POST /echo", body: "a"))
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(lane.isOpen)
        #expect(try lane.sent() == "")
        lane.front.release(context: try lane.channel.pipeline.syncOperations.context(handler: lane.front))
        #expect(try lane.sent().hasSuffix("\r\n\r\na"))
        #expect(!lane.isOpen)
    }

    @Test func closesAHalfClosedPeerThatDoesNotTakeItsAnswers() throws {
        let lane = try Lane(limits: Self.limits)
        lane.front.holdsWrites = true
        try lane.receive(request("POST /echo", body: "a"))
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(try self.secondsUntilClosed(lane, atMost: 100) == 20)
    }

    /// The handlers behind may have stopped asking; a body of ours must arrive all the same.
    @Test func readsOnByItselfInTheMiddleOfABody() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        let reads = lane.front.reads
        try lane.receive("c")
        #expect(lane.front.reads == reads + 1)
    }
}
