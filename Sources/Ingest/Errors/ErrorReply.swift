internal import Fingerprint

/// Writes the bodies of answers, JSON, straight into a buffer.
public enum ErrorReply {
    /// The two shapes answers come in.
    public enum Style: Sendable {
        /// Our own routes: `{"status":…}`, `{"error":{…}}`.
        case plain
        /// `/api/v1`: `{"success":true,"data":{…},"timestamp":…}`.
        case envelope
    }

    /// Appends the answer to a single report that was accepted or is a duplicate.
    /// - Parameter now: Unix milliseconds, for the envelope.
    public static func appendSingle(
        _ admission: ErrorAdmission,
        _ outcomes: ErrorOutcomes,
        style: Style,
        at now: Int64,
        to output: inout [UInt8]
    ) {
        guard let item = admission.items.first else { return }
        if style == .envelope { output.append("{\"success\":true,\"data\":") }
        output.append(outcomes.outcome(of: item) == .duplicate ? "{\"status\":\"duplicate\"" : "{\"status\":\"queued\"")
        append(item, of: admission, to: &output)
        output.append(UInt8(ascii: "}"))
        if style == .envelope { appendEnd(at: now, to: &output) }
    }

    /// Appends the answer to a batch: how many items had which outcome, and the result of each in the order of the request.
    public static func appendBatch(_ admission: ErrorAdmission, _ outcomes: ErrorOutcomes, to output: inout [UInt8]) {
        ItemOutcome.appendCounts(of: admission.items.lazy.map(outcomes.outcome), to: &output)
        output.append(",\"results\":[")
        for (index, item) in admission.items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            output.append("{\"status\":")
            output.appendJSON(string: outcomes.outcome(of: item).rawValue.utf8)
            if case .rejected(let rejection) = item.place {
                output.append(",\"error\":")
                rejection.appendJSON(to: &output)
            } else {
                append(item, of: admission, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
        output.append("]}")
    }

    /// Appends the body of an error.
    /// - Parameter now: Unix milliseconds, for the envelope.
    public static func append(_ rejection: RequestRejection, style: Style, at now: Int64, to output: inout [UInt8]) {
        switch style {
        case .plain:
            output.append("{\"error\":")
            rejection.appendJSON(to: &output)
            output.append(UInt8(ascii: "}"))
        case .envelope:
            output.append("{\"success\":false,\"statusCode\":")
            output.append(decimal: rejection.statusCode)
            output.append(",\"message\":")
            output.appendJSON(string: rejection.message.utf8)
            output.append(",\"errors\":")
            rejection.appendFieldsJSON(to: &output)
            appendEnd(at: now, to: &output)
        }
    }

    // MARK: - Parts

    private static func append(_ item: ErrorAdmission.Item, of admission: ErrorAdmission, to output: inout [UInt8]) {
        if let group = admission.group(of: item) {
            output.append(",\"fingerprint\":\"")
            group.fingerprint.appendHex(to: &output)
            output.append(UInt8(ascii: "\""))
        }
        output.append(",\"eventId\":")
        output.appendJSON(string: item.eventID)
        append(item.truncated, ",\"truncated\":[", to: &output)
        append(item.repaired, ",\"repaired\":[", to: &output)
        append(item.adjusted, ",\"adjusted\":[", to: &output)
        append(item.scrubbed, ",\"scrubbed\":[", to: &output)
    }

    private static func append(_ fields: ErrorFieldSet, _ start: StaticString, to output: inout [UInt8]) {
        guard !fields.isEmpty else { return }
        output.append(start)
        for (index, field) in fields.fields.enumerated() {
            output.append(index > 0 ? ",\"" : "\"")
            output.append(field.name)
            output.append(UInt8(ascii: "\""))
        }
        output.append(UInt8(ascii: "]"))
    }

    /// Closes the envelope.
    private static func appendEnd(at now: Int64, to output: inout [UInt8]) {
        output.append(",\"timestamp\":\"")
        EventTime.appendISO8601(milliseconds: now, to: &output)
        output.append("\"}")
    }
}
