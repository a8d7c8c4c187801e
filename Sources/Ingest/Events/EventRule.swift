/// The rules an event may break, each with its code and the sentence people read.
enum EventRule: Equatable {
    case required, string, utf8, timestamp, timeRange, number, object
    case characters(Int)
    case bytes(Int)
    case depth(Int)

    func problem(of field: EventField) -> FieldProblem {
        FieldProblem(field: field.name.description, rule: code, limit: limit)
    }

    private var code: String {
        switch self {
        case .required: "required"
        case .string: "string"
        case .utf8: "utf8"
        case .timestamp: "timestamp"
        case .timeRange: "range"
        case .number: "number"
        case .object: "object"
        case .characters: "characters"
        case .bytes: "maxBytes"
        case .depth: "maxDepth"
        }
    }

    private var limit: Int? {
        switch self {
        case .characters(let limit), .bytes(let limit), .depth(let limit): limit
        default: nil
        }
    }
}

extension FieldProblem {
    /// The problem of an event in a sentence. Callers match these texts: never change them.
    var eventSentence: String {
        let limit = limit ?? 0
        return switch (field, rule) {
        case ("timestamp", "range"): "timestamp must be between 1970-01-01 and five minutes from now"
        case ("timestamp", _): "timestamp must be a valid ISO 8601 date string"
        case ("site_id", "required"), ("site_id", "string"), ("event_type", "required"), ("event_type", "string"):
            "\(field) is required and must be a string"
        case (_, "string"): "\(field) must be a string"
        case (_, "utf8"): "\(field) must be text without broken or control characters"
        case (_, "number"): "\(field) must be a number"
        case (_, "object"): "\(field) must be an object"
        case (_, "characters"): "\(field) must be at most \(limit) characters"
        case (_, "maxBytes"): "\(field) must be at most \(limit) bytes of JSON"
        case (_, "maxDepth"): "\(field) must not nest deeper than \(limit)"
        default: "\(field) breaks the rule \(rule)"
        }
    }
}
