/// The fast store's side of counting, for one shard: windows are opened and counted by *admit*, and moved from here to
/// the `CountStore` by the sync job.
///
/// ```
/// OPEN ──seal──▶ SEALED ──every part applied──▶ drop ──▶ gone
/// ```
public protocol WindowStore: Sendable {
    /// Seals the open window if it has counts and fewer than `maxWaiting` sealed windows wait. Opens the next one.
    /// - Throws: `.epochChanged` when the store is not the one this connection met: call `recover()`, then try again.
    func seal(maxWaiting: Int) async throws(StoreFailure) -> SealOutcome

    /// Takes the epoch from the store itself. When it is new, seals whatever is open under its old name and opens a window of a
    /// fresh incarnation. Safe to call at any time and from many processes at once.
    func recover() async throws(StoreFailure)

    /// The sealed windows, oldest first, at most `limit`.
    func sealedWindows(limit: Int) async throws(StoreFailure) -> [WindowID]

    /// Every count of one part of a sealed window, in no order. Empty when the window is gone.
    func counts(of window: WindowID, part: WindowPart) async throws(StoreFailure) -> [WindowCount]

    /// Forgets a sealed window. Call only after every part is applied. Does nothing when it is gone already.
    func drop(_ window: WindowID) async throws(StoreFailure)

    /// Takes a sealed window out of the sync's way and keeps its counts for the operator.
    func quarantine(_ window: WindowID) async throws(StoreFailure)
}

/// What `WindowStore.seal` did.
public enum SealOutcome: Sendable, Equatable {
    case sealed(WindowID)
    /// The open window has no counts.
    case nothingToSeal
    /// As many sealed windows as allowed wait already; the open one goes on counting.
    case tooManyWaiting(Int)
}
