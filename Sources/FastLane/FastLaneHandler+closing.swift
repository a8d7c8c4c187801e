import NIOCore
import NIOHTTP1

extension FastLaneHandler {
    /// A promise for the end of the last answer, which goes on with closing the connection.
    func lastWritePromise(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { result in
            switch result {
            case .success: self.linger()
            case .failure: self.context?.close(promise: nil)
            }
        }
        return promise
    }

    /// A promise for the end of the last answer of a server that is stopping: closes the connection then, as NIO's pipeline handler does.
    func closingPromise(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(promise: nil) }
        return promise
    }

    /// The last answer has left the channel: shuts the output, and gives the peer time to read and to close.
    private func linger() {
        guard self.phase == .closing, !self.isLingering, let context = self.context else { return }
        if self.inputHasEnded {
            context.close(promise: nil)
            return
        }
        self.isLingering = true
        self.arm(context.eventLoop.now + self.limits.lingerTimeout)
        context.close(mode: .output, promise: nil)
        // Past `read(context:)`, and whether or not the handlers behind still ask: the end of the input must be seen.
        context.read()
    }

    /// The peer sends no more and has all its answers: closes once they have left the channel.
    func closeWhenDrained() {
        guard let context = self.context else { return }
        self.phase = .closing
        self.arm(context.eventLoop.now + self.limits.writeStallTimeout)
        // An empty write behind the others tells when they are out. It starts at the encoder: the pipeline handler in
        // front of this one knows of no answer to write.
        guard let encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self) else {
            context.close(promise: nil)
            return
        }
        encoder.writeAndFlush(NIOAny(IOData.byteBuffer(ByteBuffer())), promise: self.lastWritePromise(context))
    }
}
