/// The fields of a report. The raw values of the texts are also their order in an encoded `ErrorRecord`: never change them.
public enum ErrorField: UInt8, TextField, CaseIterable {
    case message, stackTrace, type, level, service, environment, release, project, eventId, context
    case timestamp, fingerprint

    /// The fields `message` … `context` are kept as texts.
    public static let textCount = 10

    public static func limit(of field: ErrorField) -> TextLimit? { ErrorLimits.text(field) }

    /// The name in requests and answers.
    public var name: StaticString {
        switch self {
        case .message: "message"
        case .stackTrace: "stackTrace"
        case .type: "type"
        case .level: "level"
        case .service: "service"
        case .environment: "environment"
        case .release: "release"
        case .project: "project"
        case .eventId: "eventId"
        case .context: "context"
        case .timestamp: "timestamp"
        case .fingerprint: "fingerprint"
        }
    }
}

/// A set of fields, such as the ones that were cut.
public struct ErrorFieldSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public init(_ field: ErrorField) {
        self.init(rawValue: 1 << UInt16(field.rawValue))
    }

    public var fields: [ErrorField] { ErrorField.allCases.filter { contains(ErrorFieldSet($0)) } }
}
