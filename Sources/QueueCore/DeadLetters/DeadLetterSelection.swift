/// The dead letters of one command.
public enum DeadLetterSelection: Sendable, Hashable {
    /// Letters that one call discards or replays, at most.
    public static let maxLetters = 1_000
    /// Bytes of the payloads that one call replays, at most; but always one letter.
    public static let maxPayloadBytes = 16 * 1_024 * 1_024

    /// At most ``maxLetters``, each once.
    case letters([DeadLetterID])
    /// The first ``maxLetters`` that match, from the newest failure, or from the cursor on. Without a state: those that are
    /// dead.
    case matching(DeadLetterFilter, after: DeadLetterCursor? = nil)

    /// The filter as a command takes it: a letter on its way, or done, is meant only when somebody says so.
    public static func state(of filter: DeadLetterFilter) -> DeadLetterState { filter.state ?? .dead }
}
