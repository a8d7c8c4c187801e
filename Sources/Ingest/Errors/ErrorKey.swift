/// The spellings understood as top-level keys of a report. Raw values count from 0; of several spellings of one field the first
/// here with a value other than null is taken, the others go into the context.
enum ErrorKey: UInt8, ObjectKey {
    case message
    case stackTrace, stack, stacktrace, stackUnderscoreTrace
    case type, name
    case level, service, environment, release, project
    case eventId, eventUnderscoreID
    case timestamp, fingerprint, context

    static let nested = ErrorKey.context

    var field: ErrorField {
        switch self {
        case .message: .message
        case .stackTrace, .stack, .stacktrace, .stackUnderscoreTrace: .stackTrace
        case .type, .name: .type
        case .level: .level
        case .service: .service
        case .environment: .environment
        case .release: .release
        case .project: .project
        case .eventId, .eventUnderscoreID: .eventId
        case .timestamp: .timestamp
        case .fingerprint: .fingerprint
        case .context: .context
        }
    }

    /// The key with this text; nil when it is none we know. Switches on the length first: most keys are compared once.
    init?(_ text: UnsafeRawBufferPointer) {
        func matches(_ spelling: StaticString) -> Bool {
            for index in 0..<spelling.utf8CodeUnitCount where text[index] != spelling.utf8Start[index] { return false }
            return true
        }
        let key: ErrorKey?
        switch text.count {
        case 4: key = matches("type") ? .type : matches("name") ? .name : nil
        case 5: key = matches("stack") ? .stack : matches("level") ? .level : nil
        case 7:
            key =
                matches("message")
                ? .message
                : matches("service")
                    ? .service
                    : matches("release")
                        ? .release
                        : matches("project")
                            ? .project : matches("eventId") ? .eventId : matches("context") ? .context : nil
        case 8: key = matches("event_id") ? .eventUnderscoreID : nil
        case 9: key = matches("timestamp") ? .timestamp : nil
        case 10: key = matches("stackTrace") ? .stackTrace : matches("stacktrace") ? .stacktrace : nil
        case 11:
            key =
                matches("environment")
                ? .environment
                : matches("fingerprint") ? .fingerprint : matches("stack_trace") ? .stackUnderscoreTrace : nil
        default: key = nil
        }
        guard let key else { return nil }
        self = key
    }
}
