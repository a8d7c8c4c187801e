/// What became of the letters of one replay, as far as it was watched.
///
/// `stored`, `refusedAgain`, `pending` and `unknown` together are all letters that were, or may have been, queued.
public struct ReplayOutcome: Sendable, Hashable {
    /// Of more letters than this, this many go ahead of the others.
    public static let trialLetters = 20

    /// Why not every letter was put into its queue.
    public enum Stop: String, Sendable, Hashable, CaseIterable {
        /// The queue is at its limit.
        case queueFull
        /// The queue's server is away, or will not write.
        case queueUnavailable
        /// Too many of the first letters were refused again.
        case refusedAgain
        /// The first letters were not done when the time was over.
        case notWorkedInTime
    }

    /// Put into their queue.
    public var queued = 0
    /// Durable now.
    public var stored = 0
    /// Dead again, with one more attempt.
    public var refusedAgain = 0
    /// Still in their queue when the time was over.
    public var pending = 0
    /// Nobody can tell: an answer was lost, or the letter was discarded meanwhile. Those still there are replaying; replaying
    /// them again does no harm.
    public var unknown = 0
    /// Not put into their queue, and dead as before: see ``stop``.
    public var held = 0
    /// Named letters that are not there.
    public var notFound = 0
    /// Named letters that had been replayed before: left alone.
    public var alreadyReplayed = 0
    public var stop: Stop?
    /// Whether letters of the selection are left for another call.
    public var hasMore = false
    /// Of a filter with more: where another call goes on, beyond all letters that this one queued.
    public var nextCursor: DeadLetterCursor?

    public init() {}

    /// Whether every letter of the call is stored.
    public var isComplete: Bool { refusedAgain + pending + unknown + held == 0 && stop == nil }

    /// Makes it the outcome of this call and the next one.
    public mutating func add(_ next: ReplayOutcome) {
        queued += next.queued
        stored += next.stored
        refusedAgain += next.refusedAgain
        pending += next.pending
        unknown += next.unknown
        held += next.held
        notFound += next.notFound
        alreadyReplayed += next.alreadyReplayed
        stop = next.stop
        hasMore = next.hasMore
        nextCursor = next.nextCursor
    }
}
