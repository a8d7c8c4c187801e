/// Where a dead letter is in its life.
///
///     dead ──begin replay──▶ replaying ──stored──▶ replayed
///       ▲                        │
///       └──refused, or not queued┘
public enum DeadLetterState: String, Sendable, Hashable, CaseIterable {
    /// Its record is nowhere else.
    case dead
    /// Its record was, or was about to be, put back into its queue. May be replayed again: a job that is lost, or whose
    /// fate nobody knows, leaves its letter in this state.
    case replaying
    /// A replay of it has been stored.
    case replayed
}
