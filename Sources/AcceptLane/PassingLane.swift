package import FastLane
import Ingest
package import NIOCore
package import NIOHTTP1
import QueueCore

/// The lane of a process that takes no reports: it owns no route, and gives unreadable requests the one shape of errors.
package final class PassingLane: LaneService {
    package let bodyBudget = BodyBudget()

    package init() {}

    package func route(method: HTTPMethod, uri: String) -> LaneRoute? { nil }

    package func respond(to request: LaneRequest, reply: LaneReply) {}

    package func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        var output: [UInt8] = []
        ErrorReply.append(RequestRejection(refusal), style: .plain, at: WallClock.unixMilliseconds, to: &output)
        return ByteBuffer(bytes: output)
    }
}
