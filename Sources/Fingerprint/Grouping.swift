/// How errors are grouped: the value of the setting `GROUPING`.
public enum Grouping: String, Sendable, CaseIterable {
    /// Version 1 of the fingerprint: project, type, and the normalised stack or message, or what the caller chose
    /// instead.
    case standard
    /// SHA-256 of the raw bytes of the message and of nothing else.
    case message
}
