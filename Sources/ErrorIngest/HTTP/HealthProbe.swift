import NIOCore
import NIOHTTP1
import NIOPosix

/// One `GET` with a limit of time, for `error-ingest health`.
struct HealthProbe: Sendable, CustomStringConvertible {
    struct Answer: Sendable {
        var status: Int
        /// The beginning of the body.
        var text: String
    }

    var host: String
    var port: Int
    var path = "/health/ready"

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `http://host[:port][/path]`, an IPv6 address in brackets; nil for anything else.
    init?(url: String) {
        let scheme = "http://"
        guard url.hasPrefix(scheme), url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let rest = url.dropFirst(scheme.count)
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<end]
        var host = authority
        var port: Int? = 80
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            host = authority[..<colon]
            port = Int(authority[authority.index(after: colon)...])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let port, (1...65_535).contains(port), !host.isEmpty, !host.contains("@") else { return nil }
        self.init(host: String(host), port: port)
        if end < rest.endIndex { path = String(rest[end...]) }
    }

    var description: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path)" }

    /// - Throws: it cannot be reached, or does not answer in time.
    func ask(withinSeconds seconds: Int) async throws -> Answer {
        let limit = TimeAmount.seconds(Int64(seconds))
        let group = MultiThreadedEventLoopGroup.singleton
        let loop = group.next()
        let promise = loop.makePromise(of: Answer.self)
        let timer = loop.scheduleTask(in: limit) { promise.fail(Silence(seconds: seconds)) }
        let connected = ClientBootstrap(group: loop)
            .connectTimeout(limit)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(AnswerReader(promise: promise))
                }
            }
            .connect(host: host, port: port)
        connected.whenFailure { promise.fail($0) }
        connected.whenSuccess { channel in
            let headers: HTTPHeaders = ["host": "\(host):\(port)", "connection": "close"]
            let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        }
        defer {
            timer.cancel()
            connected.whenSuccess { $0.close(promise: nil) }
        }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw StartupError(
                problem: "\(self) did not answer: \(error)", remedy: "Is the service running, and is this its address?")
        }
    }
}

/// The limit was over first.
private struct Silence: Error, CustomStringConvertible {
    let seconds: Int

    var description: String { "nothing came within \(seconds) s" }
}

/// Gathers one answer.
private final class AnswerReader: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    static let maxBodyBytes = 16 * 1024

    private let promise: EventLoopPromise<HealthProbe.Answer>
    private var answer = HealthProbe.Answer(status: 0, text: "")

    init(promise: EventLoopPromise<HealthProbe.Answer>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): answer.status = Int(head.status.code)
        case .body(let part):
            answer.text += String(buffer: part).prefix(max(0, Self.maxBodyBytes - answer.text.utf8.count))
        case .end: promise.succeed(answer)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
