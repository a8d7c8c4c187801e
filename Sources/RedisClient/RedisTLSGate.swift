import NIOCore
import NIOSSL
import NIOTLS

/// Holds a new connection back until it is encrypted and the server has shown that it is the one meant. Nothing of Redis'
/// protocol, the password above all, is sent before that.
final class RedisTLSGate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let name: ServerName
    private let tls: RedisTLS
    private let limit: TimeAmount
    private let handler: NIOSSLClientHandler
    private var timer: Scheduled<Void>?
    private var result: Result<Void, RedisClientError>?
    private var completion: ((Result<Void, RedisClientError>) -> Void)?

    /// - Parameters:
    ///   - handler: the one right before this in the pipeline.
    ///   - limit: for the handshake, from the moment the connection is there.
    init(name: ServerName, tls: RedisTLS, handler: NIOSSLClientHandler, limit: TimeAmount) {
        self.name = name
        self.tls = tls
        self.handler = handler
        self.limit = limit
    }

    /// - Parameter completion: called once, on the event loop; at once when it is decided.
    func whenDecided(_ completion: @escaping (Result<Void, RedisClientError>) -> Void) {
        if let result { return completion(result) }
        self.completion = completion
    }

    func channelActive(context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            self.refuse("no answer to the TLS handshake in time; is this the server's TLS port?", context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard result == nil, case .handshakeCompleted? = event as? TLSUserEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        guard name.isAddress || name.matches(certificateNames: certificateNames) else {
            return refuse(TLSFailure.wrongName(name.text), context)
        }
        decide(.success(()))
        context.fireChannelActive()
    }

    private var certificateNames: [[UInt8]] {
        guard let certificate = handler.peerCertificate else { return [] }
        return certificate._subjectAlternativeNames().filter { $0.nameType == .dnsName }.map { Array($0.contents) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .success? = result { return context.fireErrorCaught(error) }
        refuse(TLSFailure.describe(error, host: name.text, tls: tls), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .success? = result { return context.fireChannelInactive() }
        refuse("the server closed the connection during the TLS handshake", context)
    }

    private func refuse(_ reason: String, _ context: ChannelHandlerContext) {
        guard result == nil else { return }
        // First of all: closing brings `channelInactive`, which knows no better reason.
        decide(.failure(RedisClientError(code: .tlsFailed, message: reason)))
        context.close(promise: nil)
    }

    private func decide(_ result: Result<Void, RedisClientError>) {
        timer?.cancel()
        timer = nil
        self.result = result
        completion?(result)
        completion = nil
    }
}
