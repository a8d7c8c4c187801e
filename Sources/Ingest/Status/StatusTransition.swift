public import Fingerprint

/// What a change of status does to one error: its new values, and what the history says of it.
public struct StatusTransition: Sendable, Equatable {
    /// One line of history.
    public struct Step: Sendable, Equatable {
        public var from: ErrorStatus
        public var to: ErrorStatus
        /// The name of the admin token, or `sync`.
        public var by: String
        public var release: String?

        public init(from: ErrorStatus, to: ErrorStatus, by: String, release: String?) {
            self.from = from
            self.to = to
            self.by = by
            self.release = release
        }
    }

    /// Who notes regressions.
    public static let sync = "sync"

    public var fingerprint: Fingerprint
    public var status: ErrorStatus
    /// Unix milliseconds.
    public var resolvedMilliseconds: Int64?
    public var resolvedInRelease: String?
    /// Oldest first, one or more.
    public var steps: [Step]

    /// What `change` does to an error; nil when it has that status already.
    ///
    /// An error is never resolved before it was last seen: an occurrence counted already, its time up to five minutes ahead of this
    /// clock, must not open it again. What happens within these minutes by other clocks does not either: see
    /// docs/decisions/007-known-limits.md.
    /// - Parameters:
    ///   - storedStatus: that of the row.
    ///   - live: the row with what is counted and not yet applied.
    ///   - milliseconds: the time of the change, Unix.
    init?(
        of live: StoredError, storedStatus: ErrorStatus, to change: StatusChange, by caller: String,
        at milliseconds: Int64
    ) {
        let isSame = live.status == change.status
        guard !isSame || change.status == .resolved && live.resolvedInRelease != change.resolvedInRelease else {
            return nil
        }
        fingerprint = live.fingerprint
        status = change.status
        if change.status == .resolved {
            resolvedMilliseconds = max(milliseconds, live.lastSeenMilliseconds)
            resolvedInRelease = change.resolvedInRelease
        }
        steps = []
        if live.status == .regressed, storedStatus == .resolved {
            // It has happened again, and the sync would have noted it; after this change it will not.
            steps.append(Step(from: .resolved, to: .regressed, by: Self.sync, release: nil))
        }
        steps.append(Step(from: live.status, to: change.status, by: caller, release: change.resolvedInRelease))
    }
}
