import QueueCore
import RedisClient

/// The records offered to one shard in one turn of an event loop: one job.
struct OfferTurn {
    /// A turn that is not empty takes no request beyond this.
    private static let maxBytes = 512 * 1024

    private(set) var records: [RedisQueueProducer.Record] = []
    /// For each record its request, and where it stands there.
    private var places: [(request: OfferedRequest, index: Int)] = []
    private var bytes = 0

    var isEmpty: Bool { records.isEmpty }

    func hasRoom(for more: [RedisQueueProducer.Record]) -> Bool {
        isEmpty || records.count + more.count <= JobFormat.maximumRecords && bytes < Self.maxBytes
    }

    mutating func add(_ record: RedisQueueProducer.Record, of request: OfferedRequest, at index: Int) {
        records.append(record)
        places.append((request, index))
        bytes += record.payload.count
    }

    /// The same for all.
    func complete(_ outcome: OfferOutcome) {
        for (request, index) in places { request.settle(index, outcome) }
    }

    /// By the script's answer. One of another shape means that the script ran and its effect is not known.
    func complete(_ value: RedisValue) {
        guard let letters = value.bytes, letters.count == places.count else { return complete(.unknown) }
        for (letter, (request, index)) in zip(letters, places) {
            switch letter {
            case UInt8(ascii: "q"): request.settle(index, .queued)
            case UInt8(ascii: "d"): request.settle(index, .duplicate)
            case UInt8(ascii: "f"): request.settle(index, .refused)
            default: request.settle(index, .unknown)
            }
        }
    }
}

/// A request whose records are on their way; completes when the last one is settled. Confined to one event loop.
final class OfferedRequest {
    private var outcomes: [OfferOutcome]
    private var waitingFor: Int
    private let completion: RedisQueueProducer.Completion

    init(count: Int, completion: @escaping RedisQueueProducer.Completion) {
        self.outcomes = [OfferOutcome](repeating: .unknown, count: count)
        self.waitingFor = count
        self.completion = completion
    }

    func settle(_ index: Int, _ outcome: OfferOutcome) {
        outcomes[index] = outcome
        waitingFor -= 1
        if waitingFor == 0 { completion(outcomes) }
    }
}
