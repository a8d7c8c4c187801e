import Synchronization

/// Rows that never change which this process has committed lately, by their keys: a value in use is written once and not with every
/// batch.
///
/// Bounded: when it is full it starts anew, and some are written again.
final class RecentKeys<Key: Hashable & Sendable>: Sendable {
    private let limit: Int
    private let known = Mutex<Set<Key>>([])

    init(limit: Int) {
        self.limit = limit
    }

    func unknown(_ keys: Set<Key>) -> Set<Key> {
        // `subtracting` goes through all that is known, which is far more.
        known.withLock { known in keys.filter { !known.contains($0) } }
    }

    /// Call only after the commit.
    func insert(_ keys: Set<Key>) {
        guard !keys.isEmpty else { return }
        known.withLock { known in
            if known.count + keys.count > limit { known.removeAll(keepingCapacity: true) }
            if keys.count <= limit { known.formUnion(keys) }
        }
    }
}
