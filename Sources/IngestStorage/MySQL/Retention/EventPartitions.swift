/// The partitions of `events`: one for each day of receipt, and `p_future` for whatever comes after them. Days are days since 1970, UTC.
package struct EventPartitions: Sendable, Equatable {
    /// Days that get a partition before they begin.
    package static let daysAhead = 7
    /// The most that one statement makes. Rows of more days than that, left in `p_future`, share the first one.
    package static let maxAtOnce = 100

    /// A partition of events received before `end`.
    package struct Partition: Sendable, Equatable {
        package var name: String
        /// Exclusive.
        package var end: Int

        package init(name: String, end: Int) {
            self.name = name
            self.end = end
        }
    }

    /// In their order, without `p_future`.
    package var partitions: [Partition]

    package init(_ partitions: [Partition]) {
        self.partitions = partitions
    }

    /// The days that are to be split off `p_future`, in their order; the first one with all that comes before it.
    /// - Parameters:
    ///   - today: the day from which on there are to be partitions.
    ///   - oldest: the first day that `p_future` has rows of.
    package func missingDays(today: Int, oldest: Int?) -> ClosedRange<Int>? {
        let last = today + Self.daysAhead
        let first = max(partitions.last?.end ?? .min, min(oldest ?? today, today), last - Self.maxAtOnce + 1)
        return first > last ? nil : first...last
    }

    /// Those with nothing but events received before `cutoff`.
    package func outdated(before cutoff: Int) -> [Partition] {
        partitions.filter { $0.end <= cutoff }
    }
}
