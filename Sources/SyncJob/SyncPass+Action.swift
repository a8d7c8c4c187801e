package import Ingest

extension SyncPass {
    /// What the shell is to do; each is answered by one ``Event``.
    package enum Action: Sendable, Equatable {
        case seal(maxWaiting: Int)
        case recover
        case list(limit: Int)
        case read(WindowID, WindowPart)
        /// With the counts that were read last.
        case apply(WindowID, WindowPart)
        case drop(WindowID)
        case quarantine(WindowID, QuarantineReason)
        case finish(SyncPassResult)
    }

    /// How an action came out.
    package enum Event: Sendable {
        case sealed(SealOutcome)
        case recovered
        case listed([WindowID])
        case read(fingerprints: Int)
        case applied(AppliedPart)
        case dropped
        case quarantined
        case failed(StoreFailure)
    }

    /// When something happened, and whether the job is to stop.
    package struct Moment: Sendable {
        package var sinceBegin: Duration
        package var unixMilliseconds: Int64
        package var isStopping: Bool

        package init(sinceBegin: Duration, unixMilliseconds: Int64, isStopping: Bool) {
            self.sinceBegin = sinceBegin
            self.unixMilliseconds = unixMilliseconds
            self.isStopping = isStopping
        }
    }

    /// Why a window is kept for the operator.
    package enum QuarantineReason: String, Sendable {
        /// Its ledger rows may be gone, so that applying it could count it twice.
        case olderThanLedger
        /// It holds what no version of this service writes.
        case unreadable
    }
}
