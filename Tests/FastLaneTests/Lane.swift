import FastLane
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

/// A connection without a socket, and with a clock that only the test moves.
final class Lane {
    let channel = EmbeddedChannel()
    let service: RecordingService
    let next = NextHandler()
    let front = Front()

    init(
        limits: LaneLimits = LaneLimits(), hasService: Bool = true, service: RecordingService = RecordingService()
    ) throws {
        self.service = service
        let pipeline = self.channel.pipeline.syncOperations
        try pipeline.addHandler(self.front)
        try pipeline.configureFastLane(service: hasService ? self.service : nil, limits: limits)
        try pipeline.addHandler(self.next)
        try self.channel.connect(to: SocketAddress(unixDomainSocketPath: "/lane")).wait()
    }

    deinit {
        _ = try? self.channel.finish(acceptAlreadyClosed: true)
    }

    /// The bytes arrive as one read.
    func receive(_ text: String) throws {
        try self.channel.writeInbound(ByteBuffer(string: text))
    }

    /// Everything sent and flushed since the last call.
    func sent() throws -> String {
        var text = ""
        while let data = try self.channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let buffer) = data { text += String(buffer: buffer) }
        }
        return text
    }

    func answerNext(_ body: String = "next") throws {
        let context = try self.channel.pipeline.syncOperations.context(handler: self.next)
        self.next.answer(context: context, body: body)
    }

    func setWritable(_ isWritable: Bool) {
        self.channel.isWritable = isWritable
        self.channel.pipeline.fireChannelWritabilityChanged()
    }

    var isOpen: Bool { self.channel.isActive }
}

/// A request with its length, or in chunks of 7 bytes.
func request(
    _ line: String, body: String = "", chunked: Bool = false, version: String = "HTTP/1.1", fields: String...
) -> String {
    var text = "\(line) \(version)\r\nHost: a\r\n"
    for field in fields { text += field + "\r\n" }
    guard chunked else { return text + "Content-Length: \(body.utf8.count)\r\n\r\n" + body }
    text += "Transfer-Encoding: chunked\r\n\r\n"
    var rest = Substring(body)
    while !rest.isEmpty {
        let chunk = rest.prefix(7)
        rest = rest.dropFirst(7)
        text += String(chunk.utf8.count, radix: 16) + "\r\n" + chunk + "\r\n"
    }
    return text + "0\r\n\r\n"
}
