public import Ingest

/// What became of one request's groups and identified items.
public struct AdmitOutcome: Sendable {
    public enum Group: Sendable, Hashable {
        /// Counted; its row was offered to MySQL earlier in this window.
        case counted
        /// Counted, and its row is on its way to MySQL.
        case queued
        /// Nothing was done: the record was left out, and the window has not seen the fingerprint. Send it with its record.
        case recordMissing
        /// Every item carried an event id that is known already.
        case onlyDuplicates
        /// Not counted: the queue is full, or Redis is above its share of memory.
        case refusedQueueFull
        /// Not counted: too many distinct errors wait for MySQL.
        case refusedTooManyWaiting
        /// Not counted: Redis is away, read-only, full or starting.
        case unavailable
        /// Sent to Redis, and the answer was lost: it may have been counted.
        case unknown
    }

    /// One per group of the admission.
    public var groups: [Group]
    /// One per identified item of the admission: its event id is known already.
    public var identifiedAreDuplicates: [Bool]

    /// Nothing was asked for.
    public static let nothing = AdmitOutcome(groups: [], identifiedAreDuplicates: [])

    /// In the words of the answer.
    public func outcomes(of admission: ErrorAdmission) -> ErrorOutcomes {
        var outcomes = ErrorOutcomes(of: admission)
        for (index, group) in groups.enumerated() { outcomes.groups[index] = group.itemOutcome }
        for (index, isDuplicate) in identifiedAreDuplicates.enumerated() {
            outcomes.identified[index] =
                isDuplicate ? .duplicate : groups[admission.identified[index].groupIndex].itemOutcome
        }
        return outcomes
    }
}

extension AdmitOutcome.Group {
    /// The outcome of the group's items that are no duplicates.
    public var itemOutcome: ItemOutcome {
        switch self {
        case .counted, .queued: .accepted
        case .onlyDuplicates: .duplicate
        case .refusedQueueFull, .refusedTooManyWaiting, .unavailable, .recordMissing: .refused
        case .unknown: .unknown
        }
    }
}
