/// The queues that letters are replayed into, each with a driver per shard. It does not matter which shard a replayed letter
/// goes to: nothing is counted and no event id is looked at.
public struct ReplayQueues: Sendable {
    private let drivers: [String: [any QueueDriver]]

    public init(_ drivers: [String: [any QueueDriver]]) {
        self.drivers = drivers
    }

    /// Appends all of `jobs` to one shard, or none of them.
    ///
    /// - Throws: ``QueueError/Code/full`` when no shard has room, ``QueueError/Code/unsupported`` for a queue that is not here.
    public func append(_ jobs: [NewJob], to queue: String) async throws(QueueError) {
        guard let shards = drivers[queue], !shards.isEmpty else {
            throw QueueError(.unsupported, "no queue \(queue)")
        }
        // Anywhere, so that calls spread over the shards.
        let first = Int.random(in: shards.indices)
        for offset in shards.indices {
            do throws(QueueError) {
                try await shards[(first + offset) % shards.count].append(jobs)
                return
            } catch {
                guard error.code == .full else { throw error }
            }
        }
        throw .full
    }
}
