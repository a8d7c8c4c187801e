/// What became of a record that was offered to a queue from outside, in one atomic step.
public enum OfferOutcome: Sendable, Hashable {
    /// It will be stored.
    case queued
    /// Its id was offered before, within the event-id window: nothing was done.
    case duplicate
    /// The queue is full: nothing was done.
    case refused
    /// The queue's server is away, or will not write: nothing was done.
    case unavailable
    /// It was sent, and no answer came: it may be queued or not.
    case unknown
}
