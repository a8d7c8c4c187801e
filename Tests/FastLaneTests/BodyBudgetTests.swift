import FastLane
import NIOCore
import Testing

/// What half-sent bodies may hold in memory, over all connections of an event loop.
@Suite struct BodyBudgetTests {
    private static let mebibyte = 1024 * 1024

    /// A connection that has sent a head and `sent` bytes of a body of `length`.
    private func begin(
        _ service: RecordingService, length: Int, sent: Int, fields: String = ""
    ) throws -> Lane {
        let lane = try Lane(service: service)
        try lane.receive("POST /large HTTP/1.1\r\nHost: a\r\n\(fields)Content-Length: \(length)\r\n\r\n")
        try lane.receive(String(repeating: "x", count: sent))
        return lane
    }

    @Test func bodiesBeyondTheBudgetAreRefusedAndTheOthersGoOn() throws {
        let service = RecordingService()
        let lanes = try (0..<4).map { _ in
            try begin(service, length: 5 * Self.mebibyte, sent: 5 * Self.mebibyte - 1)
        }
        // Three times five of sixteen; the fourth has no room.
        #expect(service.bodyBudget.heldBytes == 3 * (5 * Self.mebibyte - 1))
        let refused = try lanes[3].sent()
        #expect(refused.hasPrefix("HTTP/1.1 503 "))
        #expect(refused.contains("retry-after: 1\r\n"))
        #expect(!lanes[3].isOpen)
        for lane in lanes[..<3] {
            try lane.receive("x")
            #expect(try lane.sent().hasPrefix("HTTP/1.1 200 "))
        }
        #expect(service.bodyBudget.heldBytes == 0)
        let later = try begin(service, length: 10, sent: 10)
        #expect(try later.sent().hasPrefix("HTTP/1.1 200 "))
    }

    @Test func aBodyCountsUntilItIsAnswered() throws {
        let service = RecordingService()
        service.holdsReplies = true
        let lane = try begin(service, length: 1_000, sent: 1_000)
        #expect(service.bodyBudget.heldBytes == 1_000)
        service.answer(0)
        #expect(try lane.sent().hasPrefix("HTTP/1.1 200 "))
        #expect(service.bodyBudget.heldBytes == 0)
    }

    @Test func aPeerThatGoesAwayGivesItsShareBack() throws {
        let service = RecordingService()
        let lane = try begin(service, length: 1_000, sent: 999)
        #expect(service.bodyBudget.heldBytes == 999)
        try lane.channel.close().wait()
        #expect(service.bodyBudget.heldBytes == 0)
    }

    @Test func aBodyThatIsTooLongGivesItsShareBack() throws {
        let service = RecordingService()
        let lane = try Lane(service: service)
        try lane.receive("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        try lane.receive("20\r\n" + String(repeating: "x", count: 32) + "\r\n")
        #expect(service.bodyBudget.heldBytes == 32)
        try lane.receive("40\r\n" + String(repeating: "x", count: 64) + "\r\n")
        #expect(try lane.sent().hasPrefix("HTTP/1.1 413 "))
        #expect(service.bodyBudget.heldBytes == 0)
    }

    @Test func nothingIsKeptOfAStranger() throws {
        let service = RecordingService()
        let lane = try begin(
            service, length: Self.mebibyte, sent: Self.mebibyte - 1, fields: "Authorization: stranger\r\n")
        #expect(service.bodyBudget.heldBytes == 0)
        try lane.receive("x")
        #expect(try lane.sent().hasPrefix("HTTP/1.1 401 "))
        #expect(service.requests.isEmpty)
    }
}
