import FastLane
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection with two lanes: requests the `LaneService` of its event loop owns are answered there, on the event loop;
/// all others go to Hummingbird's responder.
///
/// Time limits and draining are kept by `FastLaneHandler` and NIO's pipeline handler for both, so Hummingbird's own
/// `HTTPConnectionStateHandler` has nothing left to do and is not added.
struct LaneChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: Responder
    let limits: LaneLimits
    /// The service confined to that event loop; called on it, once a connection. `nil`: Hummingbird serves everything.
    let laneService: @Sendable (any EventLoop) -> (any LaneService)?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureFastLane(service: self.laneService(channel.eventLoop), limits: self.limits)
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true)
            )
        }
    }

    func handle(value asyncChannel: Value, logger: Logger) async {
        await self.handleHTTP(asyncChannel: asyncChannel, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// The server of `Application(server:)` with both lanes on one port.
    static func lanes(
        limits: LaneLimits,
        laneService: @escaping @Sendable (any EventLoop) -> (any LaneService)?
    ) -> HTTPServerBuilder {
        .init { responder in
            LaneChannel(responder: responder, limits: limits, laneService: laneService)
        }
    }
}
