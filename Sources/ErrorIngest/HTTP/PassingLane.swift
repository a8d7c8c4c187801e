import FastLane
import Ingest
import NIOCore
import NIOHTTP1

/// The lane of a process that takes no reports: it owns no route, and gives unreadable requests the one shape of errors.
final class PassingLane: LaneService {
    let bodyBudget = BodyBudget()

    func route(method: HTTPMethod, uri: String) -> LaneRoute? { nil }

    func respond(to request: LaneRequest, reply: LaneReply) {}

    func errorBody(for refusal: LaneRefusal, route: LaneRoute?) -> ByteBuffer {
        var output: [UInt8] = []
        ErrorReply.append(RequestRejection(refusal), style: .plain, at: WallClock.unixMilliseconds, to: &output)
        return ByteBuffer(bytes: output)
    }
}
