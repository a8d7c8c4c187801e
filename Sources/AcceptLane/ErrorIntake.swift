import FastLane
package import Ingest
package import IngestStorage
import NIOCore
import NIOHTTP1
import QueueCore

/// Decodes, fingerprints and admits the reports of one event loop, and answers them. Confined to its event loop.
package final class ErrorIntake {
    /// In which form reports came, and answers go.
    enum Form {
        case single(ErrorReply.Style)
        case batch
    }

    private let path: ErrorPath
    private let admitter: RedisErrorAdmitter
    private let retryAfterSeconds: @Sendable () -> Int
    private let metrics = IngestMetrics(path: "errors")
    private var recent = RecentFingerprints()

    package init(path: ErrorPath, admitter: RedisErrorAdmitter, retryAfterSeconds: @escaping @Sendable () -> Int) {
        self.path = path
        self.admitter = admitter
        self.retryAfterSeconds = retryAfterSeconds
    }

    func take(_ body: ByteBuffer, _ form: Form, at now: Int64, _ reply: LaneReply) {
        switch form {
        case .single(let style): takeSingle(body, style, at: now, trustsRecent: true, reply)
        case .batch: takeBatch(body, at: now, reply)
        }
    }

    /// - Parameter trustsRecent: leave out the record of a fingerprint admitted a moment ago.
    private func takeSingle(
        _ body: ByteBuffer, _ style: ErrorReply.Style, at now: Int64, trustsRecent: Bool, _ reply: LaneReply
    ) {
        let admission: ErrorAdmission
        do throws(RequestRejection) {
            admission = try body.decoded { bytes throws(RequestRejection) in
                try path.admission(
                    forSingle: bytes, receivedAt: now, isKnown: { trustsRecent && recent.contains($0) })
            }
        } catch {
            metrics.ingested(.rejected)
            return reply.send(response(error, style))
        }
        admitter.admit(admission) { outcome in
            let state = outcome.groups.first ?? .unavailable
            switch state {
            case .counted, .queued:
                if let group = admission.groups.first { self.recent.insert(group.fingerprint) }
            case .recordMissing:
                // A new window has begun. Nothing was done, so all of it is done again, with the record.
                return self.takeSingle(body, style, at: now, trustsRecent: false, reply)
            default: break
            }
            let outcomes = outcome.outcomes(of: admission)
            self.metrics.ingested(admission.items.lazy.map { outcomes.outcome(of: $0) })
            if outcomes.batchStatusCode(for: admission) != 200 { return reply.send(self.unavailable(state, style)) }
            var output: [UInt8] = []
            output.reserveCapacity(192)
            ErrorReply.appendSingle(admission, outcomes, style: style, at: now, to: &output)
            reply.send(LaneResponse(status: .ok, body: ByteBuffer(bytes: output)))
        }
    }

    private func takeBatch(_ body: ByteBuffer, at now: Int64, _ reply: LaneReply) {
        let admission: ErrorAdmission
        do throws(RequestRejection) {
            admission = try body.decoded { bytes throws(RequestRejection) in
                try path.admission(forBatch: bytes, receivedAt: now)
            }
        } catch {
            metrics.ingested(.rejected)
            return reply.send(response(error, .plain))
        }
        // A batch of which every item was rejected: there is nothing to admit.
        if admission.groups.isEmpty { return answer(admission, .nothing, reply) }
        admitter.admit(admission) { self.answer(admission, $0, reply) }
    }

    private func answer(_ admission: ErrorAdmission, _ outcome: AdmitOutcome, _ reply: LaneReply) {
        let outcomes = outcome.outcomes(of: admission)
        metrics.ingested(admission.items.lazy.map { outcomes.outcome(of: $0) })
        var output: [UInt8] = []
        output.reserveCapacity(96 + 160 * admission.items.count)
        ErrorReply.appendBatch(admission, outcomes, to: &output)
        reply.send(
            .batch(
                output, isTaken: outcomes.batchStatusCode(for: admission) == 200,
                hasUnknown: outcomes.groups.contains(.unknown), retryAfterSeconds: retryAfterSeconds))
    }

    /// 503 for a single report that was not taken.
    private func unavailable(_ state: AdmitOutcome.Group, _ style: ErrorReply.Style) -> LaneResponse {
        switch state {
        case .refusedQueueFull: response(.queueFull, style, retryAfterSeconds: retryAfterSeconds())
        case .refusedTooManyWaiting: response(.tooManyWaiting, style, retryAfterSeconds: retryAfterSeconds())
        case .unknown: response(.outcomeUnknown, style, retryAfterSeconds: 1, isUnknown: true)
        case .unavailable, .counted, .queued, .onlyDuplicates, .recordMissing:
            response(.storeUnavailable, style, retryAfterSeconds: 1)
        }
    }

    private func response(
        _ rejection: RequestRejection, _ style: ErrorReply.Style, retryAfterSeconds: Int? = nil, isUnknown: Bool = false
    ) -> LaneResponse {
        var output: [UInt8] = []
        ErrorReply.append(rejection, style: style, at: WallClock.unixMilliseconds, to: &output)
        return .refusal(rejection, output, retryAfterSeconds: retryAfterSeconds, isUnknown: isUnknown)
    }
}
