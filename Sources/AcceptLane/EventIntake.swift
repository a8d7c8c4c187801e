import FastLane
package import Ingest
package import IngestStorage
import NIOCore
import NIOHTTP1
import QueueCore

/// Decodes and queues the events of one event loop, and answers them. Confined to its event loop.
package final class EventIntake {
    /// In which form events came, and answers go.
    enum Form {
        case single(EventReply.Style)
        case batch
    }

    private let path: EventPath
    private let producer: RedisQueueProducer
    private let retryAfterSeconds: @Sendable () -> Int
    private let metrics = IngestMetrics(path: "events")

    package init(path: EventPath, producer: RedisQueueProducer, retryAfterSeconds: @escaping @Sendable () -> Int) {
        self.path = path
        self.producer = producer
        self.retryAfterSeconds = retryAfterSeconds
    }

    func take(_ body: ByteBuffer, _ form: Form, at now: Int64, _ reply: LaneReply) {
        let admission: EventAdmission
        do throws(RequestRejection) {
            admission = try body.decoded { bytes throws(RequestRejection) in
                switch form {
                case .single: try path.admission(forSingle: bytes, receivedAt: now)
                case .batch: try path.admission(forBatch: bytes, receivedAt: now)
                }
            }
        } catch {
            metrics.ingested(.rejected)
            return reply.send(response(error, form))
        }
        let records = admission.records.map {
            RedisQueueProducer.Record(idHash: $0.eventHash, payload: $0.payload)
        }
        producer.offer(records) { self.answer(admission, EventOutcomes(records: $0), form, reply) }
    }

    private func answer(_ admission: EventAdmission, _ outcomes: EventOutcomes, _ form: Form, _ reply: LaneReply) {
        metrics.ingested(admission.items.lazy.map { outcomes.outcome(of: $0) })
        let isTaken = outcomes.batchStatusCode(for: admission) == 200
        var output: [UInt8] = []
        switch form {
        case .batch:
            output.reserveCapacity(96 + 80 * admission.items.count)
            EventReply.appendBatch(admission, outcomes, to: &output)
            reply.send(
                .batch(
                    output, isTaken: isTaken, hasUnknown: outcomes.records.contains(.unknown),
                    retryAfterSeconds: retryAfterSeconds))
        case .single(let style) where isTaken:
            EventReply.appendSingle(style: style, to: &output)
            let status = EventReply.singleStatusCode(style)
            reply.send(LaneResponse(status: .init(statusCode: status), body: ByteBuffer(bytes: output)))
        case .single:
            switch outcomes.records.first {
            case .refused: reply.send(response(.queueFull, form, retryAfterSeconds: retryAfterSeconds()))
            case .unknown: reply.send(response(.outcomeUnknown, form, retryAfterSeconds: 1, isUnknown: true))
            case .unavailable, .queued, .duplicate, nil:
                reply.send(response(.storeUnavailable, form, retryAfterSeconds: 1))
            }
        }
    }

    private func response(
        _ rejection: RequestRejection, _ form: Form, retryAfterSeconds: Int? = nil, isUnknown: Bool = false
    ) -> LaneResponse {
        let style = if case .single(let style) = form { style } else { EventReply.Style.plain }
        var output: [UInt8] = []
        EventReply.append(rejection, style: style, to: &output)
        return .refusal(rejection, output, retryAfterSeconds: retryAfterSeconds, isUnknown: isUnknown)
    }
}
