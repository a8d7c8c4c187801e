import NIOCore

extension Gate {
    /// Whole accepted requests: the bytes of the request in, the command to Redis out, its reply in, the bytes of the answer out.
    static let requests = [
        request("request-hot", "POST /errors/log of 300 bytes, an error seen a moment ago", iterations: 100) {
            (post("/errors/log", GateInput.report), ScriptReply.admitted(groups: 1, letter: "c"))
        },
        Gate("request-distinct", "POST /errors/log of 300 bytes, each time another error", iterations: 100) {
            let lane = try LaneStandIn()
            let reply = ByteBuffer(string: ScriptReply.admitted(groups: 1, letter: "q"))
            var requests = DistinctRequests()
            try lane.check(requests.next(), reply: reply)
            return { try lane.exchange(requests.next(), reply: reply) }
        },
        request("request-turn", "64 of request-hot in one turn of the event loop", iterations: 5, connections: 64) {
            (post("/errors/log", GateInput.report), ScriptReply.admitted(groups: 1, letter: "c"))
        },
        request("request-batch", "POST /errors/batch of 100 reports of 40 errors", iterations: 10) {
            (post("/errors/batch", GateInput.batch), ScriptReply.admitted(groups: 40, letter: "q"))
        },
        request("request-event", "POST /event", iterations: 100) {
            (post("/event", GateInput.event), ScriptReply.queued(records: 1))
        },
        request("request-events", "POST /events of 100", iterations: 10) {
            (post("/events", GateInput.events), ScriptReply.queued(records: 100))
        },
    ]

    private static func request(
        _ name: String, _ summary: String, iterations: Int, connections: Int = 1,
        _ texts: @escaping @Sendable () -> (request: [UInt8], reply: String)
    ) -> Gate {
        Gate(name, summary, iterations: iterations) {
            let lane = try LaneStandIn(connections: connections)
            let texts = texts()
            let request = ByteBuffer(bytes: texts.request)
            let reply = ByteBuffer(string: texts.reply)
            // The second is the first that is like all others.
            for _ in 0..<2 { try lane.check(request, reply: reply) }
            return { try lane.exchange(request, reply: reply) }
        }
    }

    /// As wrk sends it.
    fileprivate static func post(_ path: String, _ body: [UInt8]) -> [UInt8] {
        let head =
            "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1:9002\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }
}

/// The report of 300 bytes with a type that is another one each time. Each request is in memory of its own, as one from a socket.
private struct DistinctRequests {
    private var request: [UInt8]
    private let place: Int
    private var number = 0

    init() {
        request = Gate.post("/errors/log", GateInput.report)
        // In front of "Error", inside the quotes.
        place = request.firstRange(of: Array("TypeError\",".utf8))?.lowerBound ?? 0
    }

    /// Four letters of the type, in place of `Type`.
    mutating func next() -> ByteBuffer {
        var rest = number
        for offset in 0..<4 {
            request[place + offset] = UInt8(ascii: "A") + UInt8(rest % 26)
            rest /= 26
        }
        number += 1
        return ByteBuffer(bytes: request)
    }
}
