public import Ingest

/// What one pass over one shard came to.
public struct SyncPassResult: Sendable, Equatable {
    public enum Ending: Sendable, Equatable {
        /// No sealed window is left.
        case complete
        /// Windows are left; the pass reached its bound of windows or time.
        case bounded
        /// The job was told to stop.
        case stopped
        /// Everything not done is left for the next pass.
        case failed(StoreFailure)

        /// Two failures are equal when their codes are; the message is for the log.
        public static func == (left: Ending, right: Ending) -> Bool {
            switch (left, right) {
            case (.complete, .complete), (.bounded, .bounded), (.stopped, .stopped): true
            case (.failed(let one), .failed(let other)): one.code == other.code
            default: false
            }
        }
    }

    public internal(set) var ending = Ending.complete
    /// The fast store answered the request to seal, whatever it said.
    public internal(set) var sealAnswered = false
    /// Windows applied and dropped.
    public internal(set) var applied = 0
    /// Windows found applied in every part, and dropped.
    public internal(set) var alreadyApplied = 0
    /// Windows put aside for the operator.
    public internal(set) var quarantined = 0
    /// Windows a failure interrupted; at most one a pass.
    public internal(set) var failed = 0
    /// Rows written to the totals.
    public internal(set) var fingerprints = 0
    /// Sealed windows left, at most ``SyncPass/listLimit``; nil when the pass did not get to know.
    public internal(set) var waiting: Int?

    init() {}
}
