/// Writes reports as JSON, one line each.
struct ReportEncoder: Sendable {
    /// The members that are the same in every report of a client, encoded once, each with a comma before it.
    private let common: [UInt8]

    init(_ configuration: ErrorIngestClient.Configuration) {
        var common: [UInt8] = []
        for (name, value) in [
            ("service", configuration.service), ("environment", configuration.environment),
            ("release", configuration.release), ("project", configuration.project),
        ] {
            Self.append(name, value, to: &common)
        }
        self.common = common
    }

    /// One JSON object without line breaks.
    func encode(_ report: ErrorReport) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(512 + report.message.utf8.count.clamped(to: ReportLimits.messageBytes))
        output.append(contentsOf: #"{"message":"#.utf8)
        let message = report.message.isEmpty ? "(no message)" : report.message
        output.appendJSON(message, maxBytes: ReportLimits.messageBytes)
        Self.append("type", report.type, to: &output)
        if let stackTrace = report.stackTrace {
            output.append(contentsOf: #","stackTrace":"#.utf8)
            output.appendJSON(stackTrace, maxBytes: ReportLimits.stackTraceBytes)
        }
        output.append(contentsOf: #","level":"\#(report.level.rawValue)""#.utf8)
        output.append(contentsOf: common)
        output.append(contentsOf: #","timestamp":\#(report.occurredAtMilliseconds)"#.utf8)
        output.append(contentsOf: #","eventId":"\#(report.eventID)""#.utf8)
        if !report.fingerprint.isEmpty {
            output.append(contentsOf: #","fingerprint":["#.utf8)
            for (index, part) in report.fingerprint.prefix(ReportLimits.fingerprintParts).enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                output.appendJSON(part, maxCharacters: ReportLimits.shortTextCharacters)
            }
            output.append(UInt8(ascii: "]"))
        }
        if !report.context.isEmpty {
            output.append(contentsOf: #","context":"#.utf8)
            append(report.context, to: &output)
        }
        output.append(UInt8(ascii: "}"))
        return output
    }

    private static func append(_ name: String, _ value: String?, to output: inout [UInt8]) {
        guard let value, !value.isEmpty else { return }
        output.append(contentsOf: #","\#(name)":"#.utf8)
        output.appendJSON(value, maxCharacters: ReportLimits.shortTextCharacters)
    }

    // MARK: - Context

    /// Members are written in the order of their keys; one that does not fit is left out whole.
    private func append(_ context: [String: ContextValue], to output: inout [UInt8]) {
        let start = output.count
        output.append(UInt8(ascii: "{"))
        for (key, value) in context.sorted(by: { $0.key < $1.key }) {
            let before = output.count
            if before > start + 1 { output.append(UInt8(ascii: ",")) }
            output.appendJSON(key, maxCharacters: ReportLimits.shortTextCharacters)
            output.append(UInt8(ascii: ":"))
            var budget = ReportLimits.contextBytes - (output.count - start)
            append(value, depth: 1, budget: &budget, to: &output)
            // One byte is kept for the closing brace.
            if budget <= 0 { output.removeLast(output.count - before) }
        }
        output.append(UInt8(ascii: "}"))
    }

    /// Stops early when `budget`, the bytes that may still be written, is used up: what was written is then thrown away.
    private func append(_ value: ContextValue, depth: Int, budget: inout Int, to output: inout [UInt8]) {
        guard budget > 0 else { return }
        let before = output.count
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let value): output.append(contentsOf: "\(value)".utf8)
        case .int(let value): output.append(contentsOf: "\(value)".utf8)
        case .double(let value):
            output.append(contentsOf: value.isFinite ? "\(value)".utf8 : "\"\(value)\"".utf8)
        case .string(let text): output.appendJSON(text, maxBytes: ReportLimits.contextTextBytes)
        case .array, .object:
            guard depth < ReportLimits.contextDepth else {
                output.append(contentsOf: "\"…\"".utf8)
                break
            }
            return appendNested(value, depth: depth, budget: &budget, to: &output)
        }
        budget -= output.count - before
    }

    private func appendNested(_ value: ContextValue, depth: Int, budget: inout Int, to output: inout [UInt8]) {
        var isFirst = true
        func separate(_ output: inout [UInt8]) {
            if !isFirst { output.append(UInt8(ascii: ",")) }
            isFirst = false
        }
        switch value {
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for element in elements where budget > 0 {
                separate(&output)
                append(element, depth: depth + 1, budget: &budget, to: &output)
                budget -= 1
            }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (key, value) in members.sorted(by: { $0.key < $1.key }) where budget > 0 {
                separate(&output)
                let before = output.count
                output.appendJSON(key, maxCharacters: ReportLimits.shortTextCharacters)
                output.append(UInt8(ascii: ":"))
                budget -= output.count - before + 1
                append(value, depth: depth + 1, budget: &budget, to: &output)
            }
            output.append(UInt8(ascii: "}"))
        default: break
        }
        budget -= 2
    }
}

extension Int {
    fileprivate func clamped(to limit: Int) -> Int { Swift.min(self, limit) }
}
