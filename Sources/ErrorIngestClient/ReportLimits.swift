/// Bounds of one report. What is longer is cut, what is more is left out, here rather than by the service: no report can fill the
/// queue alone. All but those of stack traces and context, which are smaller here, are the limits of the service.
enum ReportLimits {
    /// UTF-8 bytes of a message.
    static let messageBytes = 8 * 1024
    /// UTF-8 bytes of a stack trace.
    static let stackTraceBytes = 64 * 1024
    /// Unicode scalars of type, service, environment, release, project and each part of a fingerprint.
    static let shortTextCharacters = 255
    /// Parts of a fingerprint.
    static let fingerprintParts = 32
    /// Bytes of a context as JSON.
    static let contextBytes = 16 * 1024
    /// Objects and arrays within one another in a context.
    static let contextDepth = 8
    /// UTF-8 bytes of one text in a context.
    static let contextTextBytes = 4 * 1024
    /// Errors below an error: what caused it, what caused that, ….
    static let causes = 8
}
