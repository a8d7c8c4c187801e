internal import Fingerprint

/// Every limit of the error path, in one place. The widths of the columns of `errors` and `error_details` are these numbers:
/// what is cut here is never cut by the store.
public enum ErrorLimits {
    /// UTF-8 bytes of a message.
    public static let messageBytes = 8 * 1024
    /// UTF-8 bytes of a stack trace.
    public static let stackTraceBytes = 256 * 1024
    /// Unicode scalars of type, level, service, environment, release, project and each part of a caller's fingerprint.
    public static let shortTextCharacters = 255
    /// UTF-8 bytes of a client's event id. Longer ones are rejected: a cut id would no longer tell reports apart.
    public static let eventIDBytes = 255
    /// Parts of a caller's fingerprint; more are left out.
    public static let fingerprintParts = FingerprintLimits.customParts
    /// Bytes of the context as JSON.
    public static let contextBytes = 64 * 1024
    /// Objects and arrays within one another in the stored context. MariaDB 10.11's JSON_VALID refuses 32.
    public static let contextDepth = 31
    /// Objects and arrays within one another in a report.
    public static let depth = 32
    /// Reports in one batch.
    public static let batchItems = 1000
    /// Bytes of the normalised parts kept to explain a fingerprint.
    public static let groupingBytes = 16 * 1024
    /// Parts kept to explain a fingerprint.
    public static let groupingParts = 255
    /// A client's time is taken when it is at most this long ago …
    public static let oldestMilliseconds: Int64 = 30 * 24 * 60 * 60 * 1000
    /// … and at most this far ahead.
    public static let newestMilliseconds: Int64 = 5 * 60 * 1000

    /// The limit of a text field; nil for fields that are no texts.
    public static func text(_ field: ErrorField) -> TextLimit? {
        switch field {
        case .message: .bytes(messageBytes)
        case .stackTrace: .bytes(stackTraceBytes)
        case .type, .level, .service, .environment, .release, .project: .characters(shortTextCharacters)
        case .eventId: .bytes(eventIDBytes)
        case .context: .bytes(contextBytes)
        case .timestamp, .fingerprint: nil
        }
    }
}
