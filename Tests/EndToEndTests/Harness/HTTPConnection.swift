import NIOCore
import NIOPosix
import TestServers

/// One connection to the service for requests written byte by byte, well formed or not.
///
/// `@unchecked Sendable`: the mutable state is confined to the channel's event loop; every method hops there first.
final class HTTPConnection: ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer

    private var reader = AnswerReader()
    private var answers: [HTTPAnswer] = []
    private var waiters: [EventLoopPromise<HTTPAnswer>] = []
    private var failure: (any Error)?
    private let channel = NIOLockedChannel()

    /// - Parameter asksForHeads: whether only HEAD will be sent.
    static func open(port: Int, asksForHeads: Bool = false) async throws -> HTTPConnection {
        let connection = HTTPConnection()
        connection.reader.expectsNoBody = asksForHeads
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(5))
            .channelOption(.allowRemoteHalfClosure, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        connection.channel.set(channel)
        return connection
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        let channel = try channel.get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// The next answer on this connection.
    ///
    /// - Throws: when none comes within `limit`, or the service closes the connection first.
    func answer(within limit: TimeAmount = .seconds(10)) async throws -> HTTPAnswer {
        let loop = try channel.get().eventLoop
        return try await loop.flatSubmit { () -> EventLoopFuture<HTTPAnswer> in
            if !self.answers.isEmpty { return loop.makeSucceededFuture(self.answers.removeFirst()) }
            if let failure = self.failure { return loop.makeFailedFuture(failure) }
            let promise = loop.makePromise(of: HTTPAnswer.self)
            self.waiters.append(promise)
            let timer = loop.scheduleTask(in: limit) {
                self.end(TestServerError("no answer within \(limit.nanoseconds / 1_000_000) ms"))
            }
            promise.futureResult.whenComplete { _ in timer.cancel() }
            return promise.futureResult
        }.get()
    }

    func close() async {
        try? await channel.get().close().get()
    }

    /// Whether the service has closed the connection.
    var isClosed: Bool {
        get async throws { !(try channel.get().isActive) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.append(Self.unwrapInboundIn(data))
        do {
            while let answer = try reader.next() {
                if waiters.isEmpty { answers.append(answer) } else { waiters.removeFirst().succeed(answer) }
            }
        } catch {
            end(error)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(TestServerError("the service closed the connection"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(error)
        context.close(promise: nil)
    }

    private func end(_ error: any Error) {
        if failure == nil { failure = error }
        let waiters = waiters
        self.waiters = []
        for waiter in waiters { waiter.fail(error) }
    }
}
