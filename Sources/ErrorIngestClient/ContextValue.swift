/// A value of a report's context: what JSON can hold.
public enum ContextValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int)
    /// Not-a-number and the infinities are sent as texts.
    case double(Double)
    /// Cut after 4 KiB.
    case string(String)
    case array([ContextValue])
    case object([String: ContextValue])
}

extension ContextValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension ContextValue: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self = .int(value) }
}

extension ContextValue: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self = .double(value) }
}

extension ContextValue: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension ContextValue: ExpressibleByNilLiteral {
    public init(nilLiteral: ()) { self = .null }
}

extension ContextValue: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: ContextValue...) { self = .array(elements) }
}

extension ContextValue: ExpressibleByDictionaryLiteral {
    /// Of equal keys the last counts.
    public init(dictionaryLiteral elements: (String, ContextValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
    }
}
