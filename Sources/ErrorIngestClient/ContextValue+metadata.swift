internal import Logging

extension ContextValue {
    /// A value of a log record's metadata. What nests deeper than the context may is left out by the encoder.
    init(_ value: Logger.MetadataValue, depth: Int = 0) {
        switch value {
        case .string(let text): self = .string(text)
        case .stringConvertible(let value): self = .string(value.description)
        case .array where depth > ReportLimits.contextDepth, .dictionary where depth > ReportLimits.contextDepth:
            self = .string("…")
        case .array(let values): self = .array(values.map { ContextValue($0, depth: depth + 1) })
        case .dictionary(let values): self = .object(values.mapValues { ContextValue($0, depth: depth + 1) })
        }
    }
}
