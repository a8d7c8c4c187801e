import NIOCore

/// Stands in front of everything: counts what reaches the socket, and can be a socket that takes nothing.
final class Front: ChannelOutboundHandler {
    typealias OutboundIn = Any

    var reads = 0
    var flushes = 0
    var holdsWrites = false
    private var writes: [(data: NIOAny, promise: EventLoopPromise<Void>?)] = []

    func read(context: ChannelHandlerContext) {
        self.reads += 1
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        self.writes.append((data, promise))
    }

    func flush(context: ChannelHandlerContext) {
        self.flushes += 1
        if !self.holdsWrites { self.release(context: context) }
    }

    func release(context: ChannelHandlerContext) {
        let writes = self.writes
        self.writes = []
        for write in writes { context.write(write.data, promise: write.promise) }
        context.flush()
    }
}
