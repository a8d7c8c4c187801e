/// The dead letters in the durable store, as those who look after them see them; workers write them by
/// ``BatchTransaction``.
///
/// Throws failures of class infrastructure or configuration. A call whose answer is lost may have been carried out; each may
/// be repeated.
public protocol DeadLetterArchive: Sendable {
    func page(_ query: DeadLetterQuery) async throws(WorkFailure) -> DeadLetterPage

    /// One letter with its payload.
    func find(_ id: DeadLetterID) async throws(WorkFailure) -> StoredDeadLetter?

    /// Deletes the letters, whatever the state of those that are named. What a letter on its way has in the queue stays
    /// there.
    func discard(_ selection: DeadLetterSelection) async throws(WorkFailure) -> DiscardOutcome

    /// Marks letters that are dead or replaying as replaying, and returns them with their payloads, in the order of the
    /// selection.
    func beginReplay(_ selection: DeadLetterSelection) async throws(WorkFailure) -> ReplayStart

    /// Marks letters that are replaying as dead again: they were not put into their queue after all.
    func cancelReplay(_ ids: [DeadLetterID]) async throws(WorkFailure)

    /// At most ``DeadLetterSelection/maxLetters`` letters; those that are not there are missing from the answer.
    func states(of ids: [DeadLetterID]) async throws(WorkFailure) -> [DeadLetterID: DeadLetterState]
}
