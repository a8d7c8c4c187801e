/// The fields of an event, in the order in which they are told of. The raw values of the texts are also their order in an encoded
/// `EventRecord`: never change them.
public enum EventField: UInt8, TextField, CaseIterable {
    case siteID = 0
    case eventType = 1
    case timestamp = 10
    case path = 2
    case userID = 3
    case sessionID = 4
    case url = 5
    case referrer = 6
    case eventID = 7
    case value = 9
    /// A JSON object.
    case properties = 8

    public static let textCount = 9

    public static func limit(of field: EventField) -> TextLimit? { EventLimits.text(field) }

    /// The name in requests and answers.
    public var name: StaticString {
        switch self {
        case .siteID: "site_id"
        case .eventType: "event_type"
        case .timestamp: "timestamp"
        case .path: "path"
        case .userID: "user_id"
        case .sessionID: "session_id"
        case .url: "url"
        case .referrer: "referrer"
        case .eventID: "event_id"
        case .value: "value"
        case .properties: "properties"
        }
    }

    /// Whether an event must have it.
    var isRequired: Bool {
        switch self {
        case .siteID, .eventType, .timestamp: true
        default: false
        }
    }

    /// Whether its text tells one thing from another: then it is taken exactly or not at all.
    var isIdentity: Bool {
        switch self {
        case .siteID, .eventType, .path, .userID, .sessionID, .eventID: true
        default: false
        }
    }
}

extension EventField: ObjectKey {
    static let nested = EventField.properties

    /// The field with this name; nil when it is none we know. Looks at the length first: most names are compared once.
    init?(_ text: UnsafeRawBufferPointer) {
        func matches(_ field: EventField) -> EventField? {
            let name = field.name
            for index in 0..<text.count where text[index] != name.utf8Start[index] { return nil }
            return field
        }
        let field: EventField?
        switch text.count {
        case 3: field = matches(.url)
        case 4: field = matches(.path)
        case 5: field = matches(.value)
        case 7: field = matches(.siteID) ?? matches(.userID)
        case 8: field = matches(.eventID) ?? matches(.referrer)
        case 9: field = matches(.timestamp)
        case 10: field = matches(.eventType) ?? matches(.sessionID) ?? matches(.properties)
        default: field = nil
        }
        guard let field else { return nil }
        self = field
    }
}
