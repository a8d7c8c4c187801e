/// Writes the bodies of answers, JSON, straight into a buffer.
public enum EventReply {
    /// The two shapes the answers to a single event come in.
    public enum Style: Sendable {
        /// `/event`: `{"status":"ok"}`, `{"error":{…}}`.
        case plain
        /// `/api/event`: `{"success":true,…}`, `{"success":false,…}`.
        case envelope
    }

    /// The status of the answer to a single event that was accepted or is a duplicate.
    public static func singleStatusCode(_ style: Style) -> Int {
        style == .plain ? 200 : 202
    }

    /// Appends the answer to a single event that was accepted or is a duplicate: the same for both, and for every event.
    public static func appendSingle(style: Style, to output: inout [UInt8]) {
        switch style {
        case .plain: output.append("{\"status\":\"ok\"}")
        case .envelope:
            output.append("{\"success\":true,\"message\":\"Event received and queued for processing\"}")
        }
    }

    /// Appends the answer to a batch: how many items had which outcome, and the result of each in the order of the request.
    public static func appendBatch(_ admission: EventAdmission, _ outcomes: EventOutcomes, to output: inout [UInt8]) {
        ItemOutcome.appendCounts(of: admission.items.lazy.map(outcomes.outcome), to: &output)
        output.append(",\"results\":[")
        for (index, item) in admission.items.enumerated() {
            output.append(index > 0 ? ",{\"status\":" : "{\"status\":")
            output.appendJSON(string: outcomes.outcome(of: item).rawValue.utf8)
            if case .rejected(let rejection) = item.place {
                output.append(",\"error\":")
                rejection.appendJSON(to: &output)
            } else {
                output.append(",\"event_id\":")
                output.appendJSON(string: item.eventID)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append("]}")
    }

    /// Appends the body of a question that cannot be answered: `{"success":false,"error":"…"}`.
    public static func append(failure message: String, to output: inout [UInt8]) {
        output.append("{\"success\":false,\"error\":")
        output.appendJSON(string: message.utf8)
        output.append(UInt8(ascii: "}"))
    }

    /// Appends the body of an error.
    public static func append(_ rejection: RequestRejection, style: Style, to output: inout [UInt8]) {
        switch style {
        case .plain:
            output.append("{\"error\":")
            rejection.appendJSON(to: &output)
            output.append(UInt8(ascii: "}"))
        case .envelope:
            let isInvalid = rejection.statusCode == 400
            output.append("{\"success\":false,\"error\":")
            output.appendJSON(string: isInvalid ? "Validation failed".utf8 : rejection.message.utf8)
            output.append(",\"details\":[")
            for (index, detail) in (isInvalid ? rejection.eventDetails : []).enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                output.appendJSON(string: detail.utf8)
            }
            output.append("]}")
        }
    }
}
