import NIOCore
import NIOPosix

/// A TCP client that sends bytes and collects what comes back until the server closes.
struct TestClient: Sendable {
    let channel: any Channel
    private let collector: NIOLoopBound<Collector>

    init(to address: SocketAddress, group: any EventLoopGroup) async throws {
        (self.channel, self.collector) = try await ClientBootstrap(group: group)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(to: address) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let collector = Collector(eventLoop: channel.eventLoop)
                    try channel.pipeline.syncOperations.addHandler(collector)
                    return (channel, NIOLoopBound(collector, eventLoop: channel.eventLoop))
                }
            }
    }

    /// Fails when the server resets the connection.
    func send(_ text: String) async throws {
        try await self.channel.writeAndFlush(ByteBuffer(string: text))
    }

    func sendWithoutWaiting(_ text: String) {
        self.channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    func shutOutput() async throws {
        try await self.channel.close(mode: .output)
    }

    /// Waits until `count` bytes have come, and takes them.
    func receive(_ count: Int) async throws -> String {
        try await self.channel.eventLoop.flatSubmit { self.collector.value.wait(count: count) }.get()
    }

    /// Waits until the server has closed its side, and takes everything that came.
    func receiveUntilEnd() async throws -> String {
        try await self.channel.eventLoop.flatSubmit { self.collector.value.wait(count: nil) }.get()
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let eventLoop: any EventLoop
        private var received = ByteBuffer()
        private var hasEnded = false
        private var failure: (any Error)?
        private var waiter: (count: Int?, promise: EventLoopPromise<String>)?

        init(eventLoop: any EventLoop) {
            self.eventLoop = eventLoop
        }

        func wait(count: Int?) -> EventLoopFuture<String> {
            let promise = self.eventLoop.makePromise(of: String.self)
            let timeout = self.eventLoop.assumeIsolated().scheduleTask(in: .seconds(20)) {
                promise.fail(ChannelError.connectTimeout(.seconds(20)))
            }
            promise.futureResult.whenComplete { _ in timeout.cancel() }
            self.waiter = (count, promise)
            self.check()
            return promise.futureResult
        }

        private func check() {
            guard let (count, promise) = self.waiter else { return }
            if let count, let text = self.received.readString(length: count) {
                self.waiter = nil
                promise.succeed(text)
            } else if let failure = self.failure {
                self.waiter = nil
                promise.fail(failure)
            } else if self.hasEnded {
                self.waiter = nil
                if count == nil {
                    promise.succeed(String(buffer: self.received))
                } else {
                    promise.fail(ChannelError.eof)
                }
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var part = Self.unwrapInboundIn(data)
            self.received.writeBuffer(&part)
            self.check()
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case ChannelEvent.inputClosed = event {
                self.hasEnded = true
                self.check()
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.hasEnded = true
            self.check()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.failure = error
            self.check()
        }
    }
}
