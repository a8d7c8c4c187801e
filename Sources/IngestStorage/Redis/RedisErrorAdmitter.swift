public import Ingest
import NIOCore
public import RedisClient

/// Counts and queues the errors of a request in one atomic step per shard (`admit.lua`), on one event loop.
///
/// Confined to its link's event loop: call it only there; completions run there.
public final class RedisErrorAdmitter {
    public typealias Completion = (AdmitOutcome) -> Void

    private let link: RedisLink
    private let shards: [Shard]
    private let limits: AdmitLimits
    /// Requests that met a new epoch and wait for the one recovery under way.
    private var afterRecovery: [[(Bool) -> Void]]
    /// The reports of this turn of the loop, by shard.
    private var turns: [AdmissionTurn]

    private struct Shard {
        let keys: [[UInt8]]
        let recoverKeys: [[UInt8]]
    }

    public init(link: RedisLink, shards: [RedisKeys], limits: AdmitLimits) {
        self.link = link
        self.limits = limits
        self.shards = shards.map { keys in
            Shard(
                keys: [
                    keys.meta, keys.queue(ErrorQueue.name), keys.sealed, keys.countPrefix,
                    keys.seenPrefix(ErrorQueue.name),
                ],
                recoverKeys: [keys.meta, keys.sealed]
            )
        }
        self.afterRecovery = shards.map { _ in [] }
        self.turns = shards.map { _ in AdmissionTurn() }
    }

    /// Runs the admit script for every shard the admission touches, and completes once with what became of it.
    ///
    /// Nothing is ever sent twice unless the first attempt is known to have done nothing. Single reports without an event id that
    /// come in one turn of the event loop share a call.
    public func admit(_ admission: ErrorAdmission, completion: @escaping Completion) {
        if admission.identified.isEmpty, admission.groups.count == 1, let group = admission.groups.first {
            return admit(group, completion: completion)
        }
        if shards.count == 1 {
            let part = AdmissionPart(whole: admission)
            send(part, shard: 0, recoverFirst: true, completion: completion)
            return
        }
        let parts = AdmissionPart.split(admission, shards: shards.count)
        guard !parts.isEmpty else { return completion(AdmitOutcome(groups: [], identifiedAreDuplicates: [])) }
        let joined = JoinedOutcome(admission: admission, waitingFor: parts.count, completion: completion)
        for (shard, part) in parts {
            send(part, shard: shard, recoverFirst: true) { joined.add($0, of: part) }
        }
    }

    private func admit(_ group: ErrorAdmission.Group, completion: @escaping Completion) {
        let shard = ShardMap.shard(of: group.fingerprint, count: shards.count)
        if turns[shard].isEmpty {
            link.eventLoop.assumeIsolated().execute { self.endTurn(shard) }
        }
        turns[shard].add(group, completion: completion)
        if turns[shard].isFull { endTurn(shard) }
    }

    private func endTurn(_ shard: Int) {
        guard !turns[shard].isEmpty else { return }
        let turn = turns[shard]
        turns[shard] = AdmissionTurn()
        send(AdmissionPart(groups: turn.groups), shard: shard, recoverFirst: true) { turn.complete($0) }
    }

    private func send(
        _ part: AdmissionPart, shard: Int, recoverFirst: Bool, completion: @escaping Completion
    ) {
        guard let epoch = link.epoch else { return completion(part.outcome(.unavailable)) }
        link.run(RedisScripts.admit, keys: shards[shard].keys, arguments: arguments(part, epoch)) { result in
            switch result {
            case .failure(let error):
                completion(part.outcome(error.isKnownToHaveDoneNothing ? .unavailable : .unknown))
            case .success(let value):
                guard let outcome = part.outcome(value) else {
                    // The epoch differs and nothing was done: recover, then send it once more.
                    guard recoverFirst else { return completion(part.outcome(.unavailable)) }
                    self.recover(shard) { recovered in
                        guard recovered else { return completion(part.outcome(.unavailable)) }
                        self.send(part, shard: shard, recoverFirst: false, completion: completion)
                    }
                    return
                }
                completion(outcome)
            }
        }
    }

    /// One recovery at a time for a shard; whoever comes meanwhile waits for it.
    private func recover(_ shard: Int, completion: @escaping (Bool) -> Void) {
        afterRecovery[shard].append(completion)
        guard afterRecovery[shard].count == 1 else { return }
        link.run(
            RedisScripts.recover,
            keys: shards[shard].recoverKeys,
            arguments: [.string(RedisWindowStore.randomIncarnation())]
        ) { result in
            guard case .success = result else { return self.recovered(shard, false) }
            // The link's own token may be the stale one.
            self.link.refreshEpoch { refreshed in
                if case .success = refreshed { self.recovered(shard, true) } else { self.recovered(shard, false) }
            }
        }
    }

    private func recovered(_ shard: Int, _ success: Bool) {
        let waiting = afterRecovery[shard]
        afterRecovery[shard] = []
        for completion in waiting { completion(success) }
    }

    private func arguments(_ part: AdmissionPart, _ epoch: RedisEpoch) -> [RedisArgument] {
        var arguments: [RedisArgument] = []
        arguments.reserveCapacity(9 + 3 * part.groups.count + 3 * part.identified.count)
        arguments.append(.bytes(epoch.token))
        arguments.append(.integer(limits.hasMemory(link) ? Int64(limits.maxQueueRecords) : 0))
        arguments.append(.integer(Int64(limits.maxQueueBytes)))
        arguments.append(.integer(Int64(limits.maxWaitingFingerprints)))
        arguments.append(.integer(Int64(limits.maxWindowFingerprints)))
        arguments.append(.integer(Int64(limits.eventIDWindowSeconds)))
        arguments.append(.integer(Int64(limits.maxEventIDs)))
        part.append(to: &arguments)
        return arguments
    }
}

/// The queue of the event path.
public enum EventQueue {
    public static let name = "events"
}

/// The queue of the error path.
public enum ErrorQueue {
    public static let name = "errors"
}
