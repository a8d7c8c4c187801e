import NIOCore

/// Where a socket would be: takes what is written, and lets go of it at once, as a socket that has room does.
final class ChannelEnd: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private var byteCount = 0
    /// Set to have the bytes themselves.
    var keepsText = false
    private(set) var text = ""

    /// How many bytes were written since the last call.
    func takeByteCount() -> Int {
        defer { byteCount = 0 }
        return byteCount
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let data = Self.unwrapOutboundIn(data)
        byteCount += data.readableBytes
        if keepsText, case .byteBuffer(let buffer) = data { text += String(buffer: buffer) }
        promise?.succeed()
    }

    func flush(context: ChannelHandlerContext) {}
}
