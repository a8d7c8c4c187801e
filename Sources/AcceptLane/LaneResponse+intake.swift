import FastLane
import Ingest
import NIOCore
import NIOHTTP1

/// What the intakes of errors and events have in common.
extension LaneResponse {
    /// The answer to a batch; 503 when nothing of it was taken.
    static func batch(
        _ body: [UInt8], isTaken: Bool, hasUnknown: Bool, retryAfterSeconds: () -> Int
    ) -> LaneResponse {
        LaneResponse(
            status: isTaken ? .ok : .serviceUnavailable,
            retryAfterSeconds: isTaken ? nil : retryAfterSeconds(),
            headers: hasUnknown ? [unknownOutcome] : [],
            body: ByteBuffer(bytes: body)
        )
    }

    /// - Parameter body: of the rejection, in the words of the route.
    static func refusal(
        _ rejection: RequestRejection, _ body: [UInt8], retryAfterSeconds: Int?, isUnknown: Bool
    ) -> LaneResponse {
        LaneResponse(
            status: HTTPResponseStatus(statusCode: rejection.statusCode),
            retryAfterSeconds: retryAfterSeconds,
            headers: isUnknown ? [unknownOutcome] : [],
            body: ByteBuffer(bytes: body)
        )
    }

    private static let unknownOutcome = ("x-outcome", "unknown")
}

extension ByteBuffer {
    /// The closure of a ByteBuffer rethrows `any Error`, boxed at each throw; a Result keeps floods of bad input cheap.
    func decoded<R>(
        _ decode: (UnsafeRawBufferPointer) throws(RequestRejection) -> R
    ) throws(RequestRejection) -> R {
        let result = withUnsafeReadableBytes { bytes -> Result<R, RequestRejection> in
            do throws(RequestRejection) {
                return .success(try decode(bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
