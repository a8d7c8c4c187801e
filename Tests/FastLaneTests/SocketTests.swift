import FastLane
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    func withServer(
        limits: LaneLimits = LaneLimits(), _ body: (TestServer) async throws -> Void
    ) async throws {
        let server = try await TestServer(limits: limits)
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test func servesManyRequestsOnOneConnection() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            for number in 100..<400 {
                let expected = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n\(number)"
                try await client.send(request("POST /echo", body: "\(number)"))
                #expect(try await client.receive(expected.utf8.count) == expected)
                if number.isMultiple(of: 3) {
                    try await client.send(request("GET /other"))
                    let other = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nnext"
                    #expect(try await client.receive(other.utf8.count) == other)
                }
            }
            try await client.channel.close()
        }
    }

    @Test func answersAPeerThatHasShutItsSide() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            client.sendWithoutWaiting(
                request("POST /echo", body: "one") + request("GET /other") + request("POST /echo", body: "two")
            )
            try await client.shutOutput()
            let received = try await client.receiveUntilEnd()
            #expect(received.components(of: "HTTP/1.1 200 OK\r\n") == 3)
            #expect(received.hasSuffix("\r\n\r\ntwo"))
        }
    }

    @Test func aRefusalIsNotOvertakenByAReset() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n"
            client.sendWithoutWaiting(head + String(repeating: "x", count: 3_000_000))
            let received = try await client.receiveUntilEnd()
            #expect(received.hasPrefix("HTTP/1.1 413 "))
            #expect(received.hasSuffix("\r\n\r\n{\"error\":413}"))
            try await client.channel.close()
        }
    }

    @Test func aMalformedRequestIsAnsweredAndTheConnectionClosed() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            client.sendWithoutWaiting(request("POST /echo", body: "fine") + "what is this?\r\n\r\n")
            let received = try await client.receiveUntilEnd()
            #expect(received.contains("\r\n\r\nfineHTTP/1.1 400 Bad Request\r\n"))
            #expect(received.hasSuffix("\r\n\r\n{\"error\":400}"))
            try await client.channel.close()
        }
    }

    @Test func doesNotLingerLongerThanAllowed() async throws {
        try await self.withServer(limits: LaneLimits(lingerTimeout: .milliseconds(50))) { server in
            let client = try await server.connect()
            try await client.send(request("POST /echo", fields: "Connection: close"))
            #expect(try await client.receiveUntilEnd().hasPrefix("HTTP/1.1 200 OK\r\n"))
            // The client does not close; sending must fail once the server has closed its side too.
            await #expect(throws: (any Error).self) {
                for _ in 0..<1_000_000 { try await client.send("x") }
            }
        }
    }

    @Test func closesASlowHead() async throws {
        try await self.withServer(limits: LaneLimits(headTimeout: .milliseconds(100))) { server in
            let client = try await server.connect()
            try await client.send("POST /ec")
            #expect(try await client.receiveUntilEnd() == "")
            try? await client.channel.close()
        }
    }

    @Test func readsABodyInManyPieces() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            let body = String(repeating: "0123456789", count: 100_000)
            client.sendWithoutWaiting(request("POST /echo", body: body, fields: "Connection: close"))
            let received = try await client.receiveUntilEnd()
            #expect(received.hasSuffix("\r\n\r\n" + body))
            try await client.channel.close()
        }
    }

    @Test func aPeerThatReadsLateGetsAllItsAnswers() async throws {
        try await self.withServer { server in
            let client = try await server.connect()
            try await client.channel.setOption(.autoRead, value: false).get()
            let body = String(repeating: "y", count: 10_000)
            let count = 2_000
            client.sendWithoutWaiting(String(repeating: request("POST /echo", body: body), count: count))
            client.channel.close(mode: .output, promise: nil)
            // More than both sockets and the channel hold: the server must wait, then go on.
            try await client.channel.setOption(.autoRead, value: true).get()
            let received = try await client.receiveUntilEnd()
            #expect(received.components(of: "HTTP/1.1 200 OK\r\n") == count)
            #expect(received.hasSuffix(body))
        }
    }
}

extension String {
    /// How often `text` occurs, without overlaps.
    fileprivate func components(of text: String) -> Int {
        let pattern = Array(text.utf8)
        let bytes = Array(self.utf8)
        var found = 0
        var index = 0
        while index + pattern.count <= bytes.count {
            if bytes[index] == pattern[0], bytes[index..<(index + pattern.count)].elementsEqual(pattern) {
                found += 1
                index += pattern.count
            } else {
                index += 1
            }
        }
        return found
    }
}
