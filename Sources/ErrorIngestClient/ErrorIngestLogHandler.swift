public import Logging

/// Reports log records to ErrorIngest; for use beside another handler, in a `MultiplexLogHandler`:
///
/// ```swift
/// LoggingSystem.bootstrap { label in
///     MultiplexLogHandler([
///         StreamLogHandler.standardError(label: label),
///         ErrorIngestLogHandler(label: label, client: client),
///     ])
/// }
/// ```
///
/// Records below `minimumLevel` are passed over. Of the others, the message becomes the message; the type of the record's `error`, or
/// else the logger's label, the type; file, function and line the one frame of the stack trace; the metadata the context, bounded
/// as in `ErrorReport`.
///
/// Since line numbers do not count, all records of one logger in one function are **one error**. Where that is too coarse, give the
/// record metadata under `fingerprintKey`: records with different values there are different errors.
public struct ErrorIngestLogHandler: LogHandler {
    /// The key of metadata that splits the records of a function into several errors.
    public static let fingerprintKey = "error-ingest.fingerprint"

    private let label: String
    private let client: ErrorIngestClient
    private let minimumLevel: Logger.Level

    public var logLevel: Logger.Level
    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?

    /// - Parameter minimumLevel: what is less severe is never reported, also when the logger's own level is set lower:
    ///   setting it in a `MultiplexLogHandler` sets it for all.
    public init(
        label: String,
        client: ErrorIngestClient,
        minimumLevel: Logger.Level = .error,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.label = label
        self.client = client
        self.minimumLevel = minimumLevel
        self.logLevel = minimumLevel
        self.metadataProvider = metadataProvider
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        guard event.level >= minimumLevel else { return }
        // Of equal keys that of the record counts, then that of the provider.
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        let splitting = all.removeValue(forKey: Self.fingerprintKey)

        var context = all.mapValues { ContextValue($0) }
        context["logger"] = .string(label)
        if let error = event.error { context["error"] = .string(ErrorReport.message(of: error)) }
        var report = ErrorReport(
            message: event.message.description,
            type: event.error.map(ErrorReport.typeName) ?? label,
            level: ErrorReport.Level(event.level),
            fingerprint: splitting.map { ["{{ default }}", "\($0)"] } ?? [],
            context: context
        )
        report.setPlace(of: event.error, file: event.file, function: event.function, line: event.line)
        client.report(report)
    }
}

extension ErrorReport.Level {
    /// The level of a log record: `critical` is fatal, `notice` is info.
    init(_ level: Logger.Level) {
        switch level {
        case .critical: self = .fatal
        case .error: self = .error
        case .warning: self = .warning
        case .notice, .info: self = .info
        case .debug, .trace: self = .debug
        }
    }
}
