extension RequestRejection {
    /// The code of events that break rules of their fields.
    static let invalidEventCode = "invalid_event"

    /// The body has no event.
    static let emptyEventBatch = RequestRejection(
        statusCode: 400,
        code: "empty_batch",
        message: "the batch holds no event",
        fields: [FieldProblem(field: "body", rule: "minItems", limit: 1)]
    )

    /// The batch is larger than `EventLimits.batchItems`.
    static let tooManyEvents = RequestRejection(
        statusCode: 413,
        code: "too_many_items",
        message: "a batch holds at most \(EventLimits.batchItems) events",
        fields: [FieldProblem(field: "body", rule: "maxItems", limit: EventLimits.batchItems)]
    )

    /// The body is JSON, but no object.
    static let eventNotAnObject = RequestRejection(
        statusCode: 400,
        code: invalidEventCode,
        message: "an event must be a JSON object",
        fields: [FieldProblem(field: "body", rule: "object")]
    )

    /// One or more fields break a rule.
    static func invalidEvent(_ problems: [FieldProblem]) -> RequestRejection {
        RequestRejection(
            statusCode: 400,
            code: invalidEventCode,
            message: problems.first?.eventSentence ?? "the event is not valid",
            fields: problems
        )
    }

    /// All that is wrong with an event or a request for one, a sentence each.
    var eventDetails: [String] {
        guard code == Self.invalidEventCode, self != .eventNotAnObject else { return [message] }
        return fields.map(\.eventSentence)
    }
}
