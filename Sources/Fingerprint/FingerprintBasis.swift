/// What a fingerprint was made from, after project and type.
public enum FingerprintBasis: String, Sendable, CaseIterable {
    /// The frames of the stack trace.
    case stack
    /// The normalised message, since there was no usable stack trace.
    case message
    /// The caller's own `fingerprint`.
    case custom
    /// The bytes of the message, untouched (``Grouping/message``).
    case rawMessage
}
