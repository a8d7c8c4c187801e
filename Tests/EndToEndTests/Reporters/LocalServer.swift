import NIOCore
import NIOHTTP1
import NIOPosix

/// A tiny HTTP server on 127.0.0.1 whose answers a test makes.
enum LocalServer {
    struct Request: Sendable {
        var method: HTTPMethod
        var uri: String
        var headers: HTTPHeaders
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body: [UInt8] = []
    }

    /// - Parameter respond: nil, or an error, closes the connection without an answer.
    static func start(_ respond: @escaping @Sendable (Request) async throws -> Answer?) async throws -> any Channel {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(respond))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Confined to the event loop of its connection.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart

        private let respond: @Sendable (Request) async throws -> Answer?
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ respond: @escaping @Sendable (Request) async throws -> Answer?) {
            self.respond = respond
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch Self.unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
            case .body(let part): body.append(contentsOf: part.readableBytesView)
            case .end:
                guard let head else { return }
                let request = Request(method: head.method, uri: head.uri, headers: head.headers, body: body)
                Self.start(request, respond, context.channel)
            }
        }

        private static func start(
            _ request: Request, _ respond: @escaping @Sendable (Request) async throws -> Answer?, _ channel: any Channel
        ) {
            Task { await answer(request, by: respond, on: channel) }
        }

        @concurrent private static func answer(
            _ request: Request,
            by respond: @Sendable (Request) async throws -> Answer?,
            on channel: any Channel
        ) async {
            let answer: Answer?
            do {
                answer = try await respond(request)
            } catch {
                answer = nil
            }
            if let answer { write(answer, to: channel) } else { channel.close(promise: nil) }
        }

        private static func write(_ answer: Answer, to channel: any Channel) {
            var headers = HTTPHeaders(answer.headers)
            if answer.status != 204 { headers.add(name: "content-length", value: "\(answer.body.count)") }
            let status = HTTPResponseStatus(statusCode: answer.status)
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
            channel.write(HTTPServerResponsePart.head(head), promise: nil)
            if !answer.body.isEmpty {
                channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: answer.body))), promise: nil)
            }
            channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
