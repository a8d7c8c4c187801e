import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@Suite struct DrainTests {
    func quiesce(_ lane: Lane) {
        lane.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }

    @Test(arguments: ["", "POST /echo"])
    func closesAnIdleConnectionAtOnce(beginning: String) throws {
        let lane = try Lane()
        try lane.receive(request("POST /echo"))
        try lane.receive(beginning)
        self.quiesce(lane)
        #expect(!lane.isOpen)
    }

    @Test func finishesTheRequestInHand() throws {
        let lane = try Lane()
        lane.service.holdsReplies = true
        try lane.receive(request("POST /echo", body: "a") + request("POST /echo", body: "b"))
        self.quiesce(lane)
        #expect(lane.isOpen)
        lane.service.answer(0)
        let sent = try lane.sent()
        #expect(sent.contains("connection: close\r\n"))
        #expect(sent.hasSuffix("\r\n\r\na"))
        #expect(!lane.isOpen)
        #expect(lane.service.requests.count == 1)
        #expect(lane.service.finished == [.init(route: 1, status: 200)])
    }

    @Test func finishesARequestStillArriving() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        self.quiesce(lane)
        try lane.receive("cd")
        let sent = try lane.sent()
        #expect(sent.contains("connection: close\r\n"))
        #expect(sent.hasSuffix("\r\n\r\nabcd"))
        #expect(!lane.isOpen)
    }

    @Test func doesNotWaitLongerForASlowRequest() throws {
        let lane = try Lane()
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
        self.quiesce(lane)
        lane.channel.embeddedEventLoop.advanceTime(by: .seconds(30))
        #expect(try lane.sent().hasPrefix("HTTP/1.1 408 "))
        #expect(!lane.isOpen)
    }

    @Test func finishesAPassingRequest() throws {
        let lane = try Lane()
        try lane.receive(request("GET /other"))
        self.quiesce(lane)
        try lane.answerNext()
        let sent = try lane.sent()
        #expect(sent.contains("connection: close\r\n"))
        #expect(sent.hasSuffix("next"))
        #expect(!lane.isOpen)
    }
}
