public import Fingerprint
import NIOCore
public import QueueCore
public import RedisClient

/// Offers records to a queue (`queue_offer.lua`), on one event loop: whatever is offered in one turn of the loop goes as one job
/// for each shard, in one call and one fsync.
///
/// Confined to its link's event loop: call it only there; completions run there.
public final class RedisQueueProducer {
    public struct Record: Sendable {
        /// Of the client's own id; a record with one that is known is a duplicate. Nil when the client gave none.
        public var idHash: Digest16?
        public var payload: [UInt8]

        public init(idHash: Digest16?, payload: [UInt8]) {
            self.idHash = idHash
            self.payload = payload
        }
    }

    /// An outcome for each record, in their order.
    public typealias Completion = ([OfferOutcome]) -> Void

    private struct Shard {
        let keys: [[UInt8]]
        var turn = OfferTurn()
    }

    private let link: RedisLink
    private let queue: String
    private let limits: AdmitLimits
    private var shards: [Shard]
    /// Records without an id may go anywhere: each turn they go to the next shard.
    private var anonymousShard = 0

    public init(link: RedisLink, shards: [RedisKeys], queue: String, limits: AdmitLimits) {
        self.link = link
        self.queue = queue
        self.limits = limits
        self.shards = shards.map { Shard(keys: [$0.meta, $0.queue(queue), $0.seenPrefix(queue)]) }
    }

    /// Offers all records of a request. Those of one shard are queued all or none, but for duplicates; nothing is ever sent twice.
    public func offer(_ records: [Record], completion: @escaping Completion) {
        guard !records.isEmpty else { return completion([]) }
        let request = OfferedRequest(count: records.count, completion: completion)
        // A request that does not fit beside what this turn has begins a turn of its own: its records stay together.
        for shard in shards.indices where !shards[shard].turn.hasRoom(for: records) { endTurn(shard) }
        if shards[anonymousShard].turn.isEmpty { anonymousShard = (anonymousShard + 1) % shards.count }
        for (index, record) in records.enumerated() {
            let shard = record.idHash.map { ShardMap.shard(of: $0, count: shards.count) } ?? anonymousShard
            if shards[shard].turn.isEmpty {
                link.eventLoop.assumeIsolated().execute { self.endTurn(shard) }
            }
            shards[shard].turn.add(record, of: request, at: index)
        }
    }

    private func endTurn(_ shard: Int) {
        guard !shards[shard].turn.isEmpty else { return }
        let turn = shards[shard].turn
        shards[shard].turn = OfferTurn()
        link.run(RedisScripts.queueOffer, keys: shards[shard].keys, arguments: arguments(turn)) { result in
            switch result {
            case .failure(let error):
                turn.complete(error.isKnownToHaveDoneNothing ? .unavailable : .unknown)
            case .success(let value):
                turn.complete(value)
            }
        }
    }

    private func arguments(_ turn: OfferTurn) -> [RedisArgument] {
        var arguments: [RedisArgument] = [
            .string(queue),
            .integer(limits.hasMemory(link) ? Int64(limits.maxQueueRecords) : 0),
            .integer(Int64(limits.maxQueueBytes)),
            .integer(Int64(limits.eventIDWindowSeconds)),
            .integer(Int64(limits.maxEventIDs)),
        ]
        arguments.reserveCapacity(arguments.count + 2 * turn.records.count)
        for record in turn.records {
            arguments.append(.bytes(record.idHash?.bytes ?? []))
            var framed: [UInt8] = []
            framed.reserveCapacity(JobFormat.headerByteCount + record.payload.count)
            JobFormat.append(record.payload, to: &framed)
            arguments.append(.bytes(framed))
        }
        return arguments
    }
}
