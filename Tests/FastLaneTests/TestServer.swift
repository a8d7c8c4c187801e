import FastLane
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on a real socket with one event loop. Its service answers `/echo` from a later turn of the loop.
struct TestServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let channel: any Channel

    init(limits: LaneLimits = LaneLimits()) async throws {
        self.channel = try await ServerBootstrap(group: self.group)
            .serverChannelOption(.backlog, value: 16)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureFastLane(
                        service: LateService(eventLoop: channel.eventLoop), limits: limits)
                    let next = NextHandler()
                    next.answersAtOnce = true
                    try pipeline.addHandler(next)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func connect() async throws -> TestClient {
        guard let address = self.channel.localAddress else { throw ChannelError.unknownLocalAddress }
        return try await TestClient(to: address, group: self.group)
    }

    func stop() async throws {
        try await self.channel.close()
        try await self.group.shutdownGracefully()
    }
}

/// Echoes, but from a later turn of the event loop.
final class LateService: LaneService {
    let bodyBudget = BodyBudget()
    private let eventLoop: any EventLoop

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func route(method: HTTPMethod, uri: String) -> LaneRoute? {
        uri == "/echo" ? LaneRoute(id: 1, maxBodyBytes: 1024 * 1024) : nil
    }

    func respond(to request: LaneRequest, reply: LaneReply) {
        self.eventLoop.assumeIsolated().execute {
            reply.send(LaneResponse(status: .ok, body: request.body))
        }
    }

    func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        ByteBuffer(string: "{\"error\":\(refusal.status.code)}")
    }
}
