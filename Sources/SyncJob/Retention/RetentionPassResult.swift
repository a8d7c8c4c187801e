public import Ingest

/// What one pass of retention came to.
public struct RetentionPassResult: Sendable, Equatable {
    public enum Ending: Sendable, Equatable {
        /// No due row is left.
        case complete
        /// The pass reached its time limit; due rows are left.
        case bounded
        /// The job was told to stop.
        case stopped
        /// Another process has the right to delete.
        case elsewhere
        case failed(StoreFailure)

        /// Two failures are equal when their codes are; the message is for the log.
        public static func == (left: Ending, right: Ending) -> Bool {
            switch (left, right) {
            case (.complete, .complete), (.bounded, .bounded), (.stopped, .stopped), (.elsewhere, .elsewhere): true
            case (.failed(let one), .failed(let other)): one.code == other.code
            default: false
            }
        }
    }

    public internal(set) var ending = Ending.complete
    /// Rows that went, by table.
    public internal(set) var deleted: [String: Int] = [:]
    /// Chores with no due row left.
    public internal(set) var finished: [RetentionChore] = []
    /// Where the unfinished ones stand.
    public internal(set) var positions: [RetentionChore: RetentionPosition] = [:]
    /// By how much the oldest row outlived its time; zero for a finished chore, absent for one that is not known.
    public internal(set) var overdue: [RetentionChore: Duration] = [:]
    /// The chore whose failure ended the pass.
    public internal(set) var brokenOff: RetentionChore?
    var failure: StoreFailure?

    init(_ ending: Ending = .complete) {
        self.ending = ending
    }

    /// The failure is in the ending.
    public static func == (left: RetentionPassResult, right: RetentionPassResult) -> Bool {
        left.ending == right.ending && left.deleted == right.deleted && left.finished == right.finished
            && left.positions == right.positions && left.overdue == right.overdue && left.brokenOff == right.brokenOff
    }
}
