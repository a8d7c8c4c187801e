import Synchronization

/// The facets this process has committed lately, so that a value in use costs one write a day and not one a batch.
///
/// Bounded: when it is full it starts anew, and some are written again.
final class RecentFacets: Sendable {
    private static let limit = 20_000

    private let known = Mutex<Set<Facet>>([])

    func unknown(_ facets: Set<Facet>) -> Set<Facet> {
        known.withLock { facets.subtracting($0) }
    }

    /// Call only after the commit.
    func insert(_ facets: Set<Facet>) {
        guard !facets.isEmpty else { return }
        known.withLock { known in
            if known.count + facets.count > Self.limit { known.removeAll(keepingCapacity: true) }
            if facets.count <= Self.limit { known.formUnion(facets) }
        }
    }
}
