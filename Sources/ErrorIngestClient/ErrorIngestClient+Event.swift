extension ErrorIngestClient {
    /// What the observer is told.
    public enum Event: Sendable, Hashable {
        /// Reports will not be delivered.
        case dropped(count: Int, DropReason)
        /// An attempt failed, and what was not taken will be tried again.
        case deliveryFailed(reason: String, nextAttemptIn: Duration)
    }

    /// Why a report is not delivered.
    public enum DropReason: String, Sendable, Hashable, CaseIterable {
        /// `queueRecords` or `queueBytes` are reached: the new report is dropped.
        case queueFull
        /// The service will not take it, however often it is sent.
        case rejected
        /// It was made after the end of `run()`, or waited when the time for draining was over.
        case shutDown
    }

    /// How many reports, since the client was made. `made` is the sum of the others.
    public struct Statistics: Sendable, Hashable {
        /// Passed to `report`.
        public var made = 0
        /// Taken by the service.
        public var delivered = 0
        /// By reason.
        public var dropped: [DropReason: Int] = [:]
        /// Waiting or under way.
        public var queued = 0

        /// For all reasons together.
        public var droppedCount: Int { dropped.values.reduce(0, +) }
    }
}
