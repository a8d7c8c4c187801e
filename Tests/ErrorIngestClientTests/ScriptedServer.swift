import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOPosix
import TestServers

/// A stand-in for the service that does as it is told, request by request, and keeps what it was sent.
final class ScriptedServer: Sendable {
    /// What to do with a request.
    enum Step: Sendable {
        /// 200, every report accepted; a known event id is a duplicate.
        case accept
        /// 200, one result for each report of the request, in these words.
        case results([String])
        case answer(Int, headers: [(String, String)] = [], body: String = "{}")
        /// Reads the request whole and closes the connection.
        case drop
        /// Takes the reports and closes the connection before the answer.
        case takeAndDrop
        /// Never answers.
        case hang
        /// Sends half of an answer, and no more.
        case hangInBody
    }

    struct Request: Sendable {
        var method: HTTPMethod
        var uri: String
        var headers: HTTPHeaders
        var reports: [ReceivedReport]
        var byteCount: Int
    }

    private struct State {
        var script: [Step]
        var requests: [Request] = []
        /// By event id, how often it was taken.
        var taken: [String: Int] = [:]
        var reports: [ReceivedReport] = []
    }

    private let state: NIOLockedValueBox<State>
    private let channel = NIOLockedValueBox<(any Channel)?>(nil)
    let port: Int

    /// - Parameter port: that of a server that has been closed.
    init(_ script: [Step] = [], port: Int = 0) async throws {
        let state = NIOLockedValueBox(State(script: script))
        self.state = state
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler { Self.handle($0, state) })
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        self.channel.withLockedValue { $0 = channel }
        guard let port = channel.localAddress?.port else { throw TestServerError("no port") }
        self.port = port
    }

    deinit {
        channel.withLockedValue { $0 }?.close(promise: nil)
    }

    func close() async throws {
        try await channel.withLockedValue { $0 }?.close().get()
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { state.withLockedValue { $0.requests } }
    /// Taken, each event id once, in the order they came.
    var reports: [ReceivedReport] { state.withLockedValue { $0.reports } }
    /// How often each event id was taken.
    var taken: [String: Int] { state.withLockedValue { $0.taken } }

    func waitForReports(_ count: Int) async throws {
        try await eventually(description: "\(count) reports") { reports.count >= count }
    }

    // MARK: - Answers

    private struct Reply: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body = ""
        var ending = Ending.whole
        enum Ending { case whole, half, none, closed }
    }

    private static func handle(_ request: Request, _ state: NIOLockedValueBox<State>) -> Reply {
        state.withLockedValue { state in
            state.requests.append(request)
            let step = state.script.isEmpty ? .accept : state.script.removeFirst()
            switch step {
            case .accept: return Reply(body: body(take(request, &state)))
            case .results(let words):
                let kept = zip(request.reports, words).filter { $0.1 == "accepted" }.map(\.0)
                _ = take(Request(method: .POST, uri: "", headers: [:], reports: kept, byteCount: 0), &state)
                return Reply(body: body(words))
            case .answer(let status, let headers, let body): return Reply(status: status, headers: headers, body: body)
            case .drop: return Reply(ending: .closed)
            case .takeAndDrop:
                _ = take(request, &state)
                return Reply(ending: .closed)
            case .hang: return Reply(ending: .none)
            case .hangInBody: return Reply(body: "{\"results\":[", ending: .half)
            }
        }
    }

    private static func take(_ request: Request, _ state: inout State) -> [String] {
        request.reports.map { report in
            state.taken[report.eventId, default: 0] += 1
            guard state.taken[report.eventId] == 1 else { return "duplicate" }
            state.reports.append(report)
            return "accepted"
        }
    }

    private static func body(_ words: [String]) -> String {
        "{\"accepted\":0,\"results\":[\(words.map { "{\"status\":\"\($0)\"}" }.joined(separator: ","))]}"
    }

    /// Confined to the event loop of its connection.
    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let respond: (Request) -> Reply
        private var head: HTTPRequestHead?
        private var body = ByteBuffer()

        init(_ respond: @escaping (Request) -> Reply) {
            self.respond = respond
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch Self.unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body.clear()
            case .body(var part): body.writeBuffer(&part)
            case .end: answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            guard let head else { return }
            let request = Request(
                method: head.method, uri: head.uri, headers: head.headers,
                reports: ReceivedReport.lines(Array(body.readableBytesView)), byteCount: body.readableBytes)
            let reply = respond(request)
            guard reply.ending == .whole || reply.ending == .half else {
                if reply.ending == .closed { context.close(promise: nil) }
                return
            }
            let length = reply.body.utf8.count + (reply.ending == .half ? 100 : 0)
            var headers = HTTPHeaders(reply.headers)
            headers.add(name: "content-length", value: "\(length)")
            let status = HTTPResponseStatus(statusCode: reply.status)
            context.write(
                Self.wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))),
                promise: nil)
            context.writeAndFlush(
                Self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: reply.body)))), promise: nil)
            guard reply.ending == .whole else { return }
            context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
